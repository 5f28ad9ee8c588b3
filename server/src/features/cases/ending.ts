import { DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { CasesDependencies } from './dependencies.ts'
import { applyEvent, type CaseRow, getCase } from './repository.ts'

/** How a visit ends without, or after, an officer's decision. */
export interface CaseEnding {
  cancel(unit: Unit, caller: DeskCaller, row: CaseRow, reason: string): Promise<void>
  /** The phone is bound: the visit has reached its end. */
  complete(unit: Unit, caseId: string): Promise<void>
  /** Somebody at the earlier address says that this visit was not theirs: what it approved is bound to no phone. */
  disown(unit: Unit, caseId: string): Promise<void>
  /** A supervisor says that the approved face is another resident's; false when nothing is left to refuse. */
  refuseAsDuplicate(unit: Unit, caller: DeskCaller, caseId: string): Promise<boolean>
  /** The new address of a contact case has answered. */
  confirmAddress(unit: Unit, caseId: string): Promise<void>
  /** Ends the cases nobody came back to for a day. */
  expire(unit: Unit): Promise<void>
}

export function createCaseEnding(core: Core, on: CasesDependencies): CaseEnding {
  /** Nothing that waits for an ended visit goes on. */
  async function endWaiting(unit: Unit, caseId: string): Promise<void> {
    const activation = await on.activations.findByCase(unit.work, caseId)
    if (activation) await on.activations.end(unit, activation)
    await on.contacts.atDesk.endOfCase(unit, caseId)
  }

  return {
    async cancel(unit, caller, row, reason) {
      await endWaiting(unit, row.id)
      await applyEvent(unit, row, { type: 'cancel' }, { end_reason: reason })
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action: 'case.ended', subject: row.id, detail: { reason } })
    },

    async complete(unit, caseId) {
      await applyEvent(unit, await getCase(unit.work, caseId), { type: 'activate' })
      await on.searches.complete(unit, caseId)
    },

    async disown(unit, caseId) {
      const row = await getCase(unit.work, caseId)
      if (row.closed_at !== null) throw new DomainError('suspension-needless')
      await endWaiting(unit, caseId)
      await applyEvent(unit, row, { type: 'expire' }, { end_reason: 'not-me' })
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'public', id: 'not-me' }, action: 'case.disowned', subject: caseId })
      if (row.resident_id) await on.activity.record(unit, { residentId: row.resident_id, kind: 'device-suspended', purpose: 'not-me' })
    },

    async refuseAsDuplicate(unit, caller, caseId) {
      const row = await getCase(unit.work, caseId)
      if (row.state !== 'approved') return false
      await endWaiting(unit, caseId)
      const decided = { decision_outcome: 'refuse', decision_reason: null, decided_at: unit.now, decided_by: caller.staffId } as const
      await applyEvent(unit, row, { type: 'find-duplicate' }, decided)
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action: 'case.refused', subject: caseId, detail: { face: 'duplicate' } })
      if (row.resident_id) {
        const { name: actor } = await on.offices.get(unit.work, row.office_id)
        await on.activity.record(unit, { residentId: row.resident_id, kind: 'case-refused', actor, officer: caller.name })
      }
      return true
    },

    async confirmAddress(unit, caseId) {
      await applyEvent(unit, await getCase(unit.work, caseId), { type: 'confirm-address' })
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'public', id: 'link' }, action: 'case.address-confirmed', subject: caseId })
    },

    async expire(unit) {
      const stale = await unit.work
        .selectFrom('desk_case')
        .selectAll()
        .where('closed_at', 'is', null)
        .where('opened_at', '<', unit.now - 2 * day)
        .execute()
      for (const row of stale) {
        await on.contacts.atDesk.endOfCase(unit, row.id)
        await applyEvent(unit, row, { type: 'expire' }, { end_reason: 'expired' })
        await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'service', id: 'housekeeping' }, action: 'case.expired', subject: row.id })
      }
    },
  }
}
