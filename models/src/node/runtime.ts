import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FaceApi } from '../networks.ts'

const require = createRequire(import.meta.url)

/**
 * face-api on TensorFlow.js's WebAssembly backend, with the server's three networks loaded from the installed package.
 * The package's main entry wants tfjs-node, whose install leaves the registry and which is broken on Node 23 and later.
 */
export async function loadFaceApi(): Promise<FaceApi> {
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  const api = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi
  await api.tf.setBackend('wasm')
  await api.tf.ready()
  const weights = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model')
  await api.nets.ssdMobilenetv1.loadFromDisk(weights)
  await api.nets.faceLandmark68Net.loadFromDisk(weights)
  await api.nets.faceRecognitionNet.loadFromDisk(weights)
  return api
}
