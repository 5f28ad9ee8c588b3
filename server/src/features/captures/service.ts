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
import { countAnswersLeft, countOrdersLeft, purseOf, type SpentOrder, type Visit } from './budget.ts'
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
  start(unit: Unit, visit: ResidentVisit): Promise<string>
  getOrder(queries: Queries, captureId: string): Promise<CaptureOrder>
  /** Computes everything from the images; slow, and outside any transaction. */
  evaluate(caseId: string, captureId: string, nonce: string, frames: readonly AnswerFrame[]): Promise<CaptureResult>
  /** Result, fingerprints and evidence, or none of them. */
  settle(unit: Unit, result: CaptureResult): Promise<void>
  list(queries: Queries, caseId: string): Promise<readonly Capture[]>
  /**
   * How many captures this visit may still ask for today; with none the next is refused. Of nobody, who is in no register: none.
   */
  countAttemptsLeft(queries: Queries, visit: ResidentVisit): Promise<number>
  /** Whether an order that was given may still be answered. */
  mayAnswer(queries: Queries, visit: ResidentVisit): Promise<boolean>
}

/** A visit, and who is before the camera. */
export interface ResidentVisit extends Visit {
  readonly id: string
  readonly resident_id: string | null
}

/** How long a frame is known again: a desk that kept some could show them as new ones. In milliseconds. */
export const fingerprintLifetime = 30 * day

const orderLifetime = 2 * minute

export function createCapturesService(
  core: Core,
  residents: ResidentsService,
  evidence: Pick<EvidenceService, 'keep'>,
  templates: Pick<TemplatesService, 'keep'>,
): CapturesService {
  const nonceOf = (captureId: string) => keyedHash(core.secrets.derive('capture'), 'nonce', captureId)
  const compute = createEvaluation(core, residents)
  /** Of which resident, and on whose budget, frames are looked at now, by this server. */
  const judging = new Set<string>()

  /** What was asked for a resident within the last day, in whichever visit. */
  async function listOrders(queries: Queries, residentId: string) {
    return queries
      .selectFrom('capture')
      .innerJoin('desk_case', 'desk_case.id', 'capture.case_id')
      .select((select) => [
        'capture.id', 'capture.created_at', 'capture.expires_at', 'capture.voided_at', 'capture.outcome', 'capture.challenge',
        'desk_case.office_id', 'desk_case.registration_id', 'desk_case.confirmed_at',
        // The case may have changed hands since.
        select.fn.coalesce('capture.asked_by', 'desk_case.officer_id').as('officer_id'),
      ])
      .where('capture.resident_id', '=', residentId)
      .where('capture.created_at', '>', core.clock.now() - day)
      .orderBy('capture.created_at')
      .execute()
  }

  function ofToday(orders: Awaited<ReturnType<typeof listOrders>>): readonly SpentOrder[] {
    const dateOf = (at: number) => calendarDate(at, core.config.timeZone)
    const today = dateOf(core.clock.now())
    return orders.filter(({ created_at }) => dateOf(created_at) === today)
  }

  async function mayAnswer(queries: Queries, visit: ResidentVisit): Promise<boolean> {
    return visit.resident_id !== null && countAnswersLeft(ofToday(await listOrders(queries, visit.resident_id)), visit) > 0
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

  /** How many answers of this resident there are: whoever compares frames with all of them says how many that was. */
  async function countAnswers(queries: Queries, residentId: string): Promise<number> {
    const { count } = await queries
      .selectFrom('capture')
      .select((select) => select.fn.countAll().as('count'))
      .where('resident_id', '=', residentId)
      .where('submitted_at', 'is not', null)
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  return {
    decodeFrames: (frames) => frames.map(({ jpeg, atMs, step }) => ({ picture: decodeFrame(jpeg), atMs, step })),
    mayAnswer,

    async countAttemptsLeft(queries, visit) {
      return visit.resident_id === null ? 0 : countOrdersLeft(ofToday(await listOrders(queries, visit.resident_id)), visit)
    },

    async start(unit, visit) {
      const { resident_id: residentId } = visit
      if (residentId === null) throw new DomainError('case-state-wrong')
      const orders = await listOrders(unit.work, residentId)
      if (countOrdersLeft(ofToday(orders), visit) === 0) throw new DomainError('capture-attempts-exhausted')
      if (!(await residents.get(unit.work, residentId)).hasReference) throw new DomainError('reference-missing')
      const open = orders.filter(({ outcome, voided_at, expires_at }) => outcome === null && voided_at === null && expires_at > unit.now)
      // One order at a time on one budget: a visit elsewhere does not end what is asked here.
      const [replaced, elsewhere] = [open.filter((order) => purseOf(order) === purseOf(visit)), open.filter((order) => purseOf(order) !== purseOf(visit))]
      if (replaced.length > 0) {
        await unit.work.updateTable('capture').set({ voided_at: unit.now }).where('id', 'in', replaced.map((order) => order.id)).where('submitted_at', 'is', null).execute()
      }
      // A film made for another order that is open does not fit this one either.
      const films = [...(await listAnswered(unit, residentId)), ...elsewhere.map((order) => stepsOf(order.challenge))]
      const id = core.ids.next()
      await unit.work
        .insertInto('capture')
        .values({
          id,
          case_id: visit.id,
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
          challenge: JSON.stringify(drawChallenge(core.random, films)),
          asked_by: visit.officer_id,
        })
        .execute()
      return id
    },

    async getOrder(queries, captureId) {
      const row = await queries.selectFrom('capture').select(['expires_at', 'challenge']).where('id', '=', captureId).executeTakeFirstOrThrow()
      return { captureId, nonce: nonceOf(captureId), expiresAt: row.expires_at, challenge: stepsOf(row.challenge), framesPerStep }
    },

    async evaluate(caseId, captureId, nonce, frames) {
      const capture = await core.store
        .selectFrom('capture')
        .innerJoin('desk_case', 'desk_case.id', 'capture.case_id')
        .select([
          'capture.resident_id', 'capture.created_at', 'capture.expires_at', 'capture.submitted_at', 'capture.voided_at', 'capture.challenge',
          'desk_case.id', 'desk_case.office_id', 'desk_case.officer_id', 'desk_case.registration_id', 'desk_case.confirmed_at',
        ])
        .where('capture.id', '=', captureId)
        .where('capture.case_id', '=', caseId)
        .executeTakeFirst()
      if (!capture) throw new DomainError('not-found')
      if (!sameDigest(nonce, nonceOf(captureId))) throw new DomainError('capture-nonce-wrong')
      if (capture.submitted_at !== null || capture.voided_at !== null) throw new DomainError('case-state-wrong')
      const steps = stepsOf(capture.challenge)
      if (capture.expires_at <= core.clock.now() || steps.length === 0) throw new DomainError('capture-expired')
      if (!(await mayAnswer(core.store, capture))) throw new DomainError('capture-attempts-exhausted')
      const { resident_id: residentId } = capture
      // One answer at a time: the same one, sent again and again, would keep every desk waiting; but not of a visit elsewhere.
      const judged = `${residentId} ${purseOf(capture)}`
      if (judging.has(judged)) throw new DomainError('busy')
      judging.add(judged)
      try {
        const known = await countAnswers(core.store, residentId)
        const result = await compute({ caseId, captureId, residentId, askedAt: capture.created_at, steps }, frames)
        return { ...result, known }
      } finally {
        judging.delete(judged)
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
        .returning('resident_id')
        .executeTakeFirst()
      if (!settled) throw new DomainError('case-state-wrong')
      // Another visit has answered meanwhile, perhaps with the same frames: they are looked at once more.
      if ((await countAnswers(unit.work, settled.resident_id)) !== result.known + 1) throw new DomainError('busy')
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
