import type { Pixels, Size } from '../pixels.ts'
import type { GuidePicture, GuideView } from './guide.ts'

let canvas: OffscreenCanvas | undefined

/** The pixels of a picture, or of what the view names of it, in a worker. The picture is closed. */
export function readPixels(picture: GuidePicture, view: GuideView | undefined): Pixels {
  try {
    const whole = 'displayWidth' in picture ? { width: picture.displayWidth, height: picture.displayHeight } : picture
    const { cut, size } = view ?? { cut: { x: 0, y: 0, ...sizeOf(whole) }, size: sizeOf(whole) }
    const { width, height } = size
    if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
    if (context === null) throw new Error('there is no 2d canvas in this worker')
    context.drawImage(picture, cut.x, cut.y, cut.width, cut.height, 0, 0, width, height)
    return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data }
  } finally {
    picture.close()
  }
}

function sizeOf({ width, height }: Size): Size {
  return { width, height }
}
