import { type BodyOf, type CaseKind, type CaseState, DomainError, type LookupPurpose, type routes, type WorkstationPower } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { calendarDate } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { Binding } from '../bindings/service.ts'
import type { Registration } from '../registrations/service.ts'
import { deskFields, type ResidentView } from '../residents/service.ts'
import type { CasesDependencies } from './dependencies.ts'
import { checkEligibility, type EligibilityFinding } from './eligibility.ts'
import { announceCase, applyEvent, type CaseRow, findLatestForRegistration } from './repository.ts'

export interface CaseOpening {
  open(unit: Unit, caller: DeskCaller, body: BodyOf<typeof routes.cases.open>): Promise<string>
  attachPhone(unit: Unit, caller: DeskCaller, row: CaseRow, qr: string): Promise<void>
}

interface NewCase {
  readonly kind: CaseKind
  readonly state: CaseState
  readonly resident: ResidentView | undefined
  readonly registration: Registration | undefined
  readonly purpose: LookupPurpose | undefined
  readonly eligibility: readonly EligibilityFinding[]
  /** The phone it is about, where it is about one. */
  readonly binding?: Binding
}

type LookupOpening = Extract<BodyOf<typeof routes.cases.open>, { readonly from: 'lookup' }>

export function createCaseOpening(core: Core, on: CasesDependencies): CaseOpening {
  async function insert(unit: Unit, caller: DeskCaller, opened: NewCase): Promise<string> {
    const id = core.ids.next()
    await unit.work
      .insertInto('desk_case')
      .values({
        id,
        kind: opened.kind,
        state: opened.state,
        version: 1,
        office_id: caller.officeId,
        workstation_id: caller.workstationId,
        officer_id: caller.staffId,
        resident_id: opened.resident?.id ?? null,
        registration_id: opened.registration?.id ?? null,
        purpose: opened.purpose ?? null,
        eligibility: JSON.stringify(opened.eligibility),
        opened_at: unit.now,
        closed_at: null,
        confirmation_tries: 0,
        confirmed_at: null,
        capture_outcome: null,
        supervision_outcome: null,
        supervision_reason: null,
        supervision_asked_at: null,
        supervision_asked_by: null,
        supervision_by: null,
        decision_outcome: null,
        decision_reason: null,
        decided_at: null,
        decided_by: null,
        end_reason: null,
        binding_id: opened.binding?.id ?? null,
        block_reason: null,
      })
      .execute()
    await core.audit.append(unit.work, {
      at: unit.now,
      actor: { kind: 'staff', id: caller.staffId },
      action: 'case.opened',
      subject: id,
      detail: {
        kind: opened.kind,
        resident: opened.resident?.id ?? null,
        registration: opened.registration?.id ?? null,
        purpose: opened.purpose ?? null,
        binding: opened.binding?.id ?? null,
        failed: opened.eligibility.filter((finding) => !finding.passed).map((finding) => finding.rule),
      },
    })
    if (opened.resident) {
      await on.activity.record(unit, {
        residentId: opened.resident.id,
        kind: 'case-opened',
        actor: (await on.offices.get(unit.work, caller.officeId)).name,
        officer: caller.name,
        purpose: opened.purpose ?? opened.kind,
        fields: deskFields,
      })
    }
    announceCase(unit, { id, office_id: caller.officeId }, opened.registration?.id ?? null)
    return id
  }

  async function eligibilityOf(unit: Unit, caller: DeskCaller, resident: ResidentView | undefined) {
    const rules = await on.offices.getRules(unit.work, caller.officeId)
    return checkEligibility(resident, rules, calendarDate(unit.now, core.config.timeZone), unit.now)
  }

  /** A phone stands at one desk. */
  async function redeemFree(unit: Unit, qr: string): Promise<Registration> {
    const registration = await on.registrations.redeemQr(unit, qr)
    const latest = await findLatestForRegistration(unit.work, registration.id)
    if (latest && latest.closed_at === null) throw new DomainError('registration-at-other-desk')
    return registration
  }

  /** One that has never been bound, and whose registration still waits. */
  async function redeemUnbound(unit: Unit, qr: string): Promise<Registration> {
    const registration = await redeemFree(unit, qr)
    if (await on.bindings.findByRegistration(unit.work, registration.id)) throw new DomainError('device-state-wrong')
    assertWaiting(registration, unit.now)
    return registration
  }

  async function openFromRegistration(unit: Unit, caller: DeskCaller, qr: string): Promise<string> {
    const registration = await redeemFree(unit, qr)
    const own = await on.bindings.findByRegistration(unit.work, registration.id)
    if (own) return openUnblock(unit, caller, registration, own)
    const resident = await on.residents.findByNik(unit.work, registration.nik)
    assertWaiting(registration, unit.now)
    const earlier = resident && (await on.bindings.findLatest(unit.work, resident.id))
    const kind = earlier ? 'rebinding' : 'activation'
    assertPower(caller, kind === 'rebinding' ? 'rebind' : 'activate')
    const eligibility = await eligibilityOf(unit, caller, resident)
    const state = eligibility.every((finding) => finding.passed) ? 'awaiting-confirmation' : 'ineligible'
    return insert(unit, caller, { kind, state, resident, registration, purpose: undefined, eligibility })
  }

  /**
   * The very phone is at the desk, blocked or suspended; it may live again unless another has taken its place. One whose
   * PIN is locked would live and open nothing: the desk hears so before anybody's face is taken, and the way on is a new
   * activation. A PIN that somebody has guessed at ten times does not come back.
   */
  async function openUnblock(unit: Unit, caller: DeskCaller, registration: Registration, binding: Binding): Promise<string> {
    const living = await on.bindings.findLiving(unit.work, binding.residentId)
    if (living && living.id !== binding.id) throw new DomainError('resident-has-active-device')
    if (binding.state !== 'released' && (await on.bindings.isPinLocked(unit.work, binding.id))) throw new DomainError('phone-pin-locked')
    if (binding.state !== 'blocked' && binding.state !== 'suspended') throw new DomainError('device-state-wrong')
    assertPower(caller, 'rebind')
    const resident = await on.residents.get(unit.work, binding.residentId)
    const eligibility = await eligibilityOf(unit, caller, resident)
    const state = eligibility.every((finding) => finding.passed) ? 'awaiting-confirmation' : 'ineligible'
    return insert(unit, caller, { kind: 'unblock', state, resident, registration, purpose: undefined, eligibility, binding })
  }

  async function openFromLookup(unit: Unit, caller: DeskCaller, { kind, residentId, purpose }: LookupOpening): Promise<string> {
    const resident = await on.residents.find(unit.work, residentId)
    if (!resident) throw new DomainError('resident-not-found')
    const opened = { kind, resident, registration: undefined, purpose, eligibility: [] }
    switch (kind) {
      case 'service':
        return insert(unit, caller, { ...opened, state: 'recording' })
      case 'block':
      case 'contact': {
        assertPower(caller, 'activate')
        const binding = await on.bindings.findLiving(unit.work, resident.id)
        if (!binding) throw new DomainError('resident-has-no-device')
        return insert(unit, caller, { ...opened, state: kind === 'block' ? 'awaiting-reason' : 'awaiting-capture', binding })
      }
      case 'rebinding': {
        assertPower(caller, 'rebind')
        const eligibility = await eligibilityOf(unit, caller, resident)
        const state = eligibility.every((finding) => finding.passed) ? 'awaiting-phone' : 'ineligible'
        return insert(unit, caller, { ...opened, state, eligibility })
      }
    }
  }

  return {
    open: (unit, caller, body) =>
      body.from === 'registration' ? openFromRegistration(unit, caller, body.qr) : openFromLookup(unit, caller, body),

    async attachPhone(unit, caller, row, qr) {
      const registration = await redeemUnbound(unit, qr)
      const resident = await on.residents.findByNik(unit.work, registration.nik)
      if (!resident || resident.id !== row.resident_id) throw new DomainError('resident-mismatch')
      await applyEvent(unit, row, { type: 'attach-phone' }, { registration_id: registration.id })
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: caller.staffId },
        action: 'case.phone-attached',
        subject: row.id,
        detail: { registration: registration.id },
      })
    },
  }
}

/** Whoever works on a case needs the workstation's power for its kind, at every step and not only at the first. */
export function hasPowerFor({ powers }: DeskCaller, { kind }: Pick<CaseRow, 'kind'>): boolean {
  return kind === 'service' || powers.includes(kind === 'rebinding' || kind === 'unblock' ? 'rebind' : 'activate')
}

export function assertPowerFor(caller: DeskCaller, row: CaseRow): void {
  if (!hasPowerFor(caller, row)) throw new DomainError('workstation-power-missing')
}

function assertWaiting(registration: Registration, now: number): void {
  if (registration.expiresAt <= now) throw new DomainError('registration-expired')
}

/** What a workstation may do was set when it was enrolled. */
export function assertPower(caller: DeskCaller, power: WorkstationPower): void {
  if (!caller.powers.includes(power)) throw new DomainError('workstation-power-missing')
}
