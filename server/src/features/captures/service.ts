import type { Capture, CaptureOutcome, CaptureReason, ChallengeStep } from '@ikd/contract'
import { DomainError } from '@ikd/contract'
import type { Template } from '@ikd/face'
import { type AnswerFrame, FaceEngineError } from '@ikd/face/node'
import { calendarDate, day, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash, sameDigest } from '../../security/digest.ts'
import type { TemplatesService } from '../templates/service.ts'
import type { EvidenceService } from '../evidence/service.ts'
import type { ResidentsService } from '../residents/service.ts'
import { drawChallenge, framesPerStep } from './challenges.ts'
import { packFingerprints, unpackFingerprints } from './fingerprints.ts'
import { decodeFrame } from './jpeg.ts'

/** What the server asks of the desk: frames under this nonce, answering these steps, within this time. */
export interface CaptureOrder {
  readonly captureId: string
  readonly nonce: string
  readonly expiresAt: number
  readonly challenge: ChallengeStep[]
  readonly framesPerStep: number
}

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
  /** The frames the outcome rests on. */
  readonly evidence: readonly Uint8Array[]
}

/** A frame as it came: base64, and what the desk says of it. */
export interface SentFrame {
  readonly jpeg: string
  readonly atMs: number
  readonly step: number
}

export interface CapturesService {
  /**
   * Base64 of JPEGs, before any decoder sees them.
   *
   * @throws DomainError `frame-unreadable` for what no camera made
   */
  decodeFrames(frames: readonly SentFrame[]): AnswerFrame[]
  start(unit: Unit, caseId: string, residentId: string): Promise<string>
  getOrder(queries: Queries, captureId: string): Promise<CaptureOrder>
  /** Computes everything from the images; slow, and outside any transaction. */
  evaluate(caseId: string, captureId: string, nonce: string, frames: readonly AnswerFrame[]): Promise<CaptureResult>
  /** Result, fingerprints and evidence, or none of them. */
  settle(unit: Unit, result: CaptureResult): Promise<void>
  list(queries: Queries, caseId: string): Promise<readonly Capture[]>
  countAttemptsLeft(queries: Queries, residentId: string): Promise<number>
}

/** How long a frame is known again: a desk that kept some could show them as new ones. In milliseconds. */
export const fingerprintLifetime = 30 * day

/** Captures of one resident in one day, over all visits: more comparisons would be guessing faces, more of any kind wear a person out. */
const perDay = { comparisons: 5, captures: 12 } as const
const orderLifetime = 2 * minute
/** How much longer than the time since the order the frames may say they took: clocks are set while they run. */
const clockSlack = 250

export function createCapturesService(
  core: Core,
  residents: ResidentsService,
  evidence: Pick<EvidenceService, 'keep'>,
  templates: Pick<TemplatesService, 'keep'>,
): CapturesService {
  const nonceOf = (captureId: string) => keyedHash(core.secrets.derive('capture'), 'nonce', captureId)
  const context = (captureId: string) => `capture.fingerprints:${captureId}`

  async function countAttemptsLeft(queries: Queries, residentId: string): Promise<number> {
    const now = core.clock.now()
    const today = calendarDate(now, core.config.timeZone)
    const recent = await queries
      .selectFrom('capture')
      .select(['created_at', 'outcome'])
      .where('resident_id', '=', residentId)
      .where('created_at', '>', now - day)
      .where('outcome', 'is not', null)
      .execute()
    const captures = recent.filter((row) => calendarDate(row.created_at, core.config.timeZone) === today)
    const comparisons = captures.filter(({ outcome }) => outcome !== 'failure-to-acquire')
    return Math.max(0, Math.min(perDay.comparisons - comparisons.length, perDay.captures - captures.length))
  }

  /** Fingerprints of all frames of this resident that are still kept. */
  async function findEarlier(residentId: string): Promise<Uint8Array[]> {
    const rows = await core.store
      .selectFrom('capture')
      .select(['id', 'fingerprints'])
      .where('resident_id', '=', residentId)
      .where('fingerprints', 'is not', null)
      .execute()
    return rows.flatMap((row) => (row.fingerprints ? unpackFingerprints(core.envelope.open(row.fingerprints, context(row.id))) : []))
  }

  return {
    decodeFrames: (frames) => frames.map(({ jpeg, atMs, step }) => ({ picture: decodeFrame(jpeg), atMs, step })),
    countAttemptsLeft,

    async start(unit, caseId, residentId) {
      if ((await countAttemptsLeft(unit.work, residentId)) === 0) throw new DomainError('capture-attempts-exhausted')
      if (!(await residents.get(unit.work, residentId)).hasReference) throw new DomainError('reference-missing')
      // One order at a time: frames are compared for the newest only.
      await unit.work
        .updateTable('capture')
        .set({ voided_at: unit.now })
        .where('resident_id', '=', residentId)
        .where('submitted_at', 'is', null)
        .where('voided_at', 'is', null)
        .execute()
      const id = core.ids.next()
      await unit.work
        .insertInto('capture')
        .values({
          id,
          case_id: caseId,
          resident_id: residentId,
          created_at: unit.now,
          expires_at: unit.now + orderLifetime,
          submitted_at: null,
          voided_at: null,
          outcome: null,
          reasons: '[]',
          band: null,
          frames_received: 0,
          frames_used: 0,
          fingerprints: null,
          challenge: JSON.stringify(drawChallenge(core.random)),
        })
        .execute()
      return id
    },

    async getOrder(queries, captureId) {
      const row = await queries.selectFrom('capture').select(['expires_at', 'challenge']).where('id', '=', captureId).executeTakeFirstOrThrow()
      return { captureId, nonce: nonceOf(captureId), expiresAt: row.expires_at, challenge: stepsOf(row.challenge), framesPerStep }
    },

    async evaluate(caseId, captureId, nonce, frames) {
      const capture = await core.store.selectFrom('capture').selectAll().where('id', '=', captureId).where('case_id', '=', caseId).executeTakeFirst()
      if (!capture) throw new DomainError('not-found')
      if (!sameDigest(nonce, nonceOf(captureId))) throw new DomainError('capture-nonce-wrong')
      if (capture.submitted_at !== null || capture.voided_at !== null) throw new DomainError('case-state-wrong')
      const now = core.clock.now()
      const steps = stepsOf(capture.challenge)
      if (capture.expires_at <= now || steps.length === 0) throw new DomainError('capture-expired')
      const reference = await residents.findReference(capture.resident_id)
      if (reference === 'missing') throw new DomainError('reference-missing')
      const base = { caseId, captureId, framesReceived: frames.length }
      const without = (reason: CaptureReason): CaptureResult => ({
        ...base, outcome: 'failure-to-acquire', reasons: [reason], band: undefined, framesUsed: 0, fingerprints: [], evidence: [],
      })
      if (reference === 'unusable') return without('reference-unusable')
      // The desk says how long the answer took; it cannot have taken longer than since it was asked.
      if ((frames.at(-1)?.atMs ?? 0) > now - capture.created_at + clockSlack) return without('challenge-not-followed')
      const earlier = await findEarlier(capture.resident_id)
      const burst = await core.face.evaluateAnswer({ frames, steps, reference, earlier }).catch(refuseWhenBusy)
      return {
        ...base,
        outcome: burst.outcome,
        reasons: burst.reasons,
        band: burst.band,
        framesUsed: burst.usedFrames.length,
        fingerprints: burst.fingerprints,
        ...(burst.template ? { template: { residentId: capture.resident_id, template: burst.template } } : {}),
        evidence: burst.usedFrames.flatMap((index) => frames[index]?.picture ?? []),
      }
    },

    async settle(unit, result) {
      const { captureId, fingerprints } = result
      const settled = await unit.work
        .updateTable('capture')
        .set({
          submitted_at: unit.now,
          outcome: result.outcome,
          reasons: JSON.stringify(result.reasons),
          band: result.band ?? null,
          frames_received: result.framesReceived,
          frames_used: result.framesUsed,
          fingerprints: fingerprints.length > 0 ? core.envelope.seal(packFingerprints(fingerprints), context(captureId)) : null,
        })
        .where('id', '=', captureId)
        .where('submitted_at', 'is', null)
        .where('voided_at', 'is', null)
        .executeTakeFirst()
      if (settled.numUpdatedRows !== 1n) throw new DomainError('case-state-wrong')
      await evidence.keep(unit, result.caseId, captureId, result.evidence)
      if (result.template) await templates.keep(unit, { id: captureId, caseId: result.caseId, ...result.template })
    },

    async list(queries, caseId) {
      const rows = await queries
        .selectFrom('capture')
        .selectAll()
        .where('case_id', '=', caseId)
        .where('submitted_at', 'is not', null)
        .orderBy('id')
        .execute()
      return rows.flatMap((row) =>
        row.outcome === null || row.submitted_at === null
          ? []
          : {
              id: row.id,
              at: row.submitted_at,
              outcome: row.outcome,
              reasons: JSON.parse(row.reasons) as CaptureReason[],
              ...(row.band ? { band: row.band } : {}),
              framesReceived: row.frames_received,
              framesUsed: row.frames_used,
            },
      )
    },
  }
}

function stepsOf(challenge: string): ChallengeStep[] {
  return JSON.parse(challenge) as ChallengeStep[]
}

/** Too many desks at once, or a worker that hangs: the desk tries again by itself. */
function refuseWhenBusy(error: unknown): never {
  if (error instanceof FaceEngineError && (error.code === 'busy' || error.code === 'timed-out')) throw new DomainError('busy')
  throw error
}
