/** A frame as it is sent: 640×480, JPEG. */
export const frameSize = { width: 640, height: 480 } as const
const jpegQuality = 0.92

/** The largest 4:3 rectangle in the middle of a picture. */
export function middleOf(width: number, height: number): { x: number; y: number; width: number; height: number } {
  const scale = Math.min(width / frameSize.width, height / frameSize.height)
  const crop = { width: frameSize.width * scale, height: frameSize.height * scale }
  return { x: (width - crop.width) / 2, y: (height - crop.height) / 2, ...crop }
}

/** Draws the video's present picture; the canvas is the only copy until it is encoded. */
export function grabFrame(video: HTMLVideoElement): OffscreenCanvas {
  const canvas = new OffscreenCanvas(frameSize.width, frameSize.height)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no 2d context')
  const { x, y, width, height } = middleOf(video.videoWidth, video.videoHeight)
  context.drawImage(video, x, y, width, height, 0, 0, frameSize.width, frameSize.height)
  return canvas
}

export async function encodeJpeg(canvas: OffscreenCanvas): Promise<Uint8Array> {
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality })
  return new Uint8Array(await blob.arrayBuffer())
}

export function toBase64(bytes: Uint8Array): string {
  // In pieces, for a call takes only so many arguments.
  const piece = 0x8000
  let text = ''
  for (let at = 0; at < bytes.length; at += piece) text += String.fromCharCode(...bytes.subarray(at, at + piece))
  return btoa(text)
}
