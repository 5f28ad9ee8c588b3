import { DomainError } from '@ikd/contract'
import { day } from '../../clock.ts'
import type { Queries } from '../../database/store.ts'

const decidedShownFor = 7 * day
/** The other office hears of a duplicate of its own resident and may need time to act on it. */
const foundShownFor = 30 * day
const shownAtMost = 100

function selectHits(queries: Queries) {
  return queries
    .selectFrom('duplicate_hit as hit')
    .innerJoin('desk_case as own', 'own.id', 'hit.case_id')
    .innerJoin('desk_case as other', 'other.id', 'hit.other_case_id')
    .innerJoin('resident as own_resident', 'own_resident.id', 'own.resident_id')
    .innerJoin('resident as other_resident', 'other_resident.id', 'hit.other_resident_id')
    .innerJoin('office as own_office', 'own_office.id', 'own.office_id')
    .innerJoin('office as other_office', 'other_office.id', 'other.office_id')
    .innerJoin('staff as own_officer', 'own_officer.id', 'own.officer_id')
    .innerJoin('staff as other_officer', 'other_officer.id', 'other.officer_id')
    .leftJoin('staff as decider', 'decider.id', 'hit.decided_by')
    .select([
      'hit.id', 'hit.strength', 'hit.found_at', 'hit.seen_by', 'hit.outcome', 'hit.reason', 'hit.decided_at', 'decider.name as decider',
      'own.id as own_case', 'own.state as own_state', 'own.opened_at as own_at', 'own.office_id as own_office_id', 'own_office.name as own_office',
      'own_officer.name as own_officer', 'own.decided_by as own_decided_by', 'own.supervision_by as own_supervision_by',
      'own_resident.id as own_resident', 'own_resident.name as own_name', 'own_resident.sex as own_sex', 'own_resident.birth_date as own_birth',
      'hit.template_id as own_capture', 'other.id as other_case', 'other.state as other_state', 'other.opened_at as other_at',
      'other.office_id as other_office_id', 'other_office.name as other_office', 'other_officer.name as other_officer',
      'other_resident.id as other_resident', 'other_resident.name as other_name', 'other_resident.sex as other_sex', 'other_resident.birth_date as other_birth',
      'hit.other_template_id as other_capture',
    ])
}

/** A likeness, with both visits and both residents. */
export type HitRow = Awaited<ReturnType<ReturnType<typeof selectHits>['executeTakeFirstOrThrow']>>

/**
 * What concerns an office: likenesses found by its own cases, undecided or newly decided; and those found elsewhere that turned
 * out to be one of its own residents.
 */
export function listHits(queries: Queries, officeId: string, now: number): Promise<HitRow[]> {
  return selectHits(queries)
    .where((row) =>
      row.or([
        row.and([row('own.office_id', '=', officeId), row.or([row('hit.outcome', 'is', null), row('hit.decided_at', '>', now - decidedShownFor)])]),
        row.and([row('other.office_id', '=', officeId), row('hit.outcome', '=', 'same'), row('hit.decided_at', '>', now - foundShownFor)]),
      ]),
    )
    .orderBy('hit.found_at', 'desc')
    .orderBy('hit.id', 'desc')
    .limit(shownAtMost)
    .execute()
}

export async function getHit(queries: Queries, id: string): Promise<HitRow> {
  const row = await selectHits(queries).where('hit.id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found')
  return row
}

function selectUnsearched(queries: Queries) {
  return queries
    .selectFrom('duplicate_search as search')
    .innerJoin('desk_case as own', 'own.id', 'search.case_id')
    .innerJoin('resident', 'resident.id', 'own.resident_id')
    .innerJoin('staff as officer', 'officer.id', 'own.officer_id')
    .leftJoin('staff as decider', 'decider.id', 'search.decided_by')
    .select([
      'search.case_id', 'search.state', 'search.stuck_at', 'search.asked_at', 'search.reason', 'search.decided_at', 'decider.name as decider', 'own.state as case_state',
      'own.office_id', 'own.decided_by as case_decided_by', 'own.supervision_by', 'resident.name', 'resident.sex', 'resident.birth_date',
      'officer.name as officer',
    ])
}

/** A case whose search could not be run in time. */
export type UnsearchedRow = Awaited<ReturnType<ReturnType<typeof selectUnsearched>['executeTakeFirstOrThrow']>>

export function listUnsearched(queries: Queries, officeId: string): Promise<UnsearchedRow[]> {
  return selectUnsearched(queries)
    .where('own.office_id', '=', officeId)
    .where('search.state', '=', 'waiting')
    .where('search.stuck_at', 'is not', null)
    .orderBy('search.asked_at')
    .limit(shownAtMost)
    .execute()
}

export async function getUnsearched(queries: Queries, caseId: string): Promise<UnsearchedRow> {
  const row = await selectUnsearched(queries).where('search.case_id', '=', caseId).executeTakeFirst()
  if (!row) throw new DomainError('not-found')
  return row
}
