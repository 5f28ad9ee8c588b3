import { availableParallelism } from 'node:os'
import type { ChallengeStep } from '@ikd/contract'
import { decideAnswer, decideBurst, type BurstOutcome, type Probe, type Reference, type Unreadable } from '../burst.ts'
import type { FoundFaces, ReferenceDescription, ReferenceProblem } from './describe.ts'
import { createPool } from './pool.ts'
import type { FaceAnswer, FaceJob } from './worker.ts'

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

/**
 * The face engine: some 320 MB and one core for each worker, 0.5 s a picture.
 *
 * @param options.workers default: one for each core, at most 2
 * @param options.start `now` resolves when the networks are loaded and rejects when they cannot be; `first-use` (default)
 *   resolves at once and loads with the first picture
 * @param options.maxWaiting pictures that may wait before `busy`; default 64
 */
export async function createFaceEngine(
  options: { workers?: number; start?: 'now' | 'first-use'; maxWaiting?: number } = {},
): Promise<FaceEngine> {
  const { workers = Math.min(2, availableParallelism()), start = 'first-use', maxWaiting = 64 } = options
  const pool = createPool<FaceJob, FaceAnswer>({
    script: new URL('./worker.ts', import.meta.url),
    workers,
    maxWaiting,
    jobTimeout: 30_000,
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
  const measureProbe = (bytes: Uint8Array) => pool.run({ kind: 'probe', bytes }) as Promise<Probe | Unreadable>
  return {
    measureProbe,
    findFaces: (bytes) => pool.run({ kind: 'faces', bytes }) as Promise<FoundFaces | Unreadable>,
    describeReference: (bytes) => pool.run({ kind: 'reference', bytes }) as Promise<ReferenceDescription | ReferenceProblem>,
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

function seenIn(probes: readonly (Probe | Unreadable)[]): Pick<BurstEvaluation, 'fingerprints' | 'frames'> {
  return {
    fingerprints: probes.flatMap((probe) => ('measure' in probe && probe.fingerprint ? [probe.fingerprint] : [])),
    frames: probes.map((probe) => ('measure' in probe ? probe.measure : probe)),
  }
}
