import * as bundle from '@vladmandic/face-api/dist/face-api.esm.js'
import { alignFace, backgroundStep, measureFace } from '../measure-face.ts'
import { locateLandmarks } from '../locate.ts'
import { loadQuickNetworks, type QuickNetworks } from '../networks.ts'
import type { Operations } from '../networks/operations.ts'
import type { Pixels, Size } from '../pixels.ts'
import { frameHints, frameProblems } from '../problems.ts'
import { chooseBackend } from './choose-backend.ts'
import type { GuideAnswer, GuideMeasure, GuidePicture, GuideRequest, GuideStart, GuideView } from './guide.ts'
import { createSiteReader } from './model-files.ts'

/** What only the browser build has to be told. */
type BrowserFaceApi = {
  tf: Operations & {
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
    setWasmPaths(folder: string): void
    env(): { set(flag: string, value: boolean): void }
    findBackendFactory(name: string): unknown
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
      scope.postMessage({ ready: await load(data.start) })
    } else {
      scope.postMessage({ measure: await measure(data.picture, data.view) })
    }
  } catch (error) {
    scope.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  }
}

/** WebAssembly runs everywhere and is the one to beat; the others are there where the bundle and the machine have them. */
const backends = ['wasm', 'webgpu', 'webgl'] as const

async function load({ modelBaseUrl, wasmBaseUrl }: GuideStart): Promise<Awaited<ReturnType<typeof chooseBackend>>> {
  // Its threads would be started from a blob, which `worker-src 'self'` forbids, and were never seen to help.
  api.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  api.tf.setWasmPaths(wasmBaseUrl)
  const read = createSiteReader(modelBaseUrl)
  return chooseBackend(backends.filter((name) => isThere(name)), {
    now: () => performance.now(),
    async start(name) {
      if (!(await api.tf.setBackend(name))) return false
      await api.tf.ready()
      networks = await loadQuickNetworks(api.tf, read)
      return true
    },
    async look() {
      const { findQuickly, landmarks } = started()
      await findQuickly(trialPicture)
      await locateLandmarks(landmarks, trialPicture, { x: 200, y: 120, width: 240, height: 240 })
    },
  })
}

function started(): QuickNetworks {
  if (networks === undefined) throw new Error('the guide has not started')
  return networks
}

function isThere(backend: (typeof backends)[number]): boolean {
  if (!api.tf.findBackendFactory(backend)) return false
  if (backend === 'webgpu') return 'gpu' in navigator
  return backend !== 'webgl' || hasGraphicsCard()
}

/** WebGL drawn by the processor takes seconds to compile and the second core to run, for nothing: it is no candidate. */
function hasGraphicsCard(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')
  const names = gl?.getExtension('WEBGL_debug_renderer_info')
  if (!gl || !names) return false
  const renderer = String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return !/swiftshader|llvmpipe|software|basic render/i.test(renderer)
}

/** What is in it does not matter: the networks take as long for a wall as for a face. */
const trialPicture: Pixels = { width: 640, height: 480, channels: 3, data: new Uint8Array(640 * 480 * 3).map((_, i) => (i * 37) % 251) }

async function measure(picture: GuidePicture, view: GuideView | undefined): Promise<GuideMeasure> {
  const pixels = readPixels(picture, view)
  const { findQuickly, landmarks } = started()
  const faces = await findQuickly(pixels)
  const aligned = await alignFace(pixels, faces, (seen, box) => locateLandmarks(landmarks, seen, box))
  const frame = { width: pixels.width, height: pixels.height }
  if (aligned === undefined) return { frame, faces: 0, problems: ['no-face'], hints: [] }
  const background = backgroundStep(pixels, aligned.landmarks)
  const face = { ...measureFace(aligned), ...(background === undefined ? {} : { background }) }
  const seen = { frame, faces: aligned.rivals, face }
  return { ...seen, problems: frameProblems(seen, 'guidance'), hints: frameHints(seen, 'guidance') }
}

function readPixels(picture: GuidePicture, view: GuideView | undefined): Pixels {
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
