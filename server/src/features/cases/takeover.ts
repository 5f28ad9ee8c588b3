import { DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { applyEvent, type CaseRow } from './repository.ts'

/** Whose a case is: one officer at one desk at a time, and nobody who ever had it is its second person. */
export interface CaseTakeover {
  /** @param version the case as the taker saw it */
  takeOver(unit: Unit, caller: DeskCaller, row: CaseRow, version: number): Promise<void>
  /** Whoever has it, and whoever had it before. */
  listOfficers(queries: Queries, row: Pick<CaseRow, 'id' | 'officer_id'>): Promise<readonly string[]>
}

/** The phone and the resident's screen name this officer and this desk: nobody else works on the case meanwhile. */
export function isInHand(caller: DeskCaller, row: Pick<CaseRow, 'officer_id' | 'workstation_id'>): boolean {
  return row.officer_id === caller.staffId && row.workstation_id === caller.workstationId
}

export function assertInHand(caller: DeskCaller, row: CaseRow): void {
  if (!isInHand(caller, row)) throw new DomainError('case-at-other-desk')
}

export function createCaseTakeover(core: Core): CaseTakeover {
  return {
    async takeOver(unit, caller, row, version) {
      if (isInHand(caller, row)) return
      if (row.version !== version) throw new DomainError('case-state-wrong')
      // Two people stay two: who approved as the second does not become the first.
      if (row.supervision_by === caller.staffId) throw new DomainError('approval-own-case')
      await applyEvent(unit, row, { type: 'take-over' }, { officer_id: caller.staffId, workstation_id: caller.workstationId })
      await unit.work
        .insertInto('former_officer')
        .values({ case_id: row.id, staff_id: row.officer_id, left_at: unit.now })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: caller.staffId },
        action: 'case.taken-over',
        subject: row.id,
        detail: { from: row.officer_id, fromDesk: row.workstation_id, desk: caller.workstationId, state: row.state },
      })
    },

    async listOfficers(queries, { id, officer_id: officerId }) {
      const former = await queries.selectFrom('former_officer').select('staff_id').where('case_id', '=', id).execute()
      return [officerId, ...former.map(({ staff_id: staffId }) => staffId)]
    },
  }
}
