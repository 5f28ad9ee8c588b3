import { Type } from 'typebox'
import { signedInStaff } from '../access.ts'
import { accountActs, factorKinds, sessionFactors, workstationPowers } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from './passkey.ts'
import { AccessToken, ApprovalPin, Captcha, closed, Empty, Id, Instant, InstitutionNumber, oneOf, ShortText, SixDigits, Ticket } from './shapes.ts'

export const StaffMember = closed({
  id: Id,
  name: Type.String(),
  username: Type.String(),
  role: oneOf(['officer', 'supervisor', 'admin', 'verifier']),
  office: Type.Optional(closed({ id: Id, name: Type.String() })),
  /** Of a verifier: the institution, and what it may scan for; a scan names one of these purposes, letter by letter. */
  institution: Type.Optional(closed({ id: Id, number: InstitutionNumber, name: Type.String(), purposes: Type.Array(Type.String()) })),
})

export const Workstation = closed({
  id: Id,
  label: Type.String(),
  office: closed({ id: Id, name: Type.String() }),
  powers: Type.Array(oneOf(workstationPowers)),
})

/** A second factor that was added elsewhere, and whose owner has not said yet that it is theirs. */
export const NewFactor = closed({
  id: Id,
  kind: oneOf(factorKinds),
  label: Type.String(),
  addedAt: Instant,
  /** Label of the workstation it was added at; absent for an institution’s browser. */
  workstation: Type.Optional(Type.String()),
})

export const StaffSession = closed({
  token: AccessToken,
  staff: StaffMember,
  /** Desk staff only. */
  workstation: Type.Optional(Workstation),
  /** What the session rests on beside the password; with `setup-code` it may set up a second factor and nothing else. */
  factor: oneOf(sessionFactors),
  /** To be shown until they are acknowledged or removed. */
  newFactors: Type.Array(NewFactor),
})

/** The password was right; now one of these. Opens nothing by itself, dies after five minutes. */
export const SecondFactorDemand = closed({
  needs: Type.Literal('second-factor'),
  ticket: Ticket,
  kinds: Type.Array(oneOf(factorKinds), { minItems: 1 }),
  /** With a passkey among the kinds. */
  passkey: Type.Optional(PasskeyRequest),
})

/** The password was right, and the account has no second factor yet: the admin’s one-time code lets one be set up. */
export const SetupCodeDemand = closed({ needs: Type.Literal('setup-code'), ticket: Ticket })

/** A session at once only for an institution’s staff without a second factor. */
export const SignInAnswer = Type.Union([closed({ needs: Type.Literal('nothing'), session: StaffSession }), SecondFactorDemand, SetupCodeDemand])

const Password = Type.String({ minLength: 1, maxLength: 256 })

export const FactorProof = Type.Union([
  closed({ ticket: Ticket, totp: SixDigits }),
  closed({ ticket: Ticket, passkey: PasskeyAssertion }),
  closed({ ticket: Ticket, setupCode: Type.String({ minLength: 8, maxLength: 64 }) }),
])

/** Asked for before an act that changes who can be the account; the proof goes into the act’s own request. */
export const AccountProofDemand = Type.Union([
  /** Came by a setup code and has no second factor yet. */
  closed({ needs: Type.Literal('nothing') }),
  /** An institution’s staff without a second factor. */
  closed({ needs: Type.Literal('password'), ticket: Ticket }),
  closed({ needs: Type.Literal('factor'), ticket: Ticket, kinds: Type.Array(oneOf(factorKinds), { minItems: 1 }), passkey: Type.Optional(PasskeyRequest) }),
])

/** Of a second factor that is there already, or of the password where there is none. Serves this act of this session, once. */
export const AccountProof = Type.Union([
  closed({ ticket: Ticket, totp: SixDigits }),
  closed({ ticket: Ticket, passkey: PasskeyAssertion }),
  closed({ ticket: Ticket, password: Password }),
])

export const Factor = closed({
  id: Id,
  kind: oneOf(factorKinds),
  label: Type.String(),
  addedAt: Instant,
  lastUsedAt: Type.Optional(Instant),
})

export const OwnSession = closed({
  id: Id,
  /** Label of the workstation; absent for an institution’s browser. */
  workstation: Type.Optional(Type.String()),
  startedAt: Instant,
  /** To the minute. */
  lastUsedAt: Instant,
  factor: oneOf(sessionFactors),
  /** The session that asks. */
  own: Type.Boolean(),
})

/** Who may approve as the second person, and therefore have an approval PIN. */
const approvers = ['supervisor', 'admin'] as const

const withSetup = [...signedInStaff, 'setup'] as const

export const staff = {
  enrolWorkstation: defineRoute({
    id: 'staff.enrolWorkstation',
    method: 'POST',
    path: '/v1/workstations',
    access: ['key'],
    summary: 'Enrols this machine’s key as a workstation of an office, with a one-time enrolment code, under the name and with the powers the code was made for',
    ratePerMinute: 10,
    body: closed({ enrolmentCode: Type.String({ minLength: 8, maxLength: 64 }) }),
    status: 201,
    answer: Workstation,
  }),
  workstation: defineRoute({
    id: 'staff.workstation',
    method: 'POST',
    path: '/v1/workstations/current',
    access: ['key'],
    summary: 'Which workstation this key is; `workstation-unknown` when it is none',
    repeatable: 'reads only; a POST because it rests on a proof alone',
    answer: Workstation,
  }),
  signIn: defineRoute({
    id: 'staff.signIn',
    method: 'POST',
    path: '/v1/staff/sessions',
    access: ['key'],
    summary:
      'The first step of signing in: name and password, bound to the key of the workstation or the institution’s browser; a browser the account does not know may be asked for a robot check (`robot-check-needed`)',
    ratePerMinute: 20,
    settledKeysApart: true,
    body: closed({ username: ShortText, password: Password, captcha: Type.Optional(Captcha) }),
    repeatable: 'makes a ticket or a token; wrong passwords are counted however often they are sent',
    status: 201,
    answer: SignInAnswer,
  }),
  secondFactor: defineRoute({
    id: 'staff.secondFactor',
    method: 'POST',
    path: '/v1/staff/sessions/second-factor',
    access: ['key'],
    summary: 'The second step: spends the ticket of the first and opens the session',
    ratePerMinute: 20,
    settledKeysApart: true,
    body: FactorProof,
    repeatable: 'makes a token; wrong answers are counted however often they are sent',
    status: 201,
    answer: StaffSession,
  }),
  renew: defineRoute({
    id: 'staff.renew',
    method: 'POST',
    path: '/v1/staff/sessions/renewal',
    access: withSetup,
    summary: 'A new token for a session in use, for at most twelve hours from sign-in; `token-expired` when nobody used it for a quarter of an hour',
    unattended: true,
    repeatable: 'makes a token and stores nothing',
    answer: StaffSession,
  }),
  signOut: defineRoute({
    id: 'staff.signOut',
    method: 'DELETE',
    path: '/v1/staff/sessions/current',
    access: withSetup,
    summary: 'Ends the session on the server',
    repeatable: 'ending it twice changes nothing',
    answer: Empty,
  }),
  sessions: defineRoute({
    id: 'staff.sessions',
    method: 'GET',
    path: '/v1/staff/sessions',
    access: signedInStaff,
    summary: 'The own sessions that are alive, this one among them',
    answer: closed({ sessions: Type.Array(OwnSession) }),
  }),
  endOtherSessions: defineRoute({
    id: 'staff.endOtherSessions',
    method: 'DELETE',
    path: '/v1/staff/sessions/others',
    access: signedInStaff,
    summary: 'Ends the own sessions everywhere but here',
    repeatable: 'ending them twice changes nothing',
    answer: Empty,
  }),
  changePassword: defineRoute({
    id: 'staff.changePassword',
    method: 'POST',
    path: '/v1/staff/password',
    access: withSetup,
    summary: 'A new password, twelve characters or more and none of the common ones; ends the own sessions elsewhere',
    ratePerMinute: 10,
    body: closed({ current: Password, next: Password, proof: Type.Optional(AccountProof) }),
    answer: Empty,
  }),
  factors: defineRoute({
    id: 'staff.factors',
    method: 'GET',
    path: '/v1/staff/factors',
    access: withSetup,
    summary: 'The own second factors',
    answer: closed({ factors: Type.Array(Factor) }),
  }),
  startProof: defineRoute({
    id: 'staff.startProof',
    method: 'POST',
    path: '/v1/staff/proofs',
    access: withSetup,
    summary: 'What must be proved anew for this act on the own account; its ticket is good for five minutes',
    ratePerMinute: 20,
    body: closed({ act: oneOf(accountActs), /** Of `remove-factor`. */ factorId: Type.Optional(Id) }),
    repeatable: 'makes a ticket and stores nothing',
    answer: AccountProofDemand,
  }),
  startTotp: defineRoute({
    id: 'staff.startTotp',
    method: 'POST',
    path: '/v1/staff/factors/totp',
    access: withSetup,
    summary: 'A secret for an authenticator app, for a proof of an old factor; counts from its confirmation by a code of it, here and within a quarter of an hour',
    ratePerMinute: 10,
    body: closed({ label: ShortText, proof: Type.Optional(AccountProof) }),
    repeatable: 'an unconfirmed secret takes the place of the one before; proofs are counted and spent however often they are sent',
    status: 201,
    answer: closed({
      factorId: Id,
      /** Base32 (RFC 4648), 160 bits, for typing. */
      secret: Type.String(),
      /** `otpauth://totp/…`, for a QR picture. */
      uri: Type.String(),
    }),
  }),
  confirmTotp: defineRoute({
    id: 'staff.confirmTotp',
    method: 'POST',
    path: '/v1/staff/factors/totp/:factorId/confirmation',
    access: withSetup,
    summary: 'A code of the new secret; makes a setup session a full one (renew it to see)',
    ratePerMinute: 10,
    params: closed({ factorId: Id }),
    body: closed({ code: SixDigits }),
    answer: Factor,
  }),
  startPasskey: defineRoute({
    id: 'staff.startPasskey',
    method: 'POST',
    path: '/v1/staff/factors/passkey',
    access: withSetup,
    summary: 'What the browser is to make a passkey from, for a proof of an old factor; good for five minutes',
    ratePerMinute: 10,
    body: closed({ proof: Type.Optional(AccountProof) }),
    repeatable: 'makes a ticket; proofs are counted and spent however often they are sent',
    status: 201,
    answer: closed({ ticket: Ticket, passkey: PasskeyCreation }),
  }),
  confirmPasskey: defineRoute({
    id: 'staff.confirmPasskey',
    method: 'POST',
    path: '/v1/staff/factors/passkey/confirmation',
    access: withSetup,
    summary: 'The passkey that was made; makes a setup session a full one (renew it to see)',
    ratePerMinute: 10,
    body: closed({ ticket: Ticket, label: ShortText, passkey: PasskeyAttestation }),
    answer: Factor,
  }),
  removeFactor: defineRoute({
    id: 'staff.removeFactor',
    method: 'POST',
    path: '/v1/staff/factors/:factorId/removal',
    access: signedInStaff,
    summary: 'Takes one of the own second factors away, for a proof of one, and ends the own sessions elsewhere; never the last one of desk staff',
    ratePerMinute: 10,
    params: closed({ factorId: Id }),
    body: closed({ proof: Type.Optional(AccountProof) }),
    answer: Empty,
  }),
  acknowledgeFactor: defineRoute({
    id: 'staff.acknowledgeFactor',
    method: 'POST',
    path: '/v1/staff/factors/:factorId/acknowledgement',
    access: signedInStaff,
    summary: 'The new second factor is the account’s own; not said in the session it was added in, nor in one that rests on a factor of the last day',
    params: closed({ factorId: Id }),
    answer: Empty,
  }),
  approvalPin: defineRoute({
    id: 'staff.approvalPin',
    method: 'GET',
    path: '/v1/staff/approval-pin',
    access: approvers,
    summary: 'Whether there is an own approval PIN, for approvals at another’s desk, and since when',
    answer: closed({ setAt: Type.Optional(Instant) }),
  }),
  setApprovalPin: defineRoute({
    id: 'staff.setApprovalPin',
    method: 'POST',
    path: '/v1/staff/approval-pin',
    access: approvers,
    summary: 'Sets or changes the own approval PIN, six to eight digits and none of the popular ones, with a fresh proof of the second factor',
    ratePerMinute: 10,
    body: closed({ pin: ApprovalPin, proof: Type.Optional(AccountProof) }),
    answer: closed({ setAt: Type.Optional(Instant) }),
  }),
}
