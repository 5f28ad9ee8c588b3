import { Type } from 'typebox'
import { factorKinds } from '../glossary.ts'
import { deskStaff } from '../access.ts'
import { defineRoute } from '../route.ts'
import { Case, CaseId } from './case.ts'
import { PasskeyAssertion, PasskeyRequest } from './passkey.ts'
import { ApprovalPin, closed, Jpeg, oneOf, ShortText, SixDigits, Ticket } from './shapes.ts'

const outcome = oneOf(['approve', 'refuse'])

/**
 * The three ways to one approval; a password is in none of them, so that no session can come of what a desk sees.
 *
 * - `own-desk`: by whoever asks, in their own session at another desk than the case's
 * - `passkey`: at the case's desk, by this supervisor's passkey
 * - `pin`: at the case's desk, by this supervisor's approval PIN and then a code of their authenticator app
 */
export const ApprovalStart = Type.Union([
  closed({ outcome, way: Type.Literal('own-desk') }),
  closed({ outcome, way: Type.Literal('passkey'), username: ShortText }),
  closed({ outcome, way: Type.Literal('pin'), username: ShortText, pin: ApprovalPin }),
])

/** First both pictures are fetched with the ticket; then one of these, over exactly this case, its version, this outcome and this desk. */
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
    body: closed({ outcome, reason: ShortText }),
    answer: Case,
  }),
  startApproval: defineRoute({
    id: 'cases.startApproval',
    method: 'POST',
    path: '/v1/cases/:caseId/approval-tickets',
    access: deskStaff,
    summary: 'A ticket for one approval of exactly this case as it stands and this outcome: in the supervisor’s own session, or for their passkey or approval PIN at the case’s desk',
    ratePerMinute: 20,
    params: CaseId,
    body: ApprovalStart,
    repeatable: 'makes a ticket; wrong PINs are counted however often they are sent',
    answer: ApprovalDemand,
  }),
  lookForApproval: defineRoute({
    id: 'cases.lookForApproval',
    method: 'POST',
    path: '/v1/cases/:caseId/approval-looks',
    access: deskStaff,
    summary: 'Both pictures for whoever approves, the newest face kept of this visit and the KTP-el photograph; without this look no approval is taken, and the resident sees it in their history',
    ratePerMinute: 20,
    params: CaseId,
    body: closed({ ticket: Ticket }),
    repeatable: 'reads; every look is recorded for itself',
    answer: closed({
      reference: Jpeg,
      /** Absent where this visit kept no picture at all. */
      live: Type.Optional(Jpeg),
    }),
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
