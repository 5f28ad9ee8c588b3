import { type BlockReason, type BodyOf, DomainError, type routes } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { hour } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { Binding } from '../bindings/service.ts'
import { assertApprovable } from './decisions.ts'
import type { CasesDependencies } from './dependencies.ts'
import { applyEvent, type CaseRow } from './repository.ts'

/** What an office does to a phone that is bound already: block it, unblock it, change its contact. */
export interface CasePhones {
  /** Over the cap it is returned as a refusal, so that the attempt is recorded. */
  block(unit: Unit, caller: DeskCaller, row: CaseRow, reason: BlockReason): Promise<DomainError | undefined>
  unblock(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<void>
  changeContact(unit: Unit, caller: DeskCaller, row: CaseRow, to: BodyOf<typeof routes.cases.changeContact>): Promise<void>
  countBlocksLeft(queries: Queries, caller: DeskCaller): Promise<{ readonly officer: number; readonly office: number }>
}

/** A desk that blocks more is one that somebody else has taken over. */
const blocksOfOfficer = { most: 10, window: hour }
const blocksOfOffice = { most: 30, window: hour }
/** Pressing on tells nothing new. */
const alertsOfOfficer = { most: 1, window: hour }
const officerCap = (caller: DeskCaller) => `block:officer:${caller.staffId}`
const officeCap = (caller: DeskCaller) => `block:office:${caller.officeId}`

export function createCasePhones(core: Core, on: CasesDependencies): CasePhones {
  async function bindingOf(queries: Queries, row: CaseRow): Promise<Binding> {
    if (!row.binding_id) throw new DomainError('case-state-wrong')
    return on.bindings.get(queries, row.binding_id)
  }

  async function officeNameOf(queries: Queries, row: CaseRow): Promise<string> {
    return (await on.offices.get(queries, row.office_id)).name
  }

  async function audit(unit: Unit, caller: DeskCaller, action: string, row: CaseRow, detail: Record<string, string | null>): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action, subject: row.id, detail })
  }

  const decided = (unit: Unit, caller: DeskCaller) => ({ decision_outcome: 'approve', decided_at: unit.now, decided_by: caller.staffId }) as const

  return {
    async block(unit, caller, row, reason) {
      const retryAt =
        (await on.caps.spend(unit, officeCap(caller), blocksOfOffice)) ?? (await on.caps.spend(unit, officerCap(caller), blocksOfOfficer))
      if (retryAt !== undefined) {
        await audit(unit, caller, 'case.block-cap-reached', row, { workstation: caller.workstationId })
        const isTold = (await on.caps.spend(unit, `block-alert:${caller.staffId}`, alertsOfOfficer)) !== undefined
        if (!isTold) await on.alerts.raise(unit, { officeId: caller.officeId, kind: 'block-cap-reached', staffId: caller.staffId, workstationId: caller.workstationId })
        return new DomainError('block-cap-reached', { retryAt })
      }
      const binding = await bindingOf(unit.work, row)
      const office = await officeNameOf(unit.work, row)
      await applyEvent(unit, row, { type: 'block' }, { block_reason: reason, ...decided(unit, caller) })
      await on.bindings.block(unit, binding, { staffId: caller.staffId, office, caseId: row.id, reason })
      await on.registrations.keepAfterBinding(unit, binding.registrationId)
      await on.contacts.endPending(unit, binding.id)
      const { email } = await on.registrations.get(unit.work, binding.registrationId)
      await on.mail.enqueueNotice(unit, { to: email, notice: 'blocked', officeName: office })
      await audit(unit, caller, 'case.blocked', row, { reason })
      return undefined
    },

    async unblock(unit, caller, row) {
      const binding = await bindingOf(unit.work, row)
      const office = await officeNameOf(unit.work, row)
      await applyEvent(unit, row, { type: 'approve' }, decided(unit, caller))
      await on.bindings.unblock(unit, binding, { staffId: caller.staffId, office, caseId: row.id })
      await on.registrations.keepWhileBound(unit, binding.registrationId)
      const { email } = await on.registrations.get(unit.work, binding.registrationId)
      const { url } = await on.links.issue(unit, { purpose: 'not-me', target: { bindingId: binding.id }, addressee: email })
      await on.mail.enqueueNotice(unit, { to: email, notice: 'unblocked', officeName: office, notMeLink: url })
      await audit(unit, caller, 'case.unblocked', row, { face: row.capture_outcome, approvedBy: row.supervision_by })
    },

    async changeContact(unit, caller, row, to) {
      // A corrected address rests on the approval given for the first one.
      if (row.state !== 'awaiting-address') assertApprovable(caller, row, 'change-contact')
      else if (row.supervision_by === caller.staffId) throw new DomainError('approval-own-case')
      const binding = await bindingOf(unit.work, row)
      if (binding.state !== 'active' && binding.state !== 'suspended') throw new DomainError('resident-has-no-device')
      const contact = 'email' in to ? 'email' : 'phone'
      if (row.state === 'awaiting-address' && contact === 'phone') throw new DomainError('case-state-wrong')
      await applyEvent(unit, row, { type: 'change-contact', contact }, decided(unit, caller))
      await on.contacts.atDesk.give(unit, binding, { caseId: row.id, officeName: await officeNameOf(unit.work, row) }, to)
      await audit(unit, caller, 'case.contact-given', row, { contact, face: row.capture_outcome, approvedBy: row.supervision_by })
    },

    async countBlocksLeft(queries, caller) {
      return {
        officer: await on.caps.countLeft(queries, officerCap(caller), blocksOfOfficer),
        office: await on.caps.countLeft(queries, officeCap(caller), blocksOfOffice),
      }
    },
  }
}
