import { type BlockReason, type BodyOf, type Case, type CaseSummary, DomainError, type routes, type ServiceKind } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import { day } from '../../clock.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { randomReadable } from '../../security/random.ts'
import { deskFields } from '../residents/service.ts'
import type { CaptureResult } from '../captures/service.ts'
import type { Looker } from '../references/service.ts'
import { createCaseCodeMail } from './code-mail.ts'
import { type CaseConfirmation, confirmationCodeOf, createCaseConfirmation } from './confirmation.ts'
import { type CaseDecisions, createCaseDecisions } from './decisions.ts'
import type { CasesDependencies } from './dependencies.ts'
import { type CaseEnding, createCaseEnding } from './ending.ts'
import { createCaseFaces } from './faces.ts'
import { assertPowerFor, createCaseOpening } from './opening.ts'
import { createCasePhones } from './phones.ts'
import { assertInHand, createCaseTakeover } from './takeover.ts'
import { announceCase, applyEvent, type CaseRow, getCase, listCases } from './repository.ts'
import { viewCase } from './view.ts'

export type { CaseOfPhone } from './confirmation.ts'

/** The one door to the cases: whoever comes through it as a desk works on its own office's cases. */
export interface CasesService extends CaseConfirmation, Pick<CaseEnding, 'complete' | 'disown' | 'refuseAsDuplicate' | 'confirmAddress' | 'expire'> {
  open(unit: Unit, caller: DeskCaller, body: BodyOf<typeof routes.cases.open>): Promise<string>
  view(queries: Queries, caller: DeskCaller, id: string): Promise<Case>
  /** The resident hears of a colleague's look, once a day each; the opener's own was told with the opening. */
  recordLook(unit: Unit, caller: DeskCaller, id: string): Promise<void>
  list(queries: Queries, caller: DeskCaller, group: 'open' | 'awaiting-supervisor' | 'today'): Promise<CaseSummary[]>
  /** An explicit act: the case names this officer and this desk from now on. */
  takeOver(unit: Unit, caller: DeskCaller, id: string, version: number): Promise<void>
  /** Whoever has, or had, this case: none of them is a second person in it. */
  listOfficers(queries: Queries, id: string): Promise<readonly string[]>
  attachPhone(unit: Unit, caller: DeskCaller, id: string, qr: string): Promise<void>
  startCapture(unit: Unit, caller: DeskCaller, id: string): Promise<string>
  submitCapture(unit: Unit, caller: DeskCaller, id: string, result: CaptureResult): Promise<void>
  /**
   * The photograph, to whoever may see it now: the desk's own staff, or the supervisor who has shown at that desk who they are. Every
   * look is recorded. Over the cap of who looks it is returned as a refusal, so that the attempt is recorded.
   */
  getReference(unit: Unit, looker: Looker, id: string): Promise<Buffer | DomainError>
  askSupervisor(unit: Unit, caller: DeskCaller, id: string, outcome: 'approve' | 'refuse', reason: string): Promise<void>
  readonly giveApproval: CaseDecisions['giveApproval']
  decide(unit: Unit, caller: DeskCaller, id: string, outcome: 'approve' | 'refuse', reason: string | undefined): Promise<void>
  correctEmail(unit: Unit, caller: DeskCaller, id: string, email: string): Promise<void>
  sendNewCode(unit: Unit, caller: DeskCaller, id: string): Promise<void>
  recordService(unit: Unit, caller: DeskCaller, id: string, kind: ServiceKind, note: string): Promise<void>
  /** Over the cap it is returned as a refusal, so that the attempt is recorded. */
  block(unit: Unit, caller: DeskCaller, id: string, reason: BlockReason): Promise<DomainError | undefined>
  changeContact(unit: Unit, caller: DeskCaller, id: string, to: BodyOf<typeof routes.cases.changeContact>): Promise<void>
  cancel(unit: Unit, caller: DeskCaller, id: string, reason: string): Promise<void>
  assertMine(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow>
  /** A case of the desk's own office that this officer has, at this desk. */
  assertInHand(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow>
  /** A case of the desk's own office that its workstation may work on. */
  getWorkable(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow>
  assertMayApprove: CaseDecisions['assertMayApprove']
  getOfficeName(queries: Queries, caseId: string): Promise<string>
  /** Tells desk and phone that something about the case has changed elsewhere. */
  touch(unit: Unit, caseId: string): Promise<void>
}

/** How long an ended case can still be looked at, in milliseconds. */
const endedFor = 7 * day

export function createCasesService(core: Core, on: CasesDependencies): CasesService {
  const opening = createCaseOpening(core, on)
  const phones = createCasePhones(core, on)
  const codeMail = createCaseCodeMail(core, on)
  const confirmation = createCaseConfirmation(core)
  const { cancel, ...ending } = createCaseEnding(core, on)
  const takeover = createCaseTakeover(core)
  const decisions: CaseDecisions = createCaseDecisions(core, { ...on, phones, takeover })
  const faces = createCaseFaces(core, { ...on, decisions })

  /** Every desk works on its own office's cases. */
  async function mine(queries: Queries, caller: Pick<DeskCaller, 'officeId'>, id: string): Promise<CaseRow> {
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

  /** In the hands of this officer at this desk; everybody else takes it over first. */
  async function inHand(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow> {
    const row = await mine(queries, caller, id)
    assertInHand(caller, row)
    return row
  }

  /** The same, by a workstation that may work on such a case. */
  async function own(queries: Queries, caller: DeskCaller, id: string): Promise<CaseRow> {
    const row = await workable(queries, caller, id)
    assertInHand(caller, row)
    return row
  }

  async function recordLook(unit: Unit, caller: DeskCaller, id: string): Promise<void> {
    const row = await mine(unit.work, caller, id)
    if (!row.resident_id || row.officer_id === caller.staffId) return
    const { name: actor } = await on.offices.get(unit.work, row.office_id)
    await on.activity.recordDaily(unit, { residentId: row.resident_id, kind: 'case-viewed', actor, officer: caller.name, purpose: row.purpose ?? row.kind, fields: deskFields })
  }

  return {
    ...confirmation,
    ...ending,
    recordLook,
    open: opening.open,
    assertMine: mine,
    assertInHand: inHand,
    getWorkable: workable,
    assertMayApprove: decisions.assertMayApprove,

    async view(queries, caller, id) {
      const row = await mine(queries, caller, id)
      if (row.closed_at !== null && row.closed_at < core.clock.now() - endedFor) throw new DomainError('not-found')
      return viewCase(queries, row, caller, { ...on, phones, decisions, faces, codeOf: (seen) => confirmationCodeOf(core, seen) })
    },

    list: (queries, caller, group) => listCases(queries, caller.officeId, group, core.clock, core.config.timeZone),

    async takeOver(unit, caller, id, version) {
      const row = await workable(unit.work, caller, id)
      // Afterwards the case is the taker's own, and shows them the resident without another word.
      await recordLook(unit, caller, id)
      await takeover.takeOver(unit, caller, row, version)
    },

    async listOfficers(queries, id) {
      return takeover.listOfficers(queries, await getCase(queries, id))
    },

    async attachPhone(unit, caller, id, qr) {
      await opening.attachPhone(unit, caller, await own(unit.work, caller, id), qr)
    },

    async startCapture(unit, caller, id) {
      return faces.startCapture(unit, caller, await own(unit.work, caller, id))
    },

    async submitCapture(unit, caller, id, result) {
      await faces.submitCapture(unit, caller, await own(unit.work, caller, id), result)
    },

    async getReference(unit, looker, id) {
      return faces.getReference(unit, looker, await mine(unit.work, looker, id))
    },

    async askSupervisor(unit, caller, id, outcome, reason) {
      await decisions.askSupervisor(unit, caller, await own(unit.work, caller, id), outcome, reason)
    },

    giveApproval: decisions.giveApproval,

    async decide(unit, caller, id, outcome, reason) {
      // Refusing takes no power: a desk that may do nothing else may still say no.
      const row = outcome === 'approve' ? await own(unit.work, caller, id) : await inHand(unit.work, caller, id)
      await decisions.decide(unit, caller, row, outcome, reason)
    },

    async correctEmail(unit, caller, id, email) {
      await codeMail.correctEmail(unit, caller, await own(unit.work, caller, id), email)
    },

    async sendNewCode(unit, caller, id) {
      await codeMail.sendNewCode(unit, caller, await own(unit.work, caller, id))
    },

    async recordService(unit, caller, id, kind, note) {
      const row = await inHand(unit.work, caller, id)
      await applyEvent(unit, row, { type: 'record-service' })
      if (!row.resident_id) throw new DomainError('case-state-wrong')
      const request = core.ids.next()
      await unit.work
        .insertInto('service_request')
        .values({ id: request, case_id: id, resident_id: row.resident_id, number: randomReadable(8, core.random), kind, note, created_at: unit.now })
        .execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: caller.staffId },
        action: 'case.service-recorded',
        subject: id,
        detail: { request, kind },
      })
      await on.activity.record(unit, {
        residentId: row.resident_id,
        kind: 'service-requested',
        actor: (await on.offices.get(unit.work, row.office_id)).name,
        officer: caller.name,
        purpose: kind,
      })
    },

    async block(unit, caller, id, reason) {
      return phones.block(unit, caller, await own(unit.work, caller, id), reason)
    },

    async changeContact(unit, caller, id, to) {
      await phones.changeContact(unit, caller, await own(unit.work, caller, id), to)
    },

    async cancel(unit, caller, id, reason) {
      await cancel(unit, caller, await inHand(unit.work, caller, id), reason)
    },

    async getOfficeName(queries, caseId) {
      return (await on.offices.get(queries, (await getCase(queries, caseId)).office_id)).name
    },

    async touch(unit, caseId) {
      const row = await getCase(unit.work, caseId)
      announceCase(unit, row, row.registration_id)
    },
  }
}
