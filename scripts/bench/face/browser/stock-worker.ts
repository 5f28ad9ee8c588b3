// The package itself is what is measured here.
// oxlint-disable-next-line no-restricted-imports
import * as bundle from '@vladmandic/face-api/dist/face-api.esm.js'
import type { StockApi } from '../stock.ts'
import { decode, serve } from './protocol.ts'

// The stock pipeline in a browser worker: the package as it comes, told what stands in for a page there.
const api = bundle as unknown as StockApi
class Nothing {}
const refuse = () => {
  throw new Error('there is no page in a worker')
}
api.env.setEnv({
  Canvas: OffscreenCanvas,
  CanvasRenderingContext2D: OffscreenCanvasRenderingContext2D,
  Image: Nothing,
  ImageData,
  Video: Nothing,
  createCanvasElement: () => new OffscreenCanvas(1, 1),
  createImageElement: refuse,
  createVideoElement: refuse,
  fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  readFile: refuse,
})

let known: Float32Array | undefined

serve(
  async ({ modelBaseUrl, wasmBaseUrl }) => {
    api.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    api.tf.setWasmPaths(wasmBaseUrl)
    await api.tf.setBackend('wasm')
    await api.tf.ready()
    for (const net of [api.nets.ssdMobilenetv1, api.nets.faceLandmark68Net, api.nets.faceRecognitionNet]) await net.loadFromUri(modelBaseUrl)
  },
  async ({ reference, frames }) => {
    if (reference !== undefined) known = await describe(reference)
    if (known === undefined) throw new Error('no face in the reference')
    let [sum, found] = [0, 0]
    for (const frame of frames) {
      const seen = await describe(frame)
      if (seen === undefined) continue
      sum += api.euclideanDistance(seen, known)
      found++
    }
    return sum / found
  },
)

async function describe(picture: Blob): Promise<Float32Array | undefined> {
  const tensor = api.tf.browser.fromPixels(await decode(picture))
  try {
    const face = await api.detectSingleFace(tensor, new api.SsdMobilenetv1Options()).withFaceLandmarks().withFaceDescriptor()
    return face?.descriptor
  } finally {
    tensor.dispose()
  }
}
