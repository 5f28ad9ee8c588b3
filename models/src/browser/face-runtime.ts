import * as bundle from '@vladmandic/face-api/dist/face-api.esm.js'
import type { FaceRuntime } from '../describe.ts'
import { getMatcherEntry, manifest } from '../manifest.ts'
import { createMatcher } from '../matchers/dlib-resnet.ts'
import { loadFaceNetworks } from '../networks.ts'
import type { Operations } from '../networks/operations.ts'
import type { GuideStart } from './guide.ts'
import { createSiteReader } from './model-files.ts'

const { tf } = bundle as unknown as {
  tf: Operations & {
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
    setWasmPaths(folder: string): void
    env(): { set(flag: string, value: boolean): void }
  }
}

/**
 * The server's networks and matcher in a browser's worker, on WebAssembly: what `describeProbe` and `describeReference` need to do
 * there, on pixels, what they do on the server. No program decides about a resident with it. It is for measuring.
 *
 * @param site absolute addresses; besides the files of `@ikd/face/browser-files`, the weights of the thorough detector and of the
 *   matcher must be there
 * @throws Error when a file is missing or not the one on record
 */
export async function loadFaceRuntime({ modelBaseUrl, wasmBaseUrl }: GuideStart): Promise<FaceRuntime> {
  // Threads would be started from a blob, which `worker-src 'self'` forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  tf.setWasmPaths(wasmBaseUrl)
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly is not available')
  await tf.ready()
  const readModelFile = createSiteReader(modelBaseUrl)
  const matcher = await createMatcher({ tf, readModelFile })
  return { ...(await loadFaceNetworks(tf, readModelFile)), matcher: { ...matcher, templateModel: getMatcherEntry(manifest).id } }
}
