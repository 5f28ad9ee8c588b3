import type { AnswerOf, routes } from '@ikd/contract'
import { DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { createEnvelope, type Envelope } from '../../security/envelope.ts'
import type { ActivityService } from '../activity/service.ts'
import type { OfficesService } from '../offices/service.ts'

/** Frames kept of one capture. */
export const mostFrames = 3

/** What evidence needs to know of its case. */
export type Visit = Pick<Tables['desk_case'], 'id' | 'office_id' | 'state' | 'closed_at'>

/**
 * The frames a face result rested on, or what the camera saw when there was none, for whoever has to judge a dispute later. Each case has a data key of its own,
 * sealed under the master key; the frames are sealed under that. Deleting the key makes every copy of them unreadable.
 */
export interface EvidenceService {
  /** Part of the transaction that settles the capture; at most three frames (JPEG) are kept, the first, of none nothing. */
  keep(unit: Unit, caseId: string, captureId: string, frames: readonly Uint8Array[]): Promise<void>
  /**
   * Every look is audited and enters the resident's history.
   *
   * @throws DomainError `not-found` when nothing is kept
   */
  look(unit: Unit, caller: DeskCaller, visit: Visit, reason: string): Promise<AnswerOf<typeof routes.cases.evidence>>
  /** The best frame (JPEG) of a capture, for a look that is recorded elsewhere; undefined when it is kept no longer. */
  findFrame(queries: Queries, caseId: string, captureId: string): Promise<Buffer | undefined>
  /** The best frame (JPEG) of the newest capture of which any is kept, for a look that is recorded elsewhere; undefined when this visit kept none. */
  findNewestFrame(queries: Queries, caseId: string): Promise<{ readonly captureId: string; readonly frame: Buffer } | undefined>
  /** Deletes frames and keys whose time is over. */
  expire(unit: Unit): Promise<void>
}

/** Cases in one round of housekeeping; the next round goes on, and nobody waits long for the chain meanwhile. */
const mostAtOnce = 200

const keyContext = (caseId: string) => `evidence_key:${caseId}`
const frameContext = (caseId: string, captureId: string, position: number) => `evidence:${caseId}:${captureId}:${position}`

export function createEvidenceService(core: Core, on: { activity: Pick<ActivityService, 'record'>; offices: OfficesService }): EvidenceService {
  const underKey = (sealedKey: Uint8Array, caseId: string): Envelope => createEnvelope(core.envelope.open(sealedKey, keyContext(caseId)), core.random)

  /** The case's envelope; made with its first capture. */
  async function getEnvelope(unit: Unit, caseId: string): Promise<Envelope> {
    await unit.work
      .insertInto('evidence_key')
      .values({ case_id: caseId, sealed_key: core.envelope.seal(core.random(32), keyContext(caseId)), created_at: unit.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { sealed_key } = await unit.work.selectFrom('evidence_key').select('sealed_key').where('case_id', '=', caseId).executeTakeFirstOrThrow()
    return underKey(sealed_key, caseId)
  }

  /** Milliseconds a closed case's frames are kept: longer where a phone was bound on their strength. */
  const keptFor = (state: Visit['state']) => (state === 'completed' ? core.config.evidenceDays.completed : core.config.evidenceDays.ended) * day

  async function findFrame(queries: Queries, caseId: string, captureId: string): Promise<Buffer | undefined> {
    const row = await queries
      .selectFrom('evidence')
      .innerJoin('evidence_key', 'evidence_key.case_id', 'evidence.case_id')
      .select(['evidence.sealed', 'evidence_key.sealed_key'])
      .where('evidence.capture_id', '=', captureId)
      .where('evidence.case_id', '=', caseId)
      .where('evidence.position', '=', 0)
      .executeTakeFirst()
    return row && underKey(row.sealed_key, caseId).open(row.sealed, frameContext(caseId, captureId, 0))
  }

  return {
    async keep(unit, caseId, captureId, frames) {
      if (frames.length === 0) return
      const envelope = await getEnvelope(unit, caseId)
      await unit.work
        .insertInto('evidence')
        .values(
          frames.slice(0, mostFrames).map((frame, position) => ({
            capture_id: captureId,
            position,
            case_id: caseId,
            sealed: envelope.seal(frame, frameContext(caseId, captureId, position)),
          })),
        )
        .execute()
    },

    async look(unit, caller, visit, reason) {
      const key = await unit.work.selectFrom('evidence_key').select('sealed_key').where('case_id', '=', visit.id).executeTakeFirst()
      if (!key) throw new DomainError('not-found')
      const envelope = underKey(key.sealed_key, visit.id)
      const rows = await unit.work
        .selectFrom('evidence')
        .innerJoin('capture', 'capture.id', 'evidence.capture_id')
        .select(['evidence.capture_id', 'evidence.position', 'evidence.sealed', 'capture.outcome', 'capture.submitted_at', 'capture.resident_id'])
        .where('evidence.case_id', '=', visit.id)
        .orderBy('capture.submitted_at')
        .orderBy('evidence.capture_id')
        .orderBy('evidence.position')
        .execute()
      const captures: AnswerOf<typeof routes.cases.evidence>['captures'] = []
      for (const { capture_id: captureId, position, sealed, outcome, submitted_at: at } of rows) {
        if (outcome === null || at === null) throw new Error('evidence was kept of a capture that has no result')
        if (captures.at(-1)?.captureId !== captureId) captures.push({ captureId, at, outcome, frames: [] })
        captures.at(-1)?.frames.push(envelope.open(sealed, frameContext(visit.id, captureId, position)).toString('base64'))
      }
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: caller.staffId },
        action: 'case.evidence-seen',
        subject: visit.id,
        detail: { captures: captures.length, frames: rows.length, reason },
      })
      const { name: actor } = await on.offices.get(unit.work, visit.office_id)
      for (const residentId of new Set(rows.map((frame) => frame.resident_id))) {
        await on.activity.record(unit, { residentId, kind: 'evidence-viewed', actor, officer: caller.name, purpose: reason, fields: ['photo'] })
      }
      return { captures, ...(visit.closed_at === null ? {} : { deletedAt: visit.closed_at + keptFor(visit.state) }) }
    },

    findFrame,

    async findNewestFrame(queries, caseId) {
      const newest = await queries
        .selectFrom('evidence')
        .innerJoin('capture', 'capture.id', 'evidence.capture_id')
        .select('evidence.capture_id')
        .where('evidence.case_id', '=', caseId)
        .orderBy('capture.submitted_at', 'desc')
        .orderBy('evidence.capture_id', 'desc')
        .limit(1)
        .executeTakeFirst()
      const frame = newest && (await findFrame(queries, caseId, newest.capture_id))
      return frame && { captureId: newest.capture_id, frame }
    },

    async expire(unit) {
      const { completed, ended } = core.config.evidenceDays
      const over = await unit.work
        .selectFrom('evidence_key')
        .innerJoin('desk_case', 'desk_case.id', 'evidence_key.case_id')
        .select('evidence_key.case_id')
        .where((row) =>
          row.or([
            row.and([row('desk_case.state', '=', 'completed'), row('desk_case.closed_at', '<=', unit.now - completed * day)]),
            row.and([row('desk_case.state', '<>', 'completed'), row('desk_case.closed_at', '<=', unit.now - ended * day)]),
          ]),
        )
        .limit(mostAtOnce)
        .execute()
      for (const { case_id: caseId } of over) {
        const { numDeletedRows } = await unit.work.deleteFrom('evidence').where('case_id', '=', caseId).executeTakeFirst()
        await unit.work.deleteFrom('evidence_key').where('case_id', '=', caseId).execute()
        await core.audit.append(unit.work, {
          at: unit.now,
          actor: { kind: 'service', id: 'housekeeping' },
          action: 'case.evidence-deleted',
          subject: caseId,
          detail: { frames: Number(numDeletedRows) },
        })
      }
    },
  }
}
