import type { Capture, CaptureReason, ChallengeStep } from '@ikd/contract'
import { DomainError } from '@ikd/contract'
import type { AnswerFrame } from '@ikd/face/node'
import { calendarDate, day, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash, sameDigest } from '../../security/digest.ts'
import type { TemplatesService } from '../templates/service.ts'
import type { EvidenceService } from '../evidence/service.ts'
import type { ResidentsService } from '../residents/service.ts'
import { drawChallenge, framesPerStep } from './challenges.ts'
import { type CaptureResult, createEvaluation } from './evaluation.ts'
import { sealFingerprints } from './fingerprints.ts'
import { decodeFrame } from './jpeg.ts'

/** What the server asks of the desk: frames under this nonce, answering these steps, within this time. */
export interface CaptureOrder {
  readonly captureId: string
  readonly nonce: string
  readonly expiresAt: number
  readonly challenge: ChallengeStep[]
  readonly framesPerStep: number
}

/** A frame as it came: base64, and what the desk says of it. */
export interface SentFrame {
  readonly jpeg: string
  readonly atMs: number
  readonly step: number
}

export type { CaptureResult } from './evaluation.ts'

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
  /** Of nobody, who is in no register: none. */
  countAttemptsLeft(queries: Queries, residentId: string | null): Promise<number>
}

/** How long a frame is known again: a desk that kept some could show them as new ones. In milliseconds. */
export const fingerprintLifetime = 30 * day

/**
 * Captures of one resident in one day, over all visits: more comparisons would be guessing faces, more of any kind wear a person
 * out, and who lets orders go waits for one that fits a film.
 */
const perDay = { comparisons: 5, captures: 12, unanswered: 8 } as const
const orderLifetime = 2 * minute

export function createCapturesService(
  core: Core,
  residents: ResidentsService,
  evidence: Pick<EvidenceService, 'keep'>,
  templates: Pick<TemplatesService, 'keep'>,
): CapturesService {
  const nonceOf = (captureId: string) => keyedHash(core.secrets.derive('capture'), 'nonce', captureId)
  const compute = createEvaluation(core, residents)
  /** Residents whose frames are looked at now, by this server. */
  const judging = new Set<string>()

  /** Today's orders of a resident: those answered, and those that nobody answered. */
  async function listToday(queries: Queries, residentId: string) {
    const now = core.clock.now()
    const today = calendarDate(now, core.config.timeZone)
    const recent = await queries
      .selectFrom('capture')
      .select(['created_at', 'expires_at', 'voided_at', 'outcome'])
      .where('resident_id', '=', residentId)
      .where('created_at', '>', now - day)
      .execute()
    const orders = recent.filter((row) => calendarDate(row.created_at, core.config.timeZone) === today)
    return { answered: orders.filter(({ outcome }) => outcome !== null), unanswered: orders.filter(({ outcome }) => outcome === null) }
  }

  function attemptsLeft({ answered, unanswered }: Awaited<ReturnType<typeof listToday>>): number {
    // The one that may still be answered lets nobody wait for another.
    const letGo = unanswered.filter(({ voided_at, expires_at }) => voided_at !== null || expires_at <= core.clock.now())
    if (letGo.length > perDay.unanswered) return 0
    const comparisons = answered.filter(({ outcome }) => outcome !== 'failure-to-acquire')
    return Math.max(0, Math.min(perDay.comparisons - comparisons.length, perDay.captures - answered.length))
  }

  async function countAttemptsLeft(queries: Queries, residentId: string | null): Promise<number> {
    return residentId === null ? 0 : attemptsLeft(await listToday(queries, residentId))
  }

  /** What this resident answered while its frames are known again. */
  async function listAnswered({ work, now }: Unit, residentId: string): Promise<ChallengeStep[][]> {
    const rows = await work
      .selectFrom('capture')
      .select('challenge')
      .where('resident_id', '=', residentId)
      .where('submitted_at', '>', now - fingerprintLifetime)
      .orderBy('submitted_at')
      .execute()
    return rows.map((row) => stepsOf(row.challenge))
  }

  return {
    decodeFrames: (frames) => frames.map(({ jpeg, atMs, step }) => ({ picture: decodeFrame(jpeg), atMs, step })),
    countAttemptsLeft,

    async start(unit, caseId, residentId) {
      const today = await listToday(unit.work, residentId)
      if (today.unanswered.length > perDay.unanswered || attemptsLeft(today) === 0) throw new DomainError('capture-attempts-exhausted')
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
          challenge: JSON.stringify(drawChallenge(core.random, await listAnswered(unit, residentId))),
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
      const steps = stepsOf(capture.challenge)
      if (capture.expires_at <= core.clock.now() || steps.length === 0) throw new DomainError('capture-expired')
      if ((await countAttemptsLeft(core.store, capture.resident_id)) === 0) throw new DomainError('capture-attempts-exhausted')
      // One answer of a resident at a time: the same one, sent again and again, would keep every desk waiting.
      if (judging.has(capture.resident_id)) throw new DomainError('busy')
      judging.add(capture.resident_id)
      try {
        return await compute({ caseId, captureId, residentId: capture.resident_id, askedAt: capture.created_at, steps }, frames)
      } finally {
        judging.delete(capture.resident_id)
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
          fingerprints: sealFingerprints(core.envelope, captureId, fingerprints),
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
