import { type BodyOf, type CaseKind, type CaseState, DomainError, type LookupPurpose, type routes, type WorkstationPower } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { calendarDate } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { randomDigits } from '../../security/random.ts'
import type { Registration } from '../registrations/service.ts'
import type { ResidentView } from '../residents/service.ts'
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
}

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
        confirmation_code: opened.kind === 'service' ? null : randomDigits(6, core.random),
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
        failed: opened.eligibility.filter((finding) => !finding.passed).map((finding) => finding.rule),
      },
    })
    if (opened.resident) {
      await on.activity.record(unit, {
        residentId: opened.resident.id,
        kind: 'case-opened',
        actor: (await on.offices.get(unit.work, caller.officeId)).name,
        purpose: opened.purpose ?? opened.kind,
        fields: ['name', 'birthDate', 'address'],
      })
    }
    announceCase(unit, { id, office_id: caller.officeId }, opened.registration?.id ?? null)
    return id
  }

  async function eligibilityOf(unit: Unit, caller: DeskCaller, resident: ResidentView | undefined) {
    const rules = await on.offices.getRules(unit.work, caller.officeId)
    return checkEligibility(resident, rules, calendarDate(unit.now, core.config.timeZone), unit.now)
  }

  /** A phone stands at one desk, and a bound one needs no other visit. */
  async function redeemFree(unit: Unit, qr: string): Promise<Registration> {
    const registration = await on.registrations.redeemQr(unit, qr)
    const latest = await findLatestForRegistration(unit.work, registration.id)
    if (latest && latest.closed_at === null) throw new DomainError('registration-at-other-desk')
    if (await on.bindings.findByRegistration(unit.work, registration.id)) throw new DomainError('device-state-wrong')
    return registration
  }

  async function openFromRegistration(unit: Unit, caller: DeskCaller, qr: string): Promise<string> {
    const registration = await redeemFree(unit, qr)
    const resident = await on.residents.findByNik(unit.work, registration.nik)
    const earlier = resident && (await on.bindings.findLatest(unit.work, resident.id))
    const kind = earlier ? 'rebinding' : 'activation'
    assertPower(caller, kind === 'rebinding' ? 'rebind' : 'activate')
    const eligibility = await eligibilityOf(unit, caller, resident)
    const state = eligibility.every((finding) => finding.passed) ? 'awaiting-confirmation' : 'ineligible'
    return insert(unit, caller, { kind, state, resident, registration, purpose: undefined, eligibility })
  }

  async function openFromLookup(unit: Unit, caller: DeskCaller, body: { kind: 'rebinding' | 'service' | 'block' | 'contact'; residentId: string; purpose: LookupPurpose }) {
    if (body.kind === 'block' || body.kind === 'contact') throw new DomainError('case-state-wrong')
    const resident = await on.residents.find(unit.work, body.residentId)
    if (!resident) throw new DomainError('resident-not-found')
    const { kind, purpose } = body
    if (kind === 'service') {
      return insert(unit, caller, { kind, state: 'recording', resident, registration: undefined, purpose, eligibility: [] })
    }
    assertPower(caller, 'rebind')
    const eligibility = await eligibilityOf(unit, caller, resident)
    const state = eligibility.every((finding) => finding.passed) ? 'awaiting-phone' : 'ineligible'
    return insert(unit, caller, { kind, state, resident, registration: undefined, purpose, eligibility })
  }

  return {
    open: (unit, caller, body) =>
      body.from === 'registration' ? openFromRegistration(unit, caller, body.qr) : openFromLookup(unit, caller, body),

    async attachPhone(unit, caller, row, qr) {
      const registration = await redeemFree(unit, qr)
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
export function assertPowerFor(caller: DeskCaller, row: CaseRow): void {
  if (row.kind !== 'service') assertPower(caller, row.kind === 'rebinding' ? 'rebind' : 'activate')
}

/** What a workstation may do was set when it was enrolled. */
export function assertPower(caller: DeskCaller, power: WorkstationPower): void {
  if (!caller.powers.includes(power)) throw new DomainError('workstation-power-missing')
}
