import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import type { FromStock, StockApi, StockDecision } from './stock.ts'

// The stock pipeline in Node: the package as it comes, with the backend and the weights the engine uses too.
if (parentPort === null) throw new Error('the stock pipeline runs in a worker thread only')
const port = parentPort
const say = (message: FromStock) => port.postMessage(message)

const require = createRequire(fileURLToPath(import.meta.resolve('@ikd/face/node')))
const backend = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
backend.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`)
const api = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as StockApi
await api.tf.setBackend('wasm')
await api.tf.ready()
const weights = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model')
for (const net of [api.nets.ssdMobilenetv1, api.nets.faceLandmark68Net, api.nets.faceRecognitionNet]) await net.loadFromDisk(weights)

port.on('message', async ({ reference, frames }: StockDecision) => {
  const known = await describe(reference)
  const seen: (Float32Array | undefined)[] = []
  for (const frame of frames) seen.push(await describe(frame))
  say({ distances: seen.map((one) => (one && known ? api.euclideanDistance(one, known) : undefined)) })
})
say({ ready: true })

async function describe(bytes: Uint8Array): Promise<Float32Array | undefined> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const tensor = api.tf.tensor3d(data, [info.height, info.width, 3], 'int32')
  try {
    const face = await api.detectSingleFace(tensor, new api.SsdMobilenetv1Options()).withFaceLandmarks().withFaceDescriptor()
    return face?.descriptor
  } finally {
    tensor.dispose()
  }
}
