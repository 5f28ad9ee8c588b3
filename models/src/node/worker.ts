import { parentPort, workerData } from 'node:worker_threads'
import type { Probe, Unreadable } from '../burst.ts'
import {
  describeProbe,
  describeReference,
  findFaces,
  type FoundFaces,
  type ReferenceDescription,
  type ReferenceProblem,
} from '../describe.ts'
import { decodePicture } from './decode.ts'
import type { WorkerMessage } from './pool.ts'
import { loadFaceRuntime } from './runtime.ts'

export type FaceJob = { kind: 'probe' | 'reference' | 'faces'; bytes: Uint8Array }
/** @property manifest address of another manifest than the repository's */
export type FaceWorkerData = { manifest?: string }
export type FaceAnswer = Probe | Unreadable | ReferenceDescription | ReferenceProblem | FoundFaces

if (parentPort === null) throw new Error('the face worker runs in a worker thread only')
const port = parentPort
const say = (message: WorkerMessage<FaceAnswer>) => port.postMessage(message)

const work = { probe: describeProbe, reference: describeReference, faces: findFaces }
const { manifest } = workerData as FaceWorkerData
const runtime = await loadFaceRuntime(manifest === undefined ? undefined : new URL(manifest))

/** What lies in this thread's heap and beside it: the backend's memory grows with its largest picture and never shrinks. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

port.on('message', async ({ kind, bytes }: FaceJob) => {
  try {
    const pixels = await decodePicture(bytes)
    say({ answer: pixels === undefined ? { problem: 'unreadable' } : await work[kind](runtime, pixels), memory: heldBytes() })
  } catch (error) {
    say({ failed: error instanceof Error ? error.message : String(error), memory: heldBytes() })
  }
})
say({ ready: true })
