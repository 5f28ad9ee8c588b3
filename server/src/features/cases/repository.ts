import { type CaseState, DomainError } from '@ikd/contract'
import type { Selectable, Updateable } from 'kysely'
import { type Clock, calendarDate, day } from '../../clock.ts'
import type { Queries } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { officeTopic, registrationTopic } from '../../signals.ts'
import { advance, type CaseEvent, type CaseModel, endStates } from './machine.ts'

export type CaseRow = Selectable<Tables['desk_case']>

export async function getCase(queries: Queries, id: string): Promise<CaseRow> {
  const row = await queries.selectFrom('desk_case').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found')
  return row
}

/** The newest case of a phone, open or ended. */
export function findLatestForRegistration(queries: Queries, registrationId: string): Promise<CaseRow | undefined> {
  return queries
    .selectFrom('desk_case')
    .selectAll()
    .where('registration_id', '=', registrationId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function modelOf(row: CaseRow): CaseModel {
  return {
    kind: row.kind,
    state: row.state,
    ...(row.capture_outcome ? { captureOutcome: row.capture_outcome } : {}),
    captureAttempts: row.capture_attempts,
    ...(row.supervision_outcome ? { supervision: { outcome: row.supervision_outcome, given: row.supervision_by !== null } } : {}),
  }
}

/**
 * Puts an event to the case and stores what the machine makes of it, with the columns that go along. Refuses an event
 * out of place, and a change made on a version that is no longer the newest.
 */
export async function applyEvent(unit: Unit, row: CaseRow, event: CaseEvent, columns: Updateable<Tables['desk_case']> = {}): Promise<void> {
  const next = advance(modelOf(row), event)
  if (!next) throw new DomainError('case-state-wrong')
  const supervision = next.supervision
    ? { supervision_outcome: next.supervision.outcome }
    : { supervision_outcome: null, supervision_reason: null, supervision_asked_at: null, supervision_asked_by: null, supervision_by: null }
  const stored = await unit.work
    .updateTable('desk_case')
    .set({
      ...supervision,
      ...columns,
      state: next.state,
      capture_outcome: next.captureOutcome ?? null,
      capture_attempts: next.captureAttempts,
      closed_at: endStates.includes(next.state) ? unit.now : null,
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (stored.numUpdatedRows !== 1n) throw new DomainError('case-state-wrong')
  announceCase(unit, row, columns.registration_id ?? row.registration_id)
}

/** The office's desks and the resident's phone are told to look again. */
export function announceCase(unit: Unit, row: Pick<CaseRow, 'id' | 'office_id'>, registrationId: string | null): void {
  unit.announce(officeTopic(row.office_id), { type: 'case', caseId: row.id })
  if (registrationId) unit.announce(registrationTopic(registrationId), { type: 'status' })
}

/** Open visits of a resident that could end in a bound phone. */
export function findOpenOfResident(queries: Queries, residentId: string): Promise<CaseRow[]> {
  return queries
    .selectFrom('desk_case')
    .selectAll()
    .where('resident_id', '=', residentId)
    .where('closed_at', 'is', null)
    .where('kind', 'in', ['activation', 'rebinding', 'unblock'])
    .execute()
}

export async function listCases(queries: Queries, officeId: string, group: 'open' | 'awaiting-supervisor' | 'today', clock: Clock, timeZone: string) {
  const now = clock.now()
  const rows = await queries
    .selectFrom('desk_case')
    .innerJoin('staff', 'staff.id', 'desk_case.officer_id')
    .innerJoin('workstation', 'workstation.id', 'desk_case.workstation_id')
    .leftJoin('resident', 'resident.id', 'desk_case.resident_id')
    .select([
      'desk_case.id', 'desk_case.kind', 'desk_case.state', 'desk_case.opened_at as openedAt', 'desk_case.closed_at as closedAt',
      'staff.name as officer', 'workstation.label as workstation', 'resident.name as residentName',
    ])
    .where('desk_case.office_id', '=', officeId)
    .where('desk_case.opened_at', '>', now - 2 * day)
    .orderBy('desk_case.opened_at', 'desc')
    .execute()
  const today = calendarDate(now, timeZone)
  const wanted: Record<typeof group, (row: { state: CaseState; closedAt: number | null }) => boolean> = {
    'open': (row) => row.closedAt === null,
    'awaiting-supervisor': (row) => row.state === 'awaiting-supervisor',
    'today': (row) => row.closedAt !== null && calendarDate(row.closedAt, timeZone) === today,
  }
  return rows.filter(wanted[group]).map(({ closedAt: _closed, residentName, ...row }) => ({ ...row, ...(residentName ? { residentName } : {}) }))
}
