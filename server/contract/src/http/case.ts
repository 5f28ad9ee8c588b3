import { Type } from 'typebox'
import {
  blockReasons, captureBands, captureOutcomes, captureReasons, caseActions, caseKinds, caseStates, contactKinds, deviceStates,
  duplicateStates, eligibilityRules, mailStates, serviceKinds,
} from '../glossary.ts'
import { CalendarDate, closed, Count, Id, Instant, oneOf, Version } from './shapes.ts'

export const Capture = closed({
  id: Id,
  at: Instant,
  outcome: oneOf(captureOutcomes),
  reasons: Type.Array(oneOf(captureReasons)),
  band: Type.Optional(oneOf(captureBands)),
  framesReceived: Count,
  framesUsed: Count,
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
  /** Counts every change: whoever takes it over says which state of it they saw. */
  version: Version,
  openedAt: Instant,
  closedAt: Type.Optional(Instant),
  office: closed({ id: Id, name: Type.String(), address: Type.String() }),
  workstation: Type.String(),
  officer: closed({ id: Id, name: Type.String() }),
  /** The caller is that officer, at that workstation: only they act on it. */
  here: Type.Boolean(),
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
    closed({ code: Type.String(), triesLeft: Count, confirmedAt: Type.Optional(Instant) }),
  ),
  /** Captures this visit may still ask for today; with none left the next is refused. */
  captureAttemptsLeft: Count,
  captures: Type.Array(Capture),
  /** So many captures of this visit came to no match, or none is left today, that the supervisor's path is the next thing to do. */
  supervisorDue: Type.Boolean(),
  /** Whether this caller may see the photograph on record now. */
  referenceReleased: Type.Boolean(),
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
      mailAttempts: Count,
      /** SMTP reply class of the last failure, e.g. `550`; never the text. */
      mailFailure: Type.Optional(Type.String()),
      nextMailAt: Type.Optional(Instant),
      emailMasked: Type.String(),
      codeExpiresAt: Type.Optional(Instant),
      resendsLeft: Count,
      /** The search for the same face under another name, before the mail leaves. */
      duplicates: oneOf(duplicateStates),
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
      officerLeft: Count,
      officeLeft: Count,
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
      sendsLeft: Count,
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
  workstation: Type.String(),
  residentName: Type.Optional(Type.String()),
})

export const CaseId = closed({ caseId: Id })
