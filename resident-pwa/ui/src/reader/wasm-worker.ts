import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import type { DecodeAnswer, DecodeRequest } from './decode-messages.ts'

const options: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true }

// The smallest module there is (WebAssembly §5.5.16): asks whether modules are allowed before fetching a large one.
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)

let ready: Promise<unknown> | undefined

function prepare(wasmUrl: string): Promise<unknown> {
  // Without `locateFile` zxing-wasm would fetch its program from a CDN.
  ready ??= prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
  return ready
}

async function decode({ id, image, wasmUrl }: DecodeRequest): Promise<DecodeAnswer> {
  try {
    await WebAssembly.compile(emptyModule)
    await prepare(wasmUrl)
  } catch {
    return { id, unavailable: true }
  }
  const [found] = await readBarcodes(image, options)
  return { id, text: found?.isValid ? found.text : undefined }
}

self.addEventListener('message', (event: MessageEvent<DecodeRequest>) => {
  void decode(event.data).then((answer) => self.postMessage(answer))
})
