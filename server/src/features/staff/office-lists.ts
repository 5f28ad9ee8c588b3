import type { OfficeMember, OfficeSession, OfficeWorkstation, WorkstationPower } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Queries } from '../../database/store.ts'
import { isLocked } from './locks.ts'
import { idleLimit, sessionLifetime } from './sessions.ts'

type DeskRole = OfficeMember['role']

export async function listMembers(queries: Queries, officeId: string, now: number): Promise<OfficeMember[]> {
  const members = await queries
    .selectFrom('staff')
    .select(['id', 'name', 'username', 'role', 'failures_row', 'failures_at', 'locked_at'])
    .where('office_id', '=', officeId)
    .orderBy('name')
    .execute()
  const ids = members.map(({ id }) => id)
  const factors = await queries.selectFrom('staff_factor').select(['staff_id as staffId', 'kind']).where('staff_id', 'in', ids).where('confirmed_at', 'is not', null).execute()
  const codes = await queries
    .selectFrom('staff_setup_code')
    .select(['staff_id as staffId', 'expires_at as expiresAt'])
    .where('staff_id', 'in', ids)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
  return members.map(({ id, name, username, role, ...lock }) => {
    const code = codes.find(({ staffId }) => staffId === id)
    const locked = isLocked(lock, now) ? (lock.locked_at ?? now) : null
    return {
      id,
      name,
      username,
      role: role as DeskRole,
      factors: [...new Set(factors.filter(({ staffId }) => staffId === id).map(({ kind }) => kind))],
      ...(code ? { setupCodeUntil: code.expiresAt } : {}),
      ...(locked === null ? {} : { lockedAt: locked }),
    }
  })
}

export async function listSessions(queries: Queries, caller: DeskCaller, now: number): Promise<OfficeSession[]> {
  const rows = await queries
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .innerJoin('workstation', 'workstation.id', 'staff_session.workstation_id')
    .select([
      'staff_session.id', 'staff.id as staffId', 'staff.name', 'staff.role', 'workstation.id as workstationId', 'workstation.label',
      'staff_session.started_at as startedAt', 'staff_session.last_used_at as lastUsedAt', 'staff_session.factor',
    ])
    .where('staff.office_id', '=', caller.officeId)
    .where('staff_session.ended_at', 'is', null)
    .where('staff_session.started_at', '>', now - sessionLifetime)
    .where('staff_session.last_used_at', '>', now - idleLimit.desk)
    .orderBy('staff_session.started_at', 'desc')
    .execute()
  return rows.map(({ id, staffId, name, role, workstationId, label, startedAt, lastUsedAt, factor }) => ({
    id,
    staff: { id: staffId, name, role: role as DeskRole },
    workstation: { id: workstationId, label },
    startedAt,
    lastUsedAt,
    factor,
    own: id === caller.sessionId,
  }))
}

export async function listWorkstations(queries: Queries, caller: DeskCaller): Promise<OfficeWorkstation[]> {
  const rows = await queries
    .selectFrom('workstation')
    .leftJoin('staff_session', 'staff_session.workstation_id', 'workstation.id')
    .select((select) => [
      'workstation.id', 'workstation.label', 'workstation.powers', 'workstation.enrolled_at as enrolledAt', 'workstation.revoked_at as revokedAt',
      select.fn.max('staff_session.last_used_at').as('lastSeenAt'),
    ])
    .where('workstation.office_id', '=', caller.officeId)
    .groupBy(['workstation.id', 'workstation.label', 'workstation.powers', 'workstation.enrolled_at', 'workstation.revoked_at'])
    .orderBy('workstation.enrolled_at', 'desc')
    .execute()
  return rows.map(({ id, label, powers, enrolledAt, revokedAt, lastSeenAt }) => ({
    id,
    label,
    powers: JSON.parse(powers) as WorkstationPower[],
    enrolledAt,
    ...(lastSeenAt === null ? {} : { lastSeenAt }),
    ...(revokedAt === null ? {} : { revokedAt }),
    own: id === caller.workstationId,
  }))
}

/** For the next workstation's name: no machine in use has it, and no code still open promises it. */
export async function findFreeNumber(queries: Queries, officeId: string, now: number): Promise<number> {
  const inUse = await queries.selectFrom('workstation').select('label').where('office_id', '=', officeId).where('revoked_at', 'is', null).execute()
  const promised = await queries
    .selectFrom('workstation_enrolment')
    .select('label')
    .where('office_id', '=', officeId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
  const taken = new Set([...inUse, ...promised].map(({ label }) => Number(/\d+$/.exec(label)?.[0])))
  let free = 1
  while (taken.has(free)) free++
  return free
}
