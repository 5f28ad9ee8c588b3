import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import { inUnit, type Unit } from '../../plugins/registrar.ts'
import type { ActivityService } from '../activity/service.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { CasesService } from '../cases/service.ts'
import { outboxTopic } from '../mail/service.ts'
import type { OfficesService } from '../offices/service.ts'
import type { AbisAnswer } from './abis.ts'
import { type DuplicateLimits, isAlike, type Strength, strengthOf, type Traits } from './policy.ts'
import type { ClaimedSearch } from '../duplicate-searches/service.ts'

/** What a search comes to: nothing, a case that is held, or rows of the supervisors' list. */
export interface Findings {
  /** Once, whoever searched it: the mail is let go, or the case held and its office told. */
  settle(search: ClaimedSearch, found: AbisAnswer & { readonly notComparable: number }, limits: DuplicateLimits): Promise<void>
  /** Tells desks whose search has not been run for too long (asked for at `before` or earlier) that a supervisor may decide without. */
  tellStuck(before: number): Promise<void>
}

interface Found {
  readonly templateId: string
  readonly caseId: string
  readonly residentId: string
  readonly distance: number
  readonly strength: Strength
}

export interface FindingsDependencies {
  readonly activity: Pick<ActivityService, 'record'>
  readonly alerts: Pick<AlertsService, 'raise'>
  readonly cases: Pick<CasesService, 'touch'>
  readonly offices: Pick<OfficesService, 'get'>
}

export function createFindings(core: Core, on: FindingsDependencies): Findings {
  const actor = { kind: 'service', id: 'duplicates' } as const
  const getVisit = (queries: Queries, caseId: string) =>
    queries
      .selectFrom('desk_case')
      .innerJoin('resident', 'resident.id', 'desk_case.resident_id')
      .select(['desk_case.state', 'desk_case.office_id', 'desk_case.resident_id', 'resident.sex', 'resident.birth_date'])
      .where('desk_case.id', '=', caseId)
      .executeTakeFirstOrThrow()

  /** Whoever was deleted meanwhile is no hit. */
  async function weigh(queries: Queries, own: Traits, { hits }: AbisAnswer, limits: DuplicateLimits): Promise<Found[]> {
    if (hits.length === 0) return []
    const rows = await queries
      .selectFrom('face_template')
      .innerJoin('resident', 'resident.id', 'face_template.resident_id')
      .select(['face_template.capture_id', 'face_template.case_id', 'face_template.resident_id', 'resident.sex', 'resident.birth_date'])
      .where('face_template.capture_id', 'in', hits.map((hit) => hit.id))
      .execute()
    const known = new Map(rows.map((row) => [row.capture_id, row]))
    return hits.flatMap(({ id, distance }) => {
      const row = known.get(id)
      const strength = row && strengthOf(distance, isAlike(own, row), limits)
      return row && strength ? { templateId: id, caseId: row.case_id, residentId: row.resident_id, distance, strength } : []
    })
  }

  async function keep(unit: Unit, search: ClaimedSearch, found: readonly Found[]): Promise<void> {
    if (found.length === 0) return
    await unit.work
      .insertInto('duplicate_hit')
      .values(
        found.map((hit) => ({
          id: core.ids.next(), case_id: search.caseId, template_id: search.templateId, other_case_id: hit.caseId, other_template_id: hit.templateId,
          other_resident_id: hit.residentId, strength: hit.strength, distance: Math.round(hit.distance * 10_000), found_at: unit.now, seen_at: null,
          seen_by: null, outcome: null, reason: null, decided_at: null, decided_by: null,
        })),
      )
      .execute()
  }

  return {
    settle: (search, answer, limits) =>
      inUnit(core, async (unit) => {
        const visit = await getVisit(unit.work, search.caseId)
        const found = await weigh(unit.work, visit, answer, limits)
        const strong = found.filter((hit) => hit.strength === 'strong').length
        // A visit that ended meanwhile sends no mail; whom it was like is still to be looked at.
        const state = visit.state !== 'approved' ? 'ended' : strong > 0 ? 'held' : 'clear'
        const settled = await unit.work
          .updateTable('duplicate_search')
          .set({ state, finished_at: unit.now, claimed_until: null, failure: null, compared: answer.compared, not_comparable: answer.notComparable })
          .where('case_id', '=', search.caseId)
          .where('state', '=', 'waiting')
          .executeTakeFirst()
        if (settled.numUpdatedRows !== 1n) return
        await keep(unit, search, found)
        const detail = { compared: answer.compared, notComparable: answer.notComparable, strong, weak: found.length - strong, state }
        await core.audit.append(unit.work, { at: unit.now, actor, action: 'duplicates.searched', subject: search.caseId, detail })
        if (strong > 0) await on.alerts.raise(unit, { officeId: visit.office_id, kind: 'duplicate-held' })
        if (state === 'held' && visit.resident_id) {
          await on.activity.record(unit, { residentId: visit.resident_id, kind: 'activation-held', actor: (await on.offices.get(unit.work, visit.office_id)).name })
        }
        if (state === 'clear') unit.announce(outboxTopic, { type: 'status' })
        await on.cases.touch(unit, search.caseId)
      }),

    async tellStuck(before) {
      const late = await core.store
        .selectFrom('duplicate_search')
        .select('case_id')
        .where('state', '=', 'waiting')
        .where('stuck_at', 'is', null)
        .where('asked_at', '<=', before)
        .execute()
      for (const { case_id: caseId } of late) {
        await inUnit(core, async (unit) => {
          const told = await unit.work
            .updateTable('duplicate_search')
            .set({ stuck_at: unit.now })
            .where('case_id', '=', caseId)
            .where('state', '=', 'waiting')
            .where('stuck_at', 'is', null)
            .executeTakeFirst()
          if (told.numUpdatedRows !== 1n) return
          await core.audit.append(unit.work, { at: unit.now, actor, action: 'duplicates.stuck', subject: caseId })
          await on.alerts.raise(unit, { officeId: (await getVisit(unit.work, caseId)).office_id, kind: 'duplicate-search-stuck' })
          await on.cases.touch(unit, caseId)
        })
      }
    },
  }
}
