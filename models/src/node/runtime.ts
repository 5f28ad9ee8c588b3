import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { getMatcherEntry, type Manifest } from '../manifest.ts'
import type { FaceRuntime } from '../describe.ts'
import type { CreateMatcher } from '../matcher.ts'
import { loadFaceNetworks, type ReadModelFile } from '../networks.ts'
import type { Operations } from '../networks/operations.ts'
import { createModelReader } from './model-files.ts'

const require = createRequire(import.meta.url)

export const manifestUrl = new URL('../../manifest.json', import.meta.url)

/**
 * The networks and the matcher of a manifest on TensorFlow.js's WebAssembly backend. tfjs-node is no choice: its install leaves
 * the registry, and it is broken on Node 23 and later.
 *
 * @throws Error when a file is not the one on record
 */
export async function loadFaceRuntime(url: URL = manifestUrl): Promise<FaceRuntime & { tf: Operations }> {
  const manifest = JSON.parse(await readFile(url, 'utf8')) as Manifest
  const read = createModelReader(manifest, url)
  const tf = await startBackend(read)
  const { id, adapter } = getMatcherEntry(manifest)
  const { createMatcher } = (await import(new URL(adapter, url).href)) as { createMatcher: CreateMatcher }
  const matcher = await createMatcher({ tf, readModelFile: read })
  return { ...(await loadFaceNetworks(tf, read)), tf, matcher: { ...matcher, templateModel: id } }
}

async function startBackend(read: ReadModelFile): Promise<Operations> {
  await Promise.all(['simd', undefined].map((kind) => read(`@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind ? `-${kind}` : ''}.wasm`)))
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  const tf = require('@tensorflow/tfjs') as Operations & { setBackend(name: string): Promise<boolean>; ready(): Promise<void> }
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly is not available')
  await tf.ready()
  return tf
}
