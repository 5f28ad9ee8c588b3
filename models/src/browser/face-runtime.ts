import type { FaceRuntime } from '../describe.ts'
import { getMatcherEntry, manifest } from '../manifest.ts'
import { createMatcher } from '../matchers/dlib-resnet.ts'
import { loadFaceNetworks } from '../networks.ts'
import { operations } from '../networks/tensorflow.ts'
import type { GuideStart } from './guide.ts'
import { createSiteReader } from './model-files.ts'
import { openWasm } from './wasm-backend.ts'

/**
 * The server's networks and matcher in a browser's worker, on WebAssembly: what `describeProbe` and `describeReference` need to do
 * there, on pixels, what they do on the server. No program decides about a resident with it. It is for measuring.
 *
 * @param site absolute addresses; besides the files of `@ikd/face/browser-files`, the weights of the thorough detector and of the
 *   matcher must be there
 * @throws Error when a file is missing or not the one on record
 */
export async function loadFaceRuntime({ modelBaseUrl, wasmBaseUrl }: GuideStart): Promise<FaceRuntime> {
  await openWasm(wasmBaseUrl).use()
  const readModelFile = createSiteReader(modelBaseUrl)
  const matcher = await createMatcher({ tf: operations, readModelFile })
  return { ...(await loadFaceNetworks(operations, readModelFile)), matcher: { ...matcher, templateModel: getMatcherEntry(manifest).id } }
}
