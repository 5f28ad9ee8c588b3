/** A frame as it is sent: 640×480, JPEG. */
export const frameSize = { width: 640, height: 480 } as const
/** Well under what the server takes for a frame, and above what its network can see. */
const jpegQuality = 0.9

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

const thumbSize = { width: 32, height: 24 } as const
let thumbs: OffscreenCanvasRenderingContext2D | null = null

/** The picture as 768 grey values, to tell how far it has moved. */
export function thumbOf(canvas: OffscreenCanvas): Uint8Array {
  const { width, height } = thumbSize
  thumbs ??= new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true })
  if (!thumbs) throw new Error('no 2d context')
  thumbs.drawImage(canvas, 0, 0, width, height)
  const { data } = thumbs.getImageData(0, 0, width, height)
  return Uint8Array.from({ length: width * height }, (_, i) => ((data[4 * i] ?? 0) + 2 * (data[4 * i + 1] ?? 0) + (data[4 * i + 2] ?? 0)) / 4)
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
