import type { ActivityKind, AnswerOf, DisclosableField, routes } from '@ikd/contract'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { pageNewestFirst } from '../../database/paging.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'

export interface Activity {
  /** Whose history it enters. */
  readonly residentId: string
  readonly kind: ActivityKind
  /** Who: an institution, an office; absent for the resident's own acts. */
  readonly actor?: string
  /** Name of the member of the office's staff. */
  readonly officer?: string
  readonly purpose?: string
  /** Names of the fields seen, never their values. */
  readonly fields?: readonly DisclosableField[]
}

export type ActivityPage = AnswerOf<typeof routes.holder.activity>

/** *Histori*: what residents are told of every look at their data and every act on their account. */
export interface ActivityService {
  /** Stands or falls with the act it tells of, for it is written in the same transaction. */
  record(unit: Unit, activity: Activity): Promise<void>
  /** Records it unless the same was recorded within the last day: a look repeated is one look. */
  recordDaily(unit: Unit, activity: Activity): Promise<void>
  /** Twenty entries, newest first, older than `before` (ms since the epoch). */
  page(queries: Queries, residentId: string, before?: number): Promise<ActivityPage>
}

const pageSize = 20

export function createActivityService(core: Core): ActivityService {
  async function record(unit: Unit, { residentId, kind, actor, officer, purpose, fields = [] }: Activity): Promise<void> {
    await unit.work
      .insertInto('activity')
      .values({
        id: core.ids.next(),
        resident_id: residentId,
        at: unit.now,
        kind,
        actor: actor ?? null,
        officer: officer ?? null,
        purpose: purpose ?? null,
        fields: JSON.stringify(fields),
      })
      .execute()
  }

  return {
    record,

    async recordDaily(unit, activity) {
      const earlier = await unit.work
        .selectFrom('activity')
        .select('id')
        .where('resident_id', '=', activity.residentId)
        .where('kind', '=', activity.kind)
        .where('actor', '=', activity.actor ?? '')
        .$if(activity.officer !== undefined, (query) => query.where('officer', '=', activity.officer as string))
        .where('at', '>', unit.now - day)
        .executeTakeFirst()
      if (!earlier) await record(unit, activity)
    },

    async page(queries, residentId, before) {
      const { rows, next } = await pageNewestFirst(pageSize, (limit) =>
        queries
          .selectFrom('activity')
          .select(['id', 'at', 'kind', 'actor', 'officer', 'purpose', 'fields'])
          .where('resident_id', '=', residentId)
          .$if(before !== undefined, (query) => query.where('at', '<', before as number))
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute(),
      )
      return {
        entries: rows.map((row) => ({
          id: row.id,
          at: row.at,
          // Only `record` writes here.
          kind: row.kind as ActivityKind,
          ...(row.actor === null ? {} : { actor: row.actor }),
          ...(row.officer === null ? {} : { officer: row.officer }),
          ...(row.purpose === null ? {} : { purpose: row.purpose }),
          fields: JSON.parse(row.fields) as DisclosableField[],
        })),
        ...(next === undefined ? {} : { next }),
      }
    },
  }
}
