import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { setBackend } from '@tensorflow/tfjs-core'
import { getMatcherEntry, type Manifest } from '../manifest.ts'
import type { FaceRuntime } from '../describe.ts'
import type { CreateMatcher } from '../matcher.ts'
import { loadFaceNetworks, type ReadModelFile } from '../networks.ts'
import { operations } from '../networks/tensorflow.ts'
import { createModelReader } from './model-files.ts'

export const manifestUrl = new URL('../../manifest.json', import.meta.url)

/**
 * The networks and the matcher of a manifest on TensorFlow.js's WebAssembly backend. tfjs-node is no choice: its install leaves
 * the registry, and it is broken on Node 23 and later.
 *
 * @throws Error when a file is not the one on record
 */
export async function loadFaceRuntime(url: URL = manifestUrl): Promise<FaceRuntime> {
  const manifest = JSON.parse(await readFile(url, 'utf8')) as Manifest
  const read = createModelReader(manifest, url)
  await startBackend(read)
  const { id, adapter } = getMatcherEntry(manifest)
  const { createMatcher } = (await import(new URL(adapter, url).href)) as { createMatcher: CreateMatcher }
  const matcher = await createMatcher({ tf: operations, readModelFile: read })
  return { ...(await loadFaceNetworks(operations, read)), matcher: { ...matcher, templateModel: id } }
}

async function startBackend(read: ReadModelFile): Promise<void> {
  await Promise.all(['simd', undefined].map((kind) => read(`@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind ? `-${kind}` : ''}.wasm`)))
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  if (!(await setBackend('wasm'))) throw new Error('WebAssembly is not available')
}
