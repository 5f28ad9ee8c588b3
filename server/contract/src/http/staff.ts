import { Type } from 'typebox'
import { workstationPowers } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { AccessToken, closed, Empty, Id, oneOf, ShortText } from './shapes.ts'

export const StaffMember = closed({
  id: Id,
  name: Type.String(),
  username: Type.String(),
  role: oneOf(['officer', 'supervisor', 'admin', 'verifier']),
  office: Type.Optional(closed({ id: Id, name: Type.String() })),
  /** Of a verifier: the institution, and what it may scan for; a scan names one of these purposes, letter by letter. */
  institution: Type.Optional(closed({ id: Id, number: Type.Integer(), name: Type.String(), purposes: Type.Array(Type.String()) })),
})

export const Workstation = closed({
  id: Id,
  label: Type.String(),
  office: closed({ id: Id, name: Type.String() }),
  powers: Type.Array(oneOf(workstationPowers)),
})

export const StaffSession = closed({
  token: AccessToken,
  staff: StaffMember,
  /** Desk staff only. */
  workstation: Type.Optional(Workstation),
})

export const staff = {
  enrolWorkstation: defineRoute({
    id: 'staff.enrolWorkstation',
    method: 'POST',
    path: '/v1/workstations',
    access: ['key'],
    summary: 'Enrols this machine’s key as a workstation of an office, with a one-time enrolment code',
    ratePerMinute: 10,
    body: closed({
      enrolmentCode: Type.String({ minLength: 8, maxLength: 64 }),
      label: ShortText,
    }),
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
    summary: 'Signs a member of staff in, bound to the key of the workstation or the institution’s browser',
    ratePerMinute: 20,
    body: closed({ username: ShortText, password: Type.String({ minLength: 1, maxLength: 256 }) }),
    repeatable: 'makes a token; wrong passwords are counted however often they are sent',
    status: 201,
    answer: StaffSession,
  }),
  renew: defineRoute({
    id: 'staff.renew',
    method: 'POST',
    path: '/v1/staff/sessions/renewal',
    access: ['officer', 'supervisor', 'admin', 'verifier'],
    summary: 'A new token for a session in use, for at most twelve hours from sign-in',
    repeatable: 'makes a token and stores nothing',
    answer: StaffSession,
  }),
  signOut: defineRoute({
    id: 'staff.signOut',
    method: 'DELETE',
    path: '/v1/staff/sessions/current',
    access: ['officer', 'supervisor', 'admin', 'verifier'],
    summary: 'Ends the session on the server',
    repeatable: 'ending it twice changes nothing',
    answer: Empty,
  }),
}
