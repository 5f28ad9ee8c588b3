import { Type } from 'typebox'
import {
  blockReasons, captureBands, captureOutcomes, captureReasons, caseActions, caseKinds, caseStates, contactKinds, deviceStates,
  eligibilityRules, factorKinds, lookupPurposes, mailStates, serviceKinds,
} from '../glossary.ts'
import { deskStaff } from '../access.ts'
import { defineRoute } from '../route.ts'
import { PasskeyAssertion, PasskeyRequest } from './passkey.ts'
import { CalendarDate, closed, Email, Id, Instant, Jpeg, Line, oneOf, Paragraph, Phone, QrText, ShortText, SixDigits, Ticket } from './shapes.ts'

export const Capture = closed({
  id: Id,
  at: Instant,
  outcome: oneOf(captureOutcomes),
  reasons: Type.Array(oneOf(captureReasons)),
  band: Type.Optional(oneOf(captureBands)),
  framesReceived: Type.Integer(),
  framesUsed: Type.Integer(),
})

export const ServiceRequest = closed({
  id: Id,
  /** Printed on the receipt. */
  number: Type.String(),
  kind: oneOf(serviceKinds),
  note: Type.String(),
  at: Instant,
})

export const Case = closed({
  id: Id,
  kind: oneOf(caseKinds),
  state: oneOf(caseStates),
  openedAt: Instant,
  closedAt: Type.Optional(Instant),
  office: closed({ id: Id, name: Type.String(), address: Type.String() }),
  workstation: Type.String(),
  officer: closed({ id: Id, name: Type.String() }),
  /** Absent when the NIK of the registration is in no register. */
  resident: Type.Optional(
    closed({
      id: Id,
      name: Type.String(),
      nikMasked: Type.String(),
      birthDate: CalendarDate,
      address: Type.String(),
      hasReference: Type.Boolean(),
      /** State of the phone now bound, if there is one. */
      boundDevice: Type.Optional(oneOf(['active', 'blocked', 'suspended'])),
    }),
  ),
  eligibility: Type.Array(closed({ rule: oneOf(eligibilityRules), passed: Type.Boolean() })),
  /** For the customer display. */
  contact: Type.Optional(closed({ emailMasked: Type.String(), phoneMasked: Type.String() })),
  /** The per-case code the resident types on the phone. */
  confirmation: Type.Optional(
    closed({ code: Type.String(), triesLeft: Type.Integer(), confirmedAt: Type.Optional(Instant) }),
  ),
  /** Face attempts of this resident still open today. */
  captureAttemptsLeft: Type.Integer(),
  captures: Type.Array(Capture),
  /** What the officer asked a supervisor, and the answer. */
  supervision: Type.Optional(
    closed({
      outcome: oneOf(['approve', 'refuse']),
      reason: Type.String(),
      askedAt: Instant,
      approvedBy: Type.Optional(Type.String()),
    }),
  ),
  decision: Type.Optional(
    closed({ outcome: oneOf(['approve', 'refuse']), reason: Type.Optional(Type.String()), at: Instant, officer: Type.String() }),
  ),
  /** After approval: how the resident is getting on. */
  activation: Type.Optional(
    closed({
      device: oneOf(deviceStates),
      mail: oneOf(mailStates),
      mailAttempts: Type.Integer(),
      /** SMTP reply class of the last failure, e.g. `550`; never the text. */
      mailFailure: Type.Optional(Type.String()),
      nextMailAt: Type.Optional(Instant),
      emailMasked: Type.String(),
      codeExpiresAt: Type.Optional(Instant),
      resendsLeft: Type.Integer(),
    }),
  ),
  serviceRequests: Type.Array(ServiceRequest),
  /** Block, unblock and contact cases: the phone they are about. */
  phone: Type.Optional(
    closed({
      boundAt: Instant,
      state: oneOf(['active', 'blocked', 'suspended', 'released']),
      /** Since when, and why, it is suspended or blocked. */
      since: Type.Optional(Instant),
      /** Who suspended it: its holder, or somebody at an earlier address who says it is not theirs. */
      suspendedBy: Type.Optional(oneOf(['resident', 'not-me'])),
    }),
  ),
  /** Block cases. */
  block: Type.Optional(
    closed({
      reason: Type.Optional(oneOf(blockReasons)),
      /** Blocks this officer and this office may still make within the hour. */
      officerLeft: Type.Integer(),
      officeLeft: Type.Integer(),
    }),
  ),
  /** Contact cases, once a new address or number was given. */
  contactChange: Type.Optional(
    closed({
      kind: oneOf(contactKinds),
      newMasked: Type.String(),
      /** E-mail only: how its confirmation mail fares, and until when its link counts. */
      mail: Type.Optional(oneOf(mailStates)),
      mailFailure: Type.Optional(Type.String()),
      expiresAt: Type.Optional(Instant),
      sendsLeft: Type.Integer(),
      confirmedAt: Type.Optional(Instant),
    }),
  ),
  /** What this caller may do next. */
  actions: Type.Array(oneOf(caseActions)),
})

export const CaseSummary = closed({
  id: Id,
  kind: oneOf(caseKinds),
  state: oneOf(caseStates),
  openedAt: Instant,
  officer: Type.String(),
  residentName: Type.Optional(Type.String()),
})

const CaseId = closed({ caseId: Id })

/** The supervisor’s password was right; now one of these, over exactly this case, its version, this outcome and this desk. */
export const ApprovalDemand = closed({
  ticket: Ticket,
  supervisor: Type.String(),
  kinds: Type.Array(oneOf(factorKinds), { minItems: 1 }),
  /** With a passkey among the kinds; its challenge is the hash of what is being approved. */
  passkey: Type.Optional(PasskeyRequest),
})

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
  startCapture: defineRoute({
    id: 'cases.startCapture',
    method: 'POST',
    path: '/v1/cases/:caseId/captures',
    access: deskStaff,
    summary: 'Begins a capture: the server names the nonce and what the resident is to do',
    params: CaseId,
    status: 201,
    answer: closed({
      captureId: Id,
      /** base64url; the frames are bound to it. */
      nonce: Type.String(),
      expiresAt: Instant,
      /** Steps of the active challenge, in order; `look` alone asks for no movement. */
      challenge: Type.Array(oneOf(['look', 'turn-left', 'turn-right', 'come-closer', 'blink'])),
      framesWanted: Type.Integer(),
    }),
  }),
  submitCapture: defineRoute({
    id: 'cases.submitCapture',
    method: 'POST',
    path: '/v1/cases/:caseId/captures/:captureId/frames',
    access: deskStaff,
    summary: 'The burst. The server recomputes everything from the images.',
    bodyLimit: 12_000_000,
    params: closed({ caseId: Id, captureId: Id }),
    body: closed({
      nonce: Type.String({ maxLength: 64 }),
      frames: Type.Array(
        closed({
          jpeg: Jpeg,
          /** Milliseconds since the first frame, by the desk’s clock. */
          atMs: Type.Integer({ minimum: 0, maximum: 60_000 }),
          /** Which step of the challenge this frame answers. */
          step: Type.Integer({ minimum: 0, maximum: 9 }),
        }),
        { minItems: 1, maxItems: 8 },
      ),
    }),
    answer: Case,
  }),
  reference: defineRoute({
    id: 'cases.reference',
    method: 'GET',
    path: '/v1/cases/:caseId/reference',
    access: deskStaff,
    summary: 'The KTP-el photograph, only after a face has been compared in this case',
    params: CaseId,
    answer: closed({ jpeg: Jpeg }),
  }),
  evidence: defineRoute({
    id: 'cases.evidence',
    method: 'POST',
    path: '/v1/cases/:caseId/evidence-looks',
    access: ['supervisor', 'admin'],
    summary: 'The frames the face results of a case rested on, with a reason; the resident sees it in their history',
    ratePerMinute: 20,
    params: CaseId,
    body: closed({ reason: ShortText }),
    repeatable: 'reads; every look is recorded for itself',
    answer: closed({
      /** Earliest first; captures that kept nothing are absent. */
      captures: Type.Array(
        closed({ captureId: Id, at: Instant, outcome: oneOf(captureOutcomes), frames: Type.Array(Jpeg, { maxItems: 3 }) }),
      ),
      /** When they are deleted; absent while the case is open. */
      deletedAt: Type.Optional(Instant),
    }),
  }),
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

export const residents = {
  search: defineRoute({
    id: 'residents.search',
    method: 'POST',
    path: '/v1/resident-searches',
    access: deskStaff,
    summary: 'Looks a resident up, with a purpose; the resident sees it in their history',
    ratePerMinute: 30,
    body: closed({
      purpose: oneOf(lookupPurposes),
      by: Type.Union([
        closed({ nik: Type.String({ pattern: '^\\d{16}$' }) }),
        closed({ name: Line(100), birthDate: CalendarDate }),
      ]),
    }),
    repeatable: 'reads; every search is recorded for itself',
    answer: closed({
      residents: Type.Array(
        closed({
          id: Id,
          name: Type.String(),
          nikMasked: Type.String(),
          birthDate: CalendarDate,
          address: Type.String(),
          boundDevice: Type.Optional(oneOf(['active', 'blocked', 'suspended'])),
        }),
      ),
    }),
  }),
}
