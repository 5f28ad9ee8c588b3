import * as bundle from '@vladmandic/face-api/dist/face-api.esm.js'
import { alignFace, measureFace } from '../measure-face.ts'
import type { FrameMeasure } from '../measure.ts'
import { locateLandmarks } from '../locate.ts'
import { loadQuickNetworks, type QuickNetworks } from '../networks.ts'
import type { Operations } from '../networks/operations.ts'
import type { Pixels } from '../pixels.ts'
import { frameProblems, guideLimits } from '../problems.ts'
import type { GuideAnswer, GuideRequest, GuideStart } from './guide.ts'
import { createSiteReader } from './model-files.ts'

/** What only the browser build has to be told. */
type BrowserFaceApi = {
  tf: Operations & {
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
    setWasmPaths(folder: string): void
    env(): { set(flag: string, value: boolean): void }
  }
  env: { setEnv(environment: Record<string, unknown>): void }
}

const api = bundle as unknown as BrowserFaceApi
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<GuideRequest>) => void
  postMessage(message: GuideAnswer): void
}

// The package knows pages and Node but not workers: it is told what stands in for a page. Only tensors are ever given to it.
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
  createCanvasElement: refuse,
  createImageElement: refuse,
  createVideoElement: refuse,
  fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  readFile: refuse,
})

let networks: QuickNetworks | undefined
let canvas: OffscreenCanvas | undefined

scope.onmessage = async ({ data }) => {
  try {
    if ('start' in data) {
      await load(data.start)
      scope.postMessage({ ready: true })
    } else {
      scope.postMessage({ measure: await measure(data.picture) })
    }
  } catch (error) {
    scope.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  }
}

async function load({ modelBaseUrl, wasmBaseUrl }: GuideStart): Promise<void> {
  // Its threads would be started from a blob, which `worker-src 'self'` forbids, and were never seen to help.
  api.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  api.tf.setWasmPaths(wasmBaseUrl)
  if (!(await api.tf.setBackend('wasm'))) throw new Error('WebAssembly is not available')
  await api.tf.ready()
  networks = await loadQuickNetworks(api.tf, createSiteReader(modelBaseUrl))
}

async function measure(picture: ImageBitmap): Promise<FrameMeasure> {
  const pixels = readPixels(picture)
  if (networks === undefined) throw new Error('the guide has not started')
  const { findQuickly, landmarks } = networks
  const faces = await findQuickly(pixels)
  const aligned = await alignFace(pixels, faces, (seen, box) => locateLandmarks(landmarks, seen, box))
  const frame = { width: pixels.width, height: pixels.height }
  const seen = aligned === undefined ? { frame, faces: 0 } : { frame, faces: aligned.rivals, face: measureFace(aligned) }
  return { ...seen, problems: frameProblems(seen, guideLimits) }
}

function readPixels(picture: ImageBitmap): Pixels {
  const { width, height } = picture
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('there is no 2d canvas in this worker')
  context.drawImage(picture, 0, 0)
  picture.close()
  return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data }
}
