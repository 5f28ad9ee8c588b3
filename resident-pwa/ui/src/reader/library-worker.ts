import { BinaryBitmap, DecodeHintType, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from '@zxing/library'
import type { DecodeAnswer, DecodeRequest } from './decode-messages.ts'

const reader = new QRCodeReader()
const hints = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]])

/** Rec. 601 luma, one byte a pixel. */
function luminance({ data, width, height }: ImageData): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(width * height)
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    grey[pixel] = ((data[at] as number) * 77 + (data[at + 1] as number) * 150 + (data[at + 2] as number) * 29) >> 8
  }
  return grey
}

function decode(image: ImageData): string | undefined {
  const source = new RGBLuminanceSource(luminance(image), image.width, image.height)
  try {
    return reader.decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText()
  } catch {
    // The library says "no code here" by throwing, in several kinds.
    return undefined
  }
}

self.addEventListener('message', ({ data: { id, image } }: MessageEvent<DecodeRequest>) => {
  self.postMessage({ id, text: decode(image) } satisfies DecodeAnswer)
})
