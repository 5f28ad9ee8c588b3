import { type ActivityKind, DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { ResidentView } from '../residents/service.ts'
import type { CasesDependencies } from './dependencies.ts'
import { actionsOf, isSupervisorDue } from './machine.ts'
import { assertPower } from './opening.ts'
import type { CasePhones } from './phones.ts'
import { applyEvent, type CaseRow, findOpenOfResident, modelOf } from './repository.ts'
import type { CaseTakeover } from './takeover.ts'

export type Outcome = 'approve' | 'refuse'

export interface CaseDecisions {
  askSupervisor(unit: Unit, caller: DeskCaller, row: CaseRow, outcome: Outcome, reason: string): Promise<void>
  /** Whether this person may be the second one here: a supervisor or admin of the case's office who has, and had, no other part in it. */
  assertMayApprove(queries: Queries, row: CaseRow, supervisorId: string): Promise<void>
  /** Why they may not; undefined when they may. */
  findApprovalRefusal(queries: Queries, row: CaseRow, supervisorId: string): Promise<DomainError | undefined>
  /** `supervisorId` has just proved themself, and has seen both pictures. */
  giveApproval(unit: Unit, caller: DeskCaller, row: CaseRow, supervisorId: string, outcome: Outcome): Promise<void>
  decide(unit: Unit, caller: DeskCaller, row: CaseRow, outcome: Outcome, reason: string | undefined): Promise<void>
}

/** Whether this officer may do now what an approved visit comes to. */
export function assertApprovable(caller: DeskCaller, row: CaseRow, action: 'approve' | 'change-contact'): void {
  const model = modelOf(row)
  if (!actionsOf(model, false).includes(action)) {
    const isOnlyAlone = row.state === 'awaiting-decision' && (row.kind === 'contact') === (action === 'change-contact')
    throw new DomainError(isOnlyAlone ? 'approval-needed' : 'case-state-wrong')
  }
  // Two people means two: who approved as the second may not decide as the first.
  if (row.supervision_by === caller.staffId) throw new DomainError('approval-own-case')
  if (row.capture_outcome !== 'match') assertPower(caller, 'override')
}

export function createCaseDecisions(core: Core, on: CasesDependencies & { readonly phones: Pick<CasePhones, 'unblock'>; readonly takeover: Pick<CaseTakeover, 'listOfficers'> }): CaseDecisions {
  async function audit(unit: Unit, staffId: string, action: string, row: CaseRow, detail: Record<string, string | null>): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: staffId }, action, subject: row.id, detail })
  }

  async function tellResident(unit: Unit, caller: DeskCaller, row: CaseRow, kind: ActivityKind): Promise<void> {
    if (!row.resident_id) return
    // Whoever approved it saw both photographs too.
    const second = row.supervision_by === null ? [] : [await on.staff.getName(unit.work, row.supervision_by)]
    const officer = [caller.name, ...second].join(', ')
    await on.activity.record(unit, { residentId: row.resident_id, kind, actor: (await on.offices.get(unit.work, row.office_id)).name, officer })
  }

  /** The old phone dies in the same transaction in which the new one is approved, and its e-mail address hears of it. */
  async function blockOld(unit: Unit, caller: DeskCaller, row: CaseRow, resident: ResidentView, officeName: string): Promise<void> {
    const old = await on.bindings.findLatest(unit.work, resident.id)
    if (old?.state !== 'active' && old?.state !== 'suspended') return
    await on.bindings.block(unit, old, { staffId: caller.staffId, office: officeName, caseId: row.id, reason: 'replaced' })
    await on.registrations.keepAfterBinding(unit, old.registrationId)
    await on.contacts.endPending(unit, old.id)
    const { email } = await on.registrations.get(unit.work, old.registrationId)
    // Good before the new phone is bound as well as after: the link is the visit's.
    const { url } = await on.links.issue(unit, { purpose: 'not-me', target: { caseId: row.id }, addressee: email })
    await on.mail.enqueueNewlyBound(unit, { to: email, name: resident.name, officeName, caseId: row.id, notMeLink: url })
  }

  /** One approval lives at a time: every other visit of this resident ends with it. */
  async function endOthers(unit: Unit, caller: DeskCaller, row: CaseRow, residentId: string): Promise<void> {
    for (const other of await findOpenOfResident(unit.work, residentId)) {
      if (other.id === row.id) continue
      const activation = await on.activations.findByCase(unit.work, other.id)
      if (activation) await on.activations.end(unit, activation)
      await applyEvent(unit, other, { type: 'expire' }, { end_reason: 'superseded' })
      await audit(unit, caller.staffId, 'case.superseded', other, { by: row.id })
    }
  }

  async function approve(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<void> {
    assertApprovable(caller, row, 'approve')
    if (row.kind === 'unblock') {
      // Or a new phone, approved while the old one was blocked, would be left waiting for a place that is taken.
      if (row.resident_id) await endOthers(unit, caller, row, row.resident_id)
      return on.phones.unblock(unit, caller, row)
    }
    if (!row.resident_id || !row.registration_id) throw new DomainError('case-state-wrong')
    const resident = await on.residents.get(unit.work, row.resident_id)
    const registration = await on.registrations.get(unit.work, row.registration_id)
    const office = await on.offices.get(unit.work, row.office_id)
    const bound = await on.bindings.findLatest(unit.work, resident.id)
    // Bound meanwhile at another desk: replacing that phone is another kind of case, with a second person.
    if (row.kind === 'activation' && (bound?.state === 'active' || bound?.state === 'suspended')) throw new DomainError('resident-has-active-device')
    await endOthers(unit, caller, row, resident.id)
    if (row.kind === 'rebinding') await blockOld(unit, caller, row, resident, office.name)
    await applyEvent(unit, row, { type: 'approve' }, { decision_outcome: 'approve', decided_at: unit.now, decided_by: caller.staffId })
    await on.activations.begin(unit, {
      caseId: row.id,
      registrationId: registration.id,
      residentId: resident.id,
      email: registration.email,
      name: resident.name,
      officeName: office.name,
    })
    await audit(unit, caller.staffId, 'case.approved', row, { face: row.capture_outcome, approvedBy: row.supervision_by })
    await on.searches.begin(unit, row.id)
    await tellResident(unit, caller, row, 'activation-approved')
  }

  async function refuse(unit: Unit, caller: DeskCaller, row: CaseRow, reason: string | undefined): Promise<void> {
    await applyEvent(unit, row, { type: 'refuse' }, {
      decision_outcome: 'refuse',
      decision_reason: reason ?? null,
      decided_at: unit.now,
      decided_by: caller.staffId,
    })
    await audit(unit, caller.staffId, 'case.refused', row, { face: row.capture_outcome })
    await tellResident(unit, caller, row, 'case-refused')
  }

  async function findApprovalRefusal(queries: Queries, row: CaseRow, supervisorId: string): Promise<DomainError | undefined> {
    const supervisor = await on.staff.getMember(queries, supervisorId)
    if (supervisor.role !== 'supervisor' && supervisor.role !== 'admin') return new DomainError('forbidden')
    if (supervisor.office?.id !== row.office_id) return new DomainError('other-office')
    const involved = [...(await on.takeover.listOfficers(queries, row)), row.supervision_asked_by]
    return involved.includes(supervisorId) ? new DomainError('approval-own-case') : undefined
  }

  async function assertMayApprove(queries: Queries, row: CaseRow, supervisorId: string): Promise<void> {
    const refusal = await findApprovalRefusal(queries, row, supervisorId)
    if (refusal) throw refusal
  }

  return {
    async askSupervisor(unit, caller, row, outcome, reason) {
      const isDue = isSupervisorDue(modelOf(row), await on.captures.countAttemptsLeft(unit.work, row))
      await applyEvent(unit, row, { type: 'ask-supervisor', outcome, isDue }, {
        supervision_outcome: outcome,
        supervision_reason: reason,
        supervision_asked_at: unit.now,
        supervision_asked_by: caller.staffId,
        supervision_by: null,
      })
      await audit(unit, caller.staffId, 'case.supervisor-asked', row, { outcome, face: row.capture_outcome })
    },

    assertMayApprove,
    findApprovalRefusal,

    async giveApproval(unit, caller, row, supervisorId, outcome) {
      await assertMayApprove(unit.work, row, supervisorId)
      if (row.state === 'awaiting-supervisor' && row.supervision_outcome !== outcome) throw new DomainError('approval-outcome-different')
      await applyEvent(unit, row, { type: 'give-approval', outcome }, { supervision_by: supervisorId })
      await audit(unit, supervisorId, 'case.supervisor-approved', row, { outcome, at: caller.workstationId, face: row.capture_outcome })
    },

    decide: (unit, caller, row, outcome, reason) => (outcome === 'approve' ? approve(unit, caller, row) : refuse(unit, caller, row, reason)),
  }
}
