import { Type } from 'typebox'
import { alertKinds, factorKinds, sessionFactors, workstationPowers } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { closed, Count, Empty, Id, Instant, oneOf, ShortText } from './shapes.ts'

// An admin acts for the own office only, and only at a workstation with the power `administer`.

export const OfficeMember = closed({
  id: Id,
  name: Type.String(),
  username: Type.String(),
  role: oneOf(['officer', 'supervisor', 'admin']),
  /** Kinds of second factors in use; with none, the next sign-in asks for a setup code. */
  factors: Type.Array(oneOf(factorKinds)),
  /** Until when an unused setup code is good. */
  setupCodeUntil: Type.Optional(Instant),
  /** Locked after too many wrong sign-ins in a row; only an admin unlocks. */
  lockedAt: Type.Optional(Instant),
})

export const OfficeSession = closed({
  id: Id,
  staff: closed({ id: Id, name: Type.String(), role: oneOf(['officer', 'supervisor', 'admin']) }),
  workstation: closed({ id: Id, label: Type.String() }),
  startedAt: Instant,
  /** To the minute. */
  lastUsedAt: Instant,
  factor: oneOf(sessionFactors),
  /** The session that asks. */
  own: Type.Boolean(),
})

export const OfficeWorkstation = closed({
  id: Id,
  label: Type.String(),
  powers: Type.Array(oneOf(workstationPowers)),
  enrolledAt: Instant,
  /** Last use by a signed-in member of staff, to the minute. */
  lastSeenAt: Type.Optional(Instant),
  revokedAt: Type.Optional(Instant),
  /** The workstation that asks. */
  own: Type.Boolean(),
})

export const Alert = closed({
  id: Id,
  kind: oneOf(alertKinds),
  at: Instant,
  /** Name of the member of staff it is about. */
  staff: Type.Optional(Type.String()),
  /** Label of the workstation it is about or where it happened. */
  workstation: Type.Optional(Type.String()),
  seen: Type.Optional(closed({ at: Instant, by: Type.String() })),
})

const StaffId = closed({ staffId: Id })
const WorkstationId = closed({ workstationId: Id })

export const admin = {
  staff: defineRoute({
    id: 'admin.staff',
    method: 'GET',
    path: '/v1/admin/staff',
    access: ['admin'],
    summary: 'The staff of the own office, their second factors and locks',
    answer: closed({ staff: Type.Array(OfficeMember) }),
  }),
  unlock: defineRoute({
    id: 'admin.unlock',
    method: 'POST',
    path: '/v1/admin/staff/:staffId/unlock',
    access: ['admin'],
    summary: 'Lets a locked account sign in again',
    params: StaffId,
    answer: OfficeMember,
  }),
  resetFactors: defineRoute({
    id: 'admin.resetFactors',
    method: 'POST',
    path: '/v1/admin/staff/:staffId/setup-codes',
    access: ['admin'],
    summary: 'Takes a colleague’s second factors away, ends their sessions and makes a one-time setup code, good for 24 hours',
    params: StaffId,
    status: 201,
    answer: closed({ code: Type.String(), expiresAt: Instant }),
  }),
  sessions: defineRoute({
    id: 'admin.sessions',
    method: 'GET',
    path: '/v1/admin/sessions',
    access: ['admin'],
    summary: 'Who is signed in at the own office, where, since when',
    answer: closed({ sessions: Type.Array(OfficeSession) }),
  }),
  endSession: defineRoute({
    id: 'admin.endSession',
    method: 'DELETE',
    path: '/v1/admin/sessions/:sessionId',
    access: ['admin'],
    summary: 'Ends a session of the own office: dead at its next request',
    params: closed({ sessionId: Id }),
    answer: Empty,
  }),
  workstations: defineRoute({
    id: 'admin.workstations',
    method: 'GET',
    path: '/v1/admin/workstations',
    access: ['admin'],
    summary: 'The workstations of the own office, the revoked ones too',
    answer: closed({
      workstations: Type.Array(OfficeWorkstation),
      /** The smallest number from 1 that no workstation in use and no code still open has at the end of its name. */
      freeNumber: Count,
      /** What this office’s workstations may be given. */
      powers: Type.Array(oneOf(workstationPowers)),
    }),
  }),
  makeEnrolment: defineRoute({
    id: 'admin.makeEnrolment',
    method: 'POST',
    path: '/v1/admin/workstation-enrolments',
    access: ['admin'],
    summary: 'A one-time code that makes a machine a workstation of the own office with these powers; good for 24 hours',
    body: closed({ label: ShortText, powers: Type.Array(oneOf(workstationPowers), { minItems: 1, maxItems: workstationPowers.length, uniqueItems: true }) }),
    status: 201,
    answer: closed({ code: Type.String(), expiresAt: Instant }),
  }),
  revokeWorkstation: defineRoute({
    id: 'admin.revokeWorkstation',
    method: 'DELETE',
    path: '/v1/admin/workstations/:workstationId',
    access: ['admin'],
    summary: 'Takes a machine of the own office out of service: it and its sessions are dead at their next request',
    params: WorkstationId,
    answer: Empty,
  }),
}

export const alerts = {
  list: defineRoute({
    id: 'alerts.list',
    method: 'GET',
    path: '/v1/alerts',
    access: ['supervisor', 'admin'],
    summary: 'The alerts of the own office of the last 30 days, newest first, a hundred at most',
    unattended: true,
    answer: closed({ alerts: Type.Array(Alert), unseen: Count }),
  }),
  markSeen: defineRoute({
    id: 'alerts.markSeen',
    method: 'POST',
    path: '/v1/alerts/:alertId/seen',
    access: ['supervisor', 'admin'],
    summary: 'Somebody has looked at it: the first to say so is noted',
    params: closed({ alertId: Id }),
    answer: Alert,
  }),
}
