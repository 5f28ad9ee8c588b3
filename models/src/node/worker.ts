import { parentPort } from 'node:worker_threads'
import type { Probe, Unreadable } from '../burst.ts'
import {
  describeProbe,
  describeReference,
  findFaces,
  type FoundFaces,
  type ReferenceDescription,
  type ReferenceProblem,
} from './describe.ts'
import type { WorkerMessage } from './pool.ts'
import { loadFaceApi } from './runtime.ts'

export type FaceJob = { kind: 'probe' | 'reference' | 'faces'; bytes: Uint8Array }
export type FaceAnswer = Probe | Unreadable | ReferenceDescription | ReferenceProblem | FoundFaces

if (parentPort === null) throw new Error('the face worker runs in a worker thread only')
const port = parentPort
const say = (message: WorkerMessage<FaceAnswer>) => port.postMessage(message)

const work = { probe: describeProbe, reference: describeReference, faces: findFaces }
const api = await loadFaceApi()
port.on('message', async ({ kind, bytes }: FaceJob) => {
  try {
    say({ answer: await work[kind](api, bytes) })
  } catch (error) {
    say({ failed: error instanceof Error ? error.message : String(error) })
  }
})
say({ ready: true })
