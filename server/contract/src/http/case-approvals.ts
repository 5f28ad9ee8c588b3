import { Type } from 'typebox'
import { factorKinds } from '../glossary.ts'
import { deskStaff } from '../access.ts'
import { defineRoute } from '../route.ts'
import { Case, CaseId } from './case.ts'
import { PasskeyAssertion, PasskeyRequest } from './passkey.ts'
import { closed, oneOf, ShortText, SixDigits, Ticket } from './shapes.ts'

/** The supervisor’s password was right; now one of these, over exactly this case, its version, this outcome and this desk. */
export const ApprovalDemand = closed({
  ticket: Ticket,
  supervisor: Type.String(),
  kinds: Type.Array(oneOf(factorKinds), { minItems: 1 }),
  /** With a passkey among the kinds; its challenge is the hash of what is being approved. */
  passkey: Type.Optional(PasskeyRequest),
})

/** Two people: one asks, the other approves exactly that. */
export const caseApprovals = {
  askSupervisor: defineRoute({
    id: 'cases.askSupervisor',
    method: 'POST',
    path: '/v1/cases/:caseId/supervision',
    access: deskStaff,
    summary: 'Asks for a second person’s approval of exactly this outcome',
    params: CaseId,
    body: closed({ outcome: oneOf(['approve', 'refuse']), reason: ShortText }),
    answer: Case,
  }),
  startApproval: defineRoute({
    id: 'cases.startApproval',
    method: 'POST',
    path: '/v1/cases/:caseId/approval-tickets',
    access: deskStaff,
    summary: 'A supervisor’s own password, for one approval of exactly this case as it stands and this outcome; opens no session',
    ratePerMinute: 20,
    params: CaseId,
    body: closed({
      outcome: oneOf(['approve', 'refuse']),
      username: ShortText,
      password: Type.String({ minLength: 1, maxLength: 256 }),
    }),
    repeatable: 'makes a ticket; wrong passwords are counted however often they are sent',
    answer: ApprovalDemand,
  }),
  approve: defineRoute({
    id: 'cases.approve',
    method: 'POST',
    path: '/v1/cases/:caseId/approvals',
    access: deskStaff,
    summary: 'The supervisor’s second factor: spends the ticket and approves',
    ratePerMinute: 20,
    params: CaseId,
    body: Type.Union([closed({ ticket: Ticket, totp: SixDigits }), closed({ ticket: Ticket, passkey: PasskeyAssertion })]),
    answer: Case,
  }),
}
