import { Type } from 'typebox'
import { blockReasons, lookupPurposes, serviceKinds } from '../glossary.ts'
import { deskStaff } from '../access.ts'
import { defineRoute } from '../route.ts'
import { Case, CaseId, CaseSummary } from './case.ts'
import { caseApprovals } from './case-approvals.ts'
import { caseCaptures } from './case-captures.ts'
import { closed, Email, Id, oneOf, Paragraph, Phone, QrText, ShortText, Version } from './shapes.ts'

export const cases = {
  open: defineRoute({
    id: 'cases.open',
    method: 'POST',
    path: '/v1/cases',
    access: deskStaff,
    summary: 'Opens a case: from a registration QR, or for a resident found by a look-up',
    body: Type.Union([
      /**
       * An activation; a re-binding when the resident already has a phone bound; an unblocking when this very phone is
       * blocked or suspended: nobody unblocks a phone that is not at the desk.
       */
      closed({ from: Type.Literal('registration'), qr: QrText }),
      closed({ from: Type.Literal('lookup'), kind: oneOf(['rebinding', 'service', 'block', 'contact']), residentId: Id, purpose: oneOf(lookupPurposes) }),
    ]),
    status: 201,
    answer: Case,
  }),
  list: defineRoute({
    id: 'cases.list',
    method: 'GET',
    path: '/v1/cases',
    access: deskStaff,
    summary: 'Cases of the caller’s office: open, waiting for a supervisor, or ended today',
    unattended: true,
    query: closed({ group: oneOf(['open', 'awaiting-supervisor', 'today']) }),
    answer: closed({ cases: Type.Array(CaseSummary) }),
  }),
  get: defineRoute({
    id: 'cases.get',
    method: 'GET',
    path: '/v1/cases/:caseId',
    access: deskStaff,
    summary: 'One case, whole',
    params: CaseId,
    answer: Case,
  }),
  attachPhone: defineRoute({
    id: 'cases.attachPhone',
    method: 'POST',
    path: '/v1/cases/:caseId/phone',
    access: deskStaff,
    summary: 'The new phone’s registration QR, in a re-binding that began with a look-up',
    params: CaseId,
    body: closed({ qr: QrText }),
    answer: Case,
  }),
  takeOver: defineRoute({
    id: 'cases.takeOver',
    method: 'POST',
    path: '/v1/cases/:caseId/takeover',
    access: deskStaff,
    summary: 'The case is the caller’s from now on, at the caller’s desk: nobody else acts on it any more, and whoever had it may not approve it as its second person',
    params: CaseId,
    /** As the caller saw it: of two who take it over at once, one is told that it has changed. */
    body: closed({ version: Version }),
    answer: Case,
  }),
  ...caseCaptures,
  ...caseApprovals,
  decide: defineRoute({
    id: 'cases.decide',
    method: 'POST',
    path: '/v1/cases/:caseId/decision',
    access: deskStaff,
    summary: 'Approves or refuses. Approval writes decision, audit entry and outbox row in one transaction.',
    params: CaseId,
    body: closed({ outcome: oneOf(['approve', 'refuse']), reason: Type.Optional(ShortText) }),
    answer: Case,
  }),
  correctEmail: defineRoute({
    id: 'cases.correctEmail',
    method: 'POST',
    path: '/v1/cases/:caseId/email',
    access: deskStaff,
    summary: 'Corrects the address before the resident leaves, and sends again',
    params: CaseId,
    body: closed({ email: Email }),
    answer: Case,
  }),
  newCode: defineRoute({
    id: 'cases.newCode',
    method: 'POST',
    path: '/v1/cases/:caseId/new-code',
    access: deskStaff,
    summary: 'Sends a new code and link, three times at most with those the phone asked for',
    params: CaseId,
    answer: Case,
  }),
  recordService: defineRoute({
    id: 'cases.recordService',
    method: 'POST',
    path: '/v1/cases/:caseId/service-requests',
    access: deskStaff,
    summary: 'Records a request for physical service; the answer is the receipt',
    params: CaseId,
    body: closed({ kind: oneOf(serviceKinds), note: Paragraph(500) }),
    answer: Case,
  }),
  block: defineRoute({
    id: 'cases.block',
    method: 'POST',
    path: '/v1/cases/:caseId/block',
    access: deskStaff,
    summary: 'Blocks the resident’s phone at once; ten times an hour for an officer, thirty for an office',
    params: CaseId,
    body: closed({ reason: oneOf(blockReasons) }),
    answer: Case,
  }),
  changeContact: defineRoute({
    id: 'cases.changeContact',
    method: 'POST',
    path: '/v1/cases/:caseId/contact',
    access: deskStaff,
    summary: 'The new contact, once the face has matched. A phone number counts at once; an e-mail when it has answered the mail sent to it, three mails at most.',
    params: CaseId,
    body: Type.Union([closed({ email: Email }), closed({ phone: Phone })]),
    answer: Case,
  }),
  cancel: defineRoute({
    id: 'cases.cancel',
    method: 'POST',
    path: '/v1/cases/:caseId/cancellation',
    access: deskStaff,
    summary: 'Ends a visit without a decision, or a service case when its requests are recorded',
    params: CaseId,
    body: closed({ reason: oneOf(['left', 'wrong-person', 'technical', 'finished']) }),
    answer: Case,
  }),
  events: defineRoute({
    id: 'cases.events',
    method: 'GET',
    path: '/v1/desk/events',
    access: deskStaff,
    kind: 'stream',
    summary: 'Hints that a case of the office has changed, or that there is an alert; fetch it again',
    unattended: true,
    answer: Type.Union([closed({ type: Type.Literal('case'), caseId: Id }), closed({ type: Type.Literal('alert') })]),
  }),
}
