import { type AnswerOf, DomainError, type routes } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { ActivityService } from '../activity/service.ts'
import type { EvidenceService } from '../evidence/service.ts'
import type { OfficesService } from '../offices/service.ts'
import type { Looker } from '../references/service.ts'
import type { CaseRow } from './repository.ts'
import type { CasesService } from './service.ts'

/** In which a supervisor looks and then approves: an approval's ticket, or their own session, and the case as it stands. */
export interface Sitting {
  readonly id: string
  readonly supervisorId: string
}

/** Both pictures, given to whoever approves; the server remembers that it gave them. */
export interface ApprovalLooks {
  /** Over the cap of who looks it is returned as a refusal, so that the attempt is recorded. */
  look(unit: Unit, looker: Looker, row: CaseRow, sitting: Sitting): Promise<AnswerOf<typeof routes.cases.lookForApproval> | DomainError>
  hasLooked(queries: Queries, row: CaseRow, sitting: Sitting): Promise<boolean>
  /** A supervisor's look enters the resident's history, once a day. */
  tell(unit: Unit, row: CaseRow, officer: string): Promise<void>
}

export interface ApprovalLooksDependencies {
  readonly activity: Pick<ActivityService, 'recordDaily'>
  readonly cases: Pick<CasesService, 'getReference'>
  readonly evidence: Pick<EvidenceService, 'findNewestFrame'>
  readonly offices: Pick<OfficesService, 'get'>
}

export function createApprovalLooks(core: Core, on: ApprovalLooksDependencies): ApprovalLooks {
  async function tell(unit: Unit, row: CaseRow, officer: string): Promise<void> {
    if (!row.resident_id) return
    const { name: actor } = await on.offices.get(unit.work, row.office_id)
    await on.activity.recordDaily(unit, { residentId: row.resident_id, kind: 'photo-seen-at-desk', actor, officer, purpose: row.purpose ?? row.kind, fields: ['photo'] })
  }

  return {
    tell,

    async look(unit, looker, row, sitting) {
      // By the rule, the caps and the traces of every look at it, the entry in the history among them.
      const reference = await on.cases.getReference(unit, looker, row.id)
      if (reference instanceof DomainError) return reference
      const live = await on.evidence.findNewestFrame(unit.work, row.id)
      const seen = { supervisor_id: sitting.supervisorId, capture_id: live?.captureId ?? null, seen_at: unit.now }
      await unit.work
        .insertInto('approval_look')
        .values({ sitting: sitting.id, case_id: row.id, version: row.version, ...seen })
        .onConflict((conflict) => conflict.columns(['sitting', 'case_id', 'version']).doUpdateSet(seen))
        .execute()
      // Without a picture of this visit somebody decides by the photograph and the person before them: `live` says so.
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: looker.staffId },
        action: 'case.approval-seen',
        subject: row.id,
        detail: { supervisor: sitting.supervisorId, at: looker.workstationId, live: live?.captureId ?? 'none' },
      })
      return { reference: reference.toString('base64'), ...(live ? { live: live.frame.toString('base64') } : {}) }
    },

    async hasLooked(queries, row, sitting) {
      const seen = await queries
        .selectFrom('approval_look')
        .select('seen_at')
        .where('sitting', '=', sitting.id)
        .where('case_id', '=', row.id)
        .where('version', '=', row.version)
        .where('supervisor_id', '=', sitting.supervisorId)
        .executeTakeFirst()
      return seen !== undefined
    },
  }
}
