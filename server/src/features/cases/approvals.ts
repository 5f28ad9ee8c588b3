import { type ApprovalDemand, type BodyOf, DomainError, type routes } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { spendTicket } from '../../database/spent-tickets.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { sha256 } from '../../security/digest.ts'
import { createTickets, type TicketStub } from '../../security/tickets.ts'
import type { StaffService } from '../staff/service.ts'
import type { Outcome } from './decisions.ts'
import { advance } from './machine.ts'
import { type CaseRow, modelOf } from './repository.ts'
import type { CasesService } from './service.ts'

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

type ApprovalTicket = Subject & TicketStub

/** An approval that was proved, for the transaction that gives it. */
export interface ProvedApproval {
  readonly ticket: ApprovalTicket
}

/**
 * A second person's one-shot approval, in two steps at any desk of the office: their password makes a ticket over
 * exactly this case, its version, the outcome, the desk and themself; their second factor spends it. Neither opens a
 * session. A passkey signs the hash of the same.
 */
export interface CaseApprovals {
  start(caller: DeskCaller, caseId: string, body: BodyOf<typeof routes.cases.startApproval>): Promise<ApprovalDemand>
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

export function createCaseApprovals(core: Core, cases: CasesService, staff: StaffService): CaseApprovals {
  const tickets = createTickets(core.secrets.derive('ticket'), core.clock, core.ids)
  const expired = () => new DomainError('approval-ticket-expired')

  /** What is refused whoever asks: said before any password is looked at. */
  function assertAsked(row: CaseRow, outcome: Outcome): void {
    if (row.state === 'awaiting-supervisor' && row.supervision_outcome !== outcome) throw new DomainError('approval-outcome-different')
    if (!advance(modelOf(row), { type: 'give-approval', outcome })) throw new DomainError('case-state-wrong')
  }

  return {
    async start(caller, caseId, { outcome, username, password }) {
      const row = await cases.getWorkable(core.store, caller, caseId)
      assertAsked(row, outcome)
      // Known only to desks of its own office, and the case is of this desk's: other offices' passwords are not told apart here.
      const account = await staff.checkPassword({ username, password, jkt: caller.jkt })
      if (account instanceof DomainError) throw account
      await cases.assertMayApprove(core.store, row, account.id)
      const subject: Subject = { caseId, version: row.version, outcome, supervisorId: account.id, jkt: caller.jkt }
      const id = core.ids.next()
      const demand = await staff.factors.findDemand(core.store, account.id, challengeOf(subject, id))
      if (!demand) throw new DomainError('factor-missing')
      return { ticket: tickets.issue(ticketPurpose, subject, ticketLifetime, id), supervisor: await staff.getName(core.store, account.id), ...demand }
    },

    async prove(caller, caseId, body) {
      const row = await cases.getWorkable(core.store, caller, caseId)
      const ticket = tickets.open<Subject>(ticketPurpose, body.ticket)
      if (!ticket || ticket.jkt !== caller.jkt || ticket.caseId !== caseId || ticket.version !== row.version) return expired()
      const proved = await staff.proveSecondPerson({ id: ticket.supervisorId, known: true }, caller.jkt, body, challengeOf(ticket, ticket.id))
      return proved instanceof DomainError ? proved : { ticket }
    },

    async give(unit, caller, { ticket }) {
      if (!(await spendTicket(unit, ticket))) throw expired()
      const row = await cases.getWorkable(unit.work, caller, ticket.caseId)
      if (row.version !== ticket.version) throw expired()
      await cases.giveApproval(unit, caller, ticket.caseId, ticket.supervisorId, ticket.outcome)
    },
  }
}
