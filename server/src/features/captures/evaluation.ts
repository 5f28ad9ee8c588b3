import type { Capture, CaptureOutcome, CaptureReason, ChallengeStep } from '@ikd/contract'
import { DomainError } from '@ikd/contract'
import type { Template } from '@ikd/face'
import { type AnswerFrame, type BurstEvaluation, FaceEngineError, seenIn } from '@ikd/face/node'
import type { Core } from '../../core.ts'
import type { ResidentsService } from '../residents/service.ts'
import { openFingerprints } from './fingerprints.ts'
import { framesOfAnswer, framesOfFailure } from './kept-frames.ts'

/** What the server itself saw in the frames. */
export interface CaptureResult {
  readonly caseId: string
  readonly captureId: string
  readonly outcome: CaptureOutcome
  readonly reasons: readonly CaptureReason[]
  readonly band: Capture['band']
  readonly framesReceived: number
  readonly framesUsed: number
  readonly fingerprints: readonly Uint8Array[]
  /** What the frames were described as together, of whose face; absent after a failure to acquire. */
  readonly template?: { readonly residentId: string; readonly template: Template }
  /** A frame the outcome rests on and where the movements arrived; of a failure to acquire, what the camera saw. */
  readonly evidence: readonly Uint8Array[]
  /** Answers of this resident the frames were compared with: of one more that has come meanwhile nobody knows whether it repeats them. */
  readonly known: number
}

/** An order as it was given. */
export interface OpenOrder {
  readonly captureId: string
  readonly caseId: string
  readonly residentId: string
  readonly askedAt: number
  readonly steps: readonly ChallengeStep[]
}

/** Captures whose frames are known again: more than anybody needs in thirty days, and compared in a quarter of a second. */
const mostEarlier = 120

/** How much longer than the time since the order the frames may say they took: clocks are set while they run. */
const clockSlack = 250

/** Computes everything from the images; slow, and outside any transaction. */
export function createEvaluation(core: Core, residents: Pick<ResidentsService, 'findReference'>): (order: OpenOrder, frames: readonly AnswerFrame[]) => Promise<Omit<CaptureResult, 'known'>> {
  /** Fingerprints of all frames of this resident that are still kept. */
  async function findEarlier(residentId: string): Promise<Uint8Array[]> {
    const rows = await core.store
      .selectFrom('capture')
      .select(['id', 'fingerprints'])
      .where('resident_id', '=', residentId)
      .where('fingerprints', 'is not', null)
      .orderBy('id', 'desc')
      .limit(mostEarlier)
      .execute()
    return rows.flatMap((row) => (row.fingerprints ? openFingerprints(core.envelope, row.id, row.fingerprints) : []))
  }

  /** There is nothing to compare; what came is looked at all the same, so that it is evidence, and known when it comes again. */
  async function fail(reason: CaptureReason, frames: readonly AnswerFrame[]): Promise<BurstEvaluation> {
    const probes = await Promise.all(frames.map(({ picture }) => core.face.measureProbe(picture)))
    return { outcome: 'failure-to-acquire', reasons: [reason], usedFrames: [], ...seenIn(probes) }
  }

  async function judge({ residentId, askedAt, steps }: OpenOrder, frames: readonly AnswerFrame[]): Promise<BurstEvaluation> {
    const since = core.clock.now() - askedAt
    const reference = await residents.findReference(residentId)
    if (reference === 'missing') throw new DomainError('reference-missing')
    if (reference === 'unusable') return fail('reference-unusable', frames)
    // The desk says how long the answer took; it cannot have taken longer than since it was asked.
    if ((frames.at(-1)?.atMs ?? 0) > since + clockSlack) return fail('challenge-not-followed', frames)
    return core.face.evaluateAnswer({ frames, steps, reference, earlier: await findEarlier(residentId) })
  }

  return async (order, frames) => {
    const { outcome, reasons, band, usedFrames, fingerprints, template, frames: seen } = await judge(order, frames).catch(refuseWhenBusy)
    const { caseId, captureId, residentId } = order
    return {
      caseId, captureId, outcome, reasons, band, fingerprints,
      framesReceived: frames.length,
      framesUsed: usedFrames.length,
      ...(template ? { template: { residentId, template } } : {}),
      evidence: outcome === 'failure-to-acquire' ? framesOfFailure(frames, seen) : framesOfAnswer(frames, usedFrames),
    }
  }
}

/** Too many desks at once, or a worker that hangs: the desk tries again by itself. */
function refuseWhenBusy(error: unknown): never {
  if (error instanceof FaceEngineError && (error.code === 'busy' || error.code === 'timed-out')) throw new DomainError('busy')
  throw error
}
