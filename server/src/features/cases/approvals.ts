import { type AnswerOf, type ApprovalDemand, type ApprovalStart, type BodyOf, DomainError, type routes } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { spendTicket } from '../../database/spent-tickets.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { sha256 } from '../../security/digest.ts'
import { createTickets, type TicketStub } from '../../security/tickets.ts'
import type { Looker } from '../references/service.ts'
import type { StaffService } from '../staff/service.ts'
import { type ApprovalLooksDependencies, createApprovalLooks, type Sitting } from './approval-looks.ts'
import type { Outcome } from './decisions.ts'
import { advance } from './machine.ts'
import { type CaseRow, modelOf } from './repository.ts'
import type { CasesService } from './service.ts'
import { assertInHand } from './takeover.ts'

type Way = ApprovalStart['way']

/** Exactly what a supervisor approves. */
interface Subject {
  readonly caseId: string
  /** The case as it stood: any change of it makes the approval void. */
  readonly version: number
  readonly outcome: Outcome
  readonly supervisorId: string
  /** The desk it is given at. */
  readonly jkt: string
}

interface ApprovalTicket extends Subject, TicketStub {
  readonly way: Way
  /** The supervisor's own session, at their own desk. */
  readonly sessionId?: string
}

/** An approval that was proved, for the transaction that gives it. */
export interface ProvedApproval {
  readonly ticket: ApprovalTicket
}

/**
 * A second person's one-shot approval of exactly this case, its version, the outcome and the desk: a ticket opens both
 * pictures, and once the server has given them a second factor spends it. Nowhere is a password typed, so that what a
 * desk sees of it signs nobody in. A passkey signs the hash of the same.
 */
export interface CaseApprovals {
  /** In the supervisor's own session, or for their passkey or approval PIN at the case's desk. Spends a guess at the PIN. */
  start(caller: DeskCaller, caseId: string, body: ApprovalStart): Promise<ApprovalDemand>
  look(unit: Unit, caller: DeskCaller, caseId: string, ticket: string): Promise<AnswerOf<typeof routes.cases.lookForApproval> | DomainError>
  /** Spends a guess at the second factor. */
  prove(caller: DeskCaller, caseId: string, body: BodyOf<typeof routes.cases.approve>): Promise<ProvedApproval | DomainError>
  give(unit: Unit, caller: DeskCaller, approval: ProvedApproval): Promise<void>
}

const ticketLifetime = 5 * minute
const ticketPurpose = 'approval'

/** base64url of what the passkey signs; the ticket's id makes it single. */
function challengeOf({ caseId, version, outcome, supervisorId, jkt }: Subject, ticketId: string): string {
  return sha256(JSON.stringify(['ikd approval', ticketId, caseId, version, outcome, supervisorId, jkt])).toString('base64url')
}

const sittingOf = ({ id, sessionId, supervisorId }: ApprovalTicket): Sitting => ({ id: sessionId ?? id, supervisorId })

/** A PIN goes with a code, and who was named without any secret shows a passkey. */
function fits({ way }: ApprovalTicket, body: BodyOf<typeof routes.cases.approve>): boolean {
  return way === 'own-desk' || ('totp' in body) === (way === 'pin')
}

export function createCaseApprovals(core: Core, on: ApprovalLooksDependencies & { readonly cases: CasesService; readonly staff: StaffService }): CaseApprovals {
  const { cases, staff } = on
  const looks = createApprovalLooks(core, on)
  const tickets = createTickets(core.secrets.derive('ticket'), core.clock, core.ids)
  const expired = () => new DomainError('approval-ticket-expired')

  /** What is refused whoever asks: said before anybody is looked up. */
  function assertAsked(row: CaseRow, outcome: Outcome): void {
    if (row.state === 'awaiting-supervisor' && row.supervision_outcome !== outcome) throw new DomainError('approval-outcome-different')
    if (!advance(modelOf(row), { type: 'give-approval', outcome })) throw new DomainError('case-state-wrong')
  }

  /** At their own desk, or of somebody of this office at the desk that has the case. */
  async function getApprover(caller: DeskCaller, row: CaseRow, body: ApprovalStart): Promise<string> {
    if (body.way !== 'own-desk') assertInHand(caller, row)
    // Whoever signs in at the case's desk to approve has typed their password there.
    else if (row.workstation_id === caller.workstationId) throw new DomainError('approval-at-case-desk')
    const id = body.way === 'own-desk' ? caller.staffId : await staff.findColleague(core.store, body.username, caller.officeId)
    if (id === undefined) throw new DomainError('approver-unknown')
    await cases.assertMayApprove(core.store, row, id)
    return id
  }

  /** The ticket, for this desk, this session and the case as it stands; undefined for any other. */
  function openTicket(caller: DeskCaller, row: CaseRow, text: string): ApprovalTicket | undefined {
    const ticket = tickets.open<ApprovalTicket>(ticketPurpose, text)
    if (!ticket || ticket.jkt !== caller.jkt || ticket.caseId !== row.id || ticket.version !== row.version) return undefined
    return ticket.way === 'own-desk' && ticket.sessionId !== caller.sessionId ? undefined : ticket
  }

  /** Who was only named has not shown that they are there: the desk's own officer looks then, by the rules for officers. */
  async function lookerOf(unit: Unit, caller: DeskCaller, { way, supervisorId }: ApprovalTicket): Promise<Looker> {
    return way === 'passkey' ? caller : { ...caller, staffId: supervisorId, name: await staff.getName(unit.work, supervisorId) }
  }

  return {
    async start(caller, caseId, body) {
      const row = await cases.getWorkable(core.store, caller, caseId)
      assertAsked(row, body.outcome)
      const supervisorId = await getApprover(caller, row, body)
      const subject: Subject = { caseId, version: row.version, outcome: body.outcome, supervisorId, jkt: caller.jkt }
      const id = core.ids.next()
      const demand = await staff.factors.findDemand(core.store, supervisorId, challengeOf(subject, id))
      const kinds = demand?.kinds.filter((kind) => body.way === 'own-desk' || (kind === 'totp') === (body.way === 'pin')) ?? []
      if (!demand || kinds.length === 0) throw new DomainError('factor-missing')
      const refused = body.way === 'pin' ? await staff.approvalPins.guess(supervisorId, body.pin, caller.workstationId) : undefined
      if (refused) throw refused
      const claims = { ...subject, way: body.way, ...(body.way === 'own-desk' ? { sessionId: caller.sessionId } : {}) }
      return {
        ticket: tickets.issue(ticketPurpose, claims, ticketLifetime, id),
        supervisor: await staff.getName(core.store, supervisorId),
        kinds,
        ...(demand.passkey && kinds.includes('passkey') ? { passkey: demand.passkey } : {}),
      }
    },

    async look(unit, caller, caseId, text) {
      const row = await cases.getWorkable(unit.work, caller, caseId)
      const ticket = openTicket(caller, row, text)
      if (!ticket) throw expired()
      return looks.look(unit, await lookerOf(unit, caller, ticket), row, sittingOf(ticket))
    },

    async prove(caller, caseId, body) {
      const row = await cases.getWorkable(core.store, caller, caseId)
      const ticket = openTicket(caller, row, body.ticket)
      if (!ticket || !fits(ticket, body)) return expired()
      // Before the proof: whoever has not looked loses no code by it.
      if (!(await looks.hasLooked(core.store, row, sittingOf(ticket)))) return new DomainError('approval-not-seen')
      const proved = await staff.proveSecondPerson({ id: ticket.supervisorId, known: true }, caller.jkt, body, challengeOf(ticket, ticket.id))
      return proved instanceof DomainError ? proved : { ticket }
    },

    async give(unit, caller, { ticket }) {
      if (!(await spendTicket(unit, ticket))) throw expired()
      const row = await cases.getWorkable(unit.work, caller, ticket.caseId)
      if (row.version !== ticket.version) throw expired()
      // This very row: read once more, it might be what another desk has made of it since.
      await cases.giveApproval(unit, caller, row, ticket.supervisorId, ticket.outcome)
      await looks.tell(unit, row, await staff.getName(unit.work, ticket.supervisorId))
    },
  }
}
