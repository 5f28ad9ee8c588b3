import { availableParallelism } from 'node:os'
import type { ChallengeStep } from '@ikd/contract'
import { decideAnswer, decideBurst, type BurstOutcome, type Probe, type Reference, type Unreadable } from '../burst.ts'
import type { FoundFaces, ReferenceDescription, ReferenceProblem } from '../describe.ts'
import { createPool, FaceEngineError } from './pool.ts'
import type { FaceAnswer, FaceJob, FaceWorkerData } from './worker.ts'

export type BurstEvaluation = BurstOutcome & {
  /** Of every frame that showed a face, to be kept as `earlier` for the bursts to come. */
  fingerprints: Uint8Array[]
  /** What was measured on each frame, in the order of the frames. */
  frames: (Probe['measure'] | Unreadable)[]
}

export type FaceEngine = {
  /** An identity photograph (JPEG, PNG or WebP). What is wrong with it is a value; rejects with FaceEngineError only. */
  describeReference(picture: Uint8Array): Promise<ReferenceDescription | ReferenceProblem>
  /** Every face in a picture, for tools; the ceremony itself never needs more than one. */
  findFaces(picture: Uint8Array): Promise<FoundFaces | Unreadable>
  /** One live frame. */
  measureProbe(picture: Uint8Array): Promise<Probe | Unreadable>
  /** Measures the frames on all workers and decides; see `decideBurst` for the rules. */
  evaluateBurst(input: {
    frames: readonly Uint8Array[]
    reference: Reference
    earlier?: readonly Uint8Array[]
  }): Promise<BurstEvaluation>
  /** The same of the answer to a challenge; see `decideAnswer`. */
  evaluateAnswer(input: {
    frames: readonly AnswerFrame[]
    steps: readonly ChallengeStep[]
    reference: Reference
    earlier?: readonly Uint8Array[]
  }): Promise<BurstEvaluation>
  close(): Promise<void>
}

/** A picture, when it was taken (milliseconds since the first) and which step of the challenge it answers. */
export type AnswerFrame = { picture: Uint8Array; atMs: number; step: number }

/** Of one worker, after a picture; a quiet one holds a third of it. */
const maxWorkerMemory = 768 * 1024 * 1024

/**
 * The face engine: a worker takes one core and some 250 MB. A picture that two workers died of is called unreadable, so that
 * whoever sends it again and again cannot keep the desks waiting.
 *
 * @param options.workers default: one for each core
 * @param options.start `now` resolves when the networks are loaded and rejects when they cannot be; `first-use` (default)
 *   resolves at once and loads with the first picture
 * @param options.maxWaiting pictures that may wait before `busy`; default 128: what ten desks send at once
 * @param options.manifest another manifest than the repository's, to try another matcher: its templates are described, and decided
 *   once the repository's names it, with thresholds that were measured
 */
export async function createFaceEngine(
  options: { workers?: number; start?: 'now' | 'first-use'; maxWaiting?: number; manifest?: URL } = {},
): Promise<FaceEngine> {
  const { workers = availableParallelism(), start = 'first-use', maxWaiting = 128, manifest } = options
  const pool = createPool<FaceJob, FaceAnswer>({
    script: new URL('./worker.ts', import.meta.url),
    workerData: { manifest: manifest?.href } satisfies FaceWorkerData,
    workers,
    maxWaiting,
    jobTimeout: 30_000,
    maxMemory: maxWorkerMemory,
  })
  if (start === 'now') {
    try {
      await pool.warm()
    } catch (error) {
      await pool.close()
      throw error
    }
  }

  // The worker answers each kind of job with its own kind of answer; the channel cannot say so itself.
  const ask = <Answer extends FaceAnswer>(kind: FaceJob['kind'], bytes: Uint8Array): Promise<Answer | Unreadable> =>
    (pool.run({ kind, bytes }) as Promise<Answer>).catch((error: unknown) => {
      if (error instanceof FaceEngineError && error.code === 'lost-twice') return { problem: 'unreadable' }
      throw error
    })
  const measureProbe = (bytes: Uint8Array) => ask<Probe | Unreadable>('probe', bytes)
  return {
    measureProbe,
    findFaces: (bytes) => ask<FoundFaces | Unreadable>('faces', bytes),
    describeReference: (bytes) => ask<ReferenceDescription | ReferenceProblem>('reference', bytes),
    async evaluateBurst({ frames, reference, earlier }) {
      const probes = await Promise.all(frames.map(measureProbe))
      return { ...decideBurst({ frames: probes, reference, earlier }), ...seenIn(probes) }
    },
    async evaluateAnswer({ frames, steps, reference, earlier }) {
      const answered = await Promise.all(frames.map(async ({ picture, atMs, step }) => ({ seen: await measureProbe(picture), atMs, step })))
      return { ...decideAnswer({ frames: answered, steps, reference, earlier }), ...seenIn(answered.map(({ seen }) => seen)) }
    },
    close: () => pool.close(),
  }
}

/** What is kept of pictures that were measured, whatever is decided of them. */
export function seenIn(probes: readonly (Probe | Unreadable)[]): Pick<BurstEvaluation, 'fingerprints' | 'frames'> {
  return {
    fingerprints: probes.flatMap((probe) => ('measure' in probe && probe.fingerprint ? [probe.fingerprint] : [])),
    frames: probes.map((probe) => ('measure' in probe ? probe.measure : probe)),
  }
}
