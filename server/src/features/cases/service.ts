import { type BlockReason, type BodyOf, type Case, type CaseState, type CaseSummary, DomainError, type routes, type ServiceKind } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import { day } from '../../clock.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { maskEmail } from '../../mask.ts'
import { randomReadable } from '../../security/random.ts'
import { sameDigest } from '../../security/digest.ts'
import { deskFields } from '../residents/service.ts'
import type { CaptureResult } from '../captures/service.ts'
import { createCaseDecisions, type CaseDecisions } from './decisions.ts'
import type { CasesDependencies } from './dependencies.ts'
import { endStates } from './machine.ts'
import { assertPowerFor, createCaseOpening } from './opening.ts'
import { createCasePhones } from './phones.ts'
import { announceCase, applyEvent, type CaseRow, findLatestForRegistration, getCase, listCases } from './repository.ts'
import { confirmationTries, viewCase } from './view.ts'

/** What a phone may know of the case it is in. */
export interface CaseOfPhone {
  readonly id: string
  readonly state: CaseState
  readonly open: boolean
  readonly officeId: string
  readonly officerId: string
  readonly workstationId: string
  readonly codeTriesLeft: number
}

export interface CasesService {
  open(unit: Unit, caller: DeskCaller, body: BodyOf<typeof routes.cases.open>): Promise<string>
  view(queries: Queries, caller: DeskCaller, id: string): Promise<Case>
  /** The resident hears of a colleague's look, once a day each; the opener's own was told with the opening. */
  recordLook(unit: Unit, caller: DeskCaller, id: string): Promise<void>
  list(queries: Queries, caller: DeskCaller, group: 'open' | 'awaiting-supervisor' | 'today'): Promise<CaseSummary[]>
  attachPhone(unit: Unit, caller: DeskCaller, id: string, qr: string): Promise<void>
  startCapture(unit: Unit, caller: DeskCaller, id: string): Promise<string>
  submitCapture(unit: Unit, caller: DeskCaller, id: string, result: CaptureResult): Promise<void>
  /** The photograph, once a face has been compared in this case; every look is recorded. */
  getReference(unit: Unit, caller: DeskCaller, id: string): Promise<Buffer>
  askSupervisor(unit: Unit, caller: DeskCaller, id: string, outcome: 'approve' | 'refuse', reason: string): Promise<void>
  giveApproval(unit: Unit, caller: DeskCaller, id: string, supervisorId: string, outcome: 'approve' | 'refuse'): Promise<void>
  decide(unit: Unit, caller: DeskCaller, id: string, outcome: 'approve' | 'refuse', reason: string | undefined): Promise<void>
  correctEmail(unit: Unit, caller: DeskCaller, id: string, email: string): Promise<void>
  sendNewCode(unit: Unit, caller: DeskCaller, id: string): Promise<void>
  recordService(unit: Unit, caller: DeskCaller, id: string, kind: ServiceKind, note: string): Promise<void>
  /** Over the cap it is returned as a refusal, so that the attempt is recorded. */
  block(unit: Unit, caller: DeskCaller, id: string, reason: BlockReason): Promise<DomainError | undefined>
  changeContact(unit: Unit, caller: DeskCaller, id: string, to: BodyOf<typeof routes.cases.changeContact>): Promise<void>
  cancel(unit: Unit, caller: DeskCaller, id: string, reason: string): Promise<void>
  assertMine(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow>
  /** A case of the desk's own office that its workstation may work on. */
  getWorkable(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow>
  assertMayApprove: CaseDecisions['assertMayApprove']

  // for the phone
  findOfPhone(queries: Queries, registrationId: string): Promise<CaseOfPhone | undefined>
  /** The desk's code, typed on the phone; a wrong one is counted and returned. */
  confirm(unit: Unit, registrationId: string, code: string): Promise<DomainError | undefined>
  /** The phone is bound: the visit has reached its end. */
  complete(unit: Unit, caseId: string): Promise<void>
  /** Somebody at the earlier address says that this visit was not theirs: what it approved is bound to no phone. */
  disown(unit: Unit, caseId: string): Promise<void>
  /** The new address of a contact case has answered. */
  confirmAddress(unit: Unit, caseId: string): Promise<void>
  getOfficeName(queries: Queries, caseId: string): Promise<string>
  /** Tells desk and phone that something about the case has changed elsewhere. */
  touch(unit: Unit, caseId: string): Promise<void>
  /** Ends the cases nobody came back to for a day. */
  expire(unit: Unit): Promise<void>
}

/** How long an ended case can still be looked at, in milliseconds. */
const endedFor = 7 * day

export function createCasesService(core: Core, on: CasesDependencies): CasesService {
  const opening = createCaseOpening(core, on)
  const phones = createCasePhones(core, on)
  const decisions: CaseDecisions = createCaseDecisions(core, { ...on, phones })

  /** Every desk works on its own office's cases. */
  async function mine(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow> {
    const row = await getCase(queries, id)
    if (row.office_id !== caller.officeId) throw new DomainError('other-office')
    return row
  }

  /** The same, by a workstation that may work on such a case. */
  async function workable(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow> {
    const row = await mine(queries, caller, id)
    assertPowerFor(caller, row)
    return row
  }

  async function audit(unit: Unit, caller: DeskCaller, action: string, row: CaseRow, detail: Record<string, string | number> = {}) {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action, subject: row.id, detail })
  }

  /** Sends the code anew, to the same or a corrected address, and tells whom it concerns. */
  async function resend(unit: Unit, caller: DeskCaller, id: string, event: 'correct-email' | 'send-new-code', email?: string) {
    const row = await workable(unit.work, caller, id)
    await applyEvent(unit, row, { type: event })
    const activation = await on.activations.findByCase(unit.work, id)
    if (!activation) throw new DomainError('case-state-wrong')
    const to = {
      name: (await on.residents.get(unit.work, activation.residentId)).name,
      officeName: (await on.offices.get(unit.work, row.office_id)).name,
    }
    if (email === undefined) await on.activations.reissue(unit, activation, to)
    else await on.activations.correctEmail(unit, activation, email, to)
    if (email !== undefined) {
      const purpose = `${maskEmail(activation.email)} → ${maskEmail(email)}`
      await on.activity.record(unit, { residentId: activation.residentId, kind: 'email-corrected', actor: to.officeName, officer: caller.name, purpose })
      await on.registrations.setContact(unit, activation.registrationId, { email })
    }
    await audit(unit, caller, email === undefined ? 'case.code-renewed' : 'case.email-corrected', row)
  }

  /** Nothing that waits for an ended visit goes on. */
  async function endWaiting(unit: Unit, caseId: string): Promise<void> {
    const activation = await on.activations.findByCase(unit.work, caseId)
    if (activation) await on.activations.end(unit, activation)
    await on.contacts.atDesk.endOfCase(unit, caseId)
  }

  return {
    open: opening.open,
    assertMine: mine,
    getWorkable: workable,
    assertMayApprove: decisions.assertMayApprove,

    async view(queries, caller, id) {
      const row = await mine(queries, caller, id)
      if (row.closed_at !== null && row.closed_at < core.clock.now() - endedFor) throw new DomainError('not-found')
      return viewCase(queries, row, caller, { ...on, phones })
    },

    async recordLook(unit, caller, id) {
      const row = await mine(unit.work, caller, id)
      if (!row.resident_id || row.officer_id === caller.staffId) return
      const { name: actor } = await on.offices.get(unit.work, row.office_id)
      await on.activity.recordDaily(unit, { residentId: row.resident_id, kind: 'case-viewed', actor, officer: caller.name, purpose: row.purpose ?? row.kind, fields: deskFields })
    },

    list: (queries, caller, group) => listCases(queries, caller.officeId, group, core.clock, core.config.timeZone),

    async attachPhone(unit, caller, id, qr) {
      await opening.attachPhone(unit, caller, await workable(unit.work, caller, id), qr)
    },

    async startCapture(unit, caller, id) {
      const row = await workable(unit.work, caller, id)
      await applyEvent(unit, row, { type: 'start-capture' })
      if (!row.resident_id) throw new DomainError('case-state-wrong')
      const captureId = await on.captures.start(unit, id, row.resident_id)
      await audit(unit, caller, 'capture.started', row, { capture: captureId })
      return captureId
    },

    async submitCapture(unit, caller, id, result) {
      const row = await workable(unit.work, caller, id)
      if (row.resident_id) await on.caps.hold(unit, `captures:${row.resident_id}`)
      const left = row.resident_id ? await on.captures.countAttemptsLeft(unit.work, row.resident_id) : 0
      if (left === 0) throw new DomainError('capture-attempts-exhausted')
      await on.captures.settle(unit, result)
      await applyEvent(unit, row, { type: 'submit-capture', outcome: result.outcome })
      await audit(unit, caller, 'capture.decided', row, {
        capture: result.captureId,
        outcome: result.outcome,
        reasons: result.reasons.join(' '),
        framesUsed: result.framesUsed,
      })
      if (row.resident_id) {
        await on.activity.record(unit, {
          residentId: row.resident_id,
          kind: 'face-compared',
          actor: (await on.offices.get(unit.work, row.office_id)).name,
          officer: caller.name,
          fields: ['photo'],
        })
      }
    },

    async getReference(unit, caller, id) {
      const row = await mine(unit.work, caller, id)
      const compared = row.capture_outcome !== null && row.capture_outcome !== 'failure-to-acquire'
      if (!compared || !row.resident_id || endStates.includes(row.state)) throw new DomainError('reference-not-released')
      const photo = await on.residents.findPhoto(unit.work, row.resident_id)
      if (!photo) throw new DomainError('reference-missing')
      await audit(unit, caller, 'case.reference-shown', row)
      const { name: actor } = await on.offices.get(unit.work, row.office_id)
      await on.activity.recordDaily(unit, { residentId: row.resident_id, kind: 'photo-seen-at-desk', actor, officer: caller.name, purpose: row.purpose ?? row.kind, fields: ['photo'] })
      return photo
    },

    async askSupervisor(unit, caller, id, outcome, reason) {
      await decisions.askSupervisor(unit, caller, await workable(unit.work, caller, id), outcome, reason)
    },

    async giveApproval(unit, caller, id, supervisorId, outcome) {
      await decisions.giveApproval(unit, caller, await workable(unit.work, caller, id), supervisorId, outcome)
    },

    async decide(unit, caller, id, outcome, reason) {
      // Refusing takes no power: a desk that may do nothing else may still say no.
      const row = outcome === 'approve' ? await workable(unit.work, caller, id) : await mine(unit.work, caller, id)
      await decisions.decide(unit, caller, row, outcome, reason)
    },

    correctEmail: (unit, caller, id, email) => resend(unit, caller, id, 'correct-email', email),
    sendNewCode: (unit, caller, id) => resend(unit, caller, id, 'send-new-code'),

    async recordService(unit, caller, id, kind, note) {
      const row = await mine(unit.work, caller, id)
      await applyEvent(unit, row, { type: 'record-service' })
      if (!row.resident_id) throw new DomainError('case-state-wrong')
      const request = core.ids.next()
      await unit.work
        .insertInto('service_request')
        .values({ id: request, case_id: id, resident_id: row.resident_id, number: randomReadable(8, core.random), kind, note, created_at: unit.now })
        .execute()
      await audit(unit, caller, 'case.service-recorded', row, { request, kind })
      await on.activity.record(unit, {
        residentId: row.resident_id,
        kind: 'service-requested',
        actor: (await on.offices.get(unit.work, row.office_id)).name,
        officer: caller.name,
        purpose: kind,
      })
    },

    async block(unit, caller, id, reason) {
      return phones.block(unit, caller, await workable(unit.work, caller, id), reason)
    },

    async changeContact(unit, caller, id, to) {
      await phones.changeContact(unit, caller, await workable(unit.work, caller, id), to)
    },

    async cancel(unit, caller, id, reason) {
      const row = await mine(unit.work, caller, id)
      await endWaiting(unit, id)
      await applyEvent(unit, row, { type: 'cancel' }, { end_reason: reason })
      await audit(unit, caller, 'case.ended', row, { reason })
    },

    async findOfPhone(queries, registrationId) {
      const row = await findLatestForRegistration(queries, registrationId)
      return (
        row && {
          id: row.id,
          state: row.state,
          open: row.closed_at === null,
          officeId: row.office_id,
          officerId: row.officer_id,
          workstationId: row.workstation_id,
          codeTriesLeft: Math.max(0, confirmationTries - row.confirmation_tries),
        }
      )
    },

    async confirm(unit, registrationId, code) {
      const row = await findLatestForRegistration(unit.work, registrationId)
      if (!row?.confirmation_code || row.state !== 'awaiting-confirmation') throw new DomainError('device-state-wrong')
      // Counted before it is looked at, so that guesses side by side count one by one.
      const counted = await unit.work
        .updateTable('desk_case')
        .set((set) => ({ confirmation_tries: set('confirmation_tries', '+', 1), version: set('version', '+', 1) }))
        .where('id', '=', row.id)
        .where('state', '=', 'awaiting-confirmation')
        .where('confirmation_tries', '<', confirmationTries)
        .returningAll()
        .executeTakeFirst()
      if (!counted) throw new DomainError('case-code-exhausted')
      if (!sameDigest(row.confirmation_code, code)) {
        announceCase(unit, row, registrationId)
        const triesLeft = confirmationTries - counted.confirmation_tries
        return triesLeft > 0 ? new DomainError('case-code-wrong', { triesLeft }) : new DomainError('case-code-exhausted')
      }
      // A right code is no guess.
      await applyEvent(unit, counted, { type: 'confirm' }, { confirmed_at: unit.now, confirmation_tries: counted.confirmation_tries - 1 })
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'device', id: registrationId },
        action: 'case.confirmed',
        subject: row.id,
      })
      return undefined
    },

    async complete(unit, caseId) {
      await applyEvent(unit, await getCase(unit.work, caseId), { type: 'activate' })
    },

    async disown(unit, caseId) {
      const row = await getCase(unit.work, caseId)
      if (row.closed_at !== null) throw new DomainError('suspension-needless')
      await endWaiting(unit, caseId)
      await applyEvent(unit, row, { type: 'expire' }, { end_reason: 'not-me' })
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'public', id: 'not-me' }, action: 'case.disowned', subject: caseId })
      if (row.resident_id) await on.activity.record(unit, { residentId: row.resident_id, kind: 'device-suspended', purpose: 'not-me' })
    },

    async confirmAddress(unit, caseId) {
      await applyEvent(unit, await getCase(unit.work, caseId), { type: 'confirm-address' })
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'public', id: 'link' }, action: 'case.address-confirmed', subject: caseId })
    },

    async getOfficeName(queries, caseId) {
      return (await on.offices.get(queries, (await getCase(queries, caseId)).office_id)).name
    },

    async touch(unit, caseId) {
      const row = await getCase(unit.work, caseId)
      announceCase(unit, row, row.registration_id)
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
