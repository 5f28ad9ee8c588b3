import type { DuplicateState } from '@ikd/contract'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries, Store } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { duplicatesTopic } from '../../signals.ts'
import type { TemplatesService } from '../templates/service.ts'

/** The search an approval waits for before its mail may leave. */
export interface SearchesService {
  /** Part of the transaction that approves, after its audit entry: from the commit on the mails of this case's activation wait. */
  begin(unit: Unit, caseId: string): Promise<void>
  /** The phone is bound: the template stays with it, and those of the resident's earlier phones go. After an audit entry, like `begin`. */
  complete(unit: Unit, caseId: string): Promise<void>
  /** What the desk is told of an approved case. */
  findState(queries: Queries, caseId: string): Promise<DuplicateState>
}

/** A search a server holds: nobody else runs it before `claimedUntil`. */
export interface ClaimedSearch {
  readonly caseId: string
  readonly templateId: string
  readonly attempts: number
  readonly askedAt: number
  readonly claimedUntil: number
}

/** What the worker does to the searches. Each change is one conditional statement, so any number of servers may work on one. */
export interface SearchQueue {
  /** The search longest due; undefined when none is due or others were quicker. */
  claim(now: number): Promise<ClaimedSearch | undefined>
  defer(search: ClaimedSearch, failure: string, nextAttemptAt: number): Promise<void>
}

/** Long enough for a search that waits for the templates to be read, short enough that somebody at a desk waits for another server. */
export const searchLease = 15 * second

export function createSearchesService(core: Core, templates: Pick<TemplatesService, 'enrol' | 'settle'>): SearchesService {
  return {
    async begin(unit, caseId) {
      const templateId = await templates.enrol(unit, caseId)
      if (templateId === undefined) {
        // Approved without any face, which takes a second person: there is nothing to search with.
        await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'service', id: 'duplicates' }, action: 'duplicates.impossible', subject: caseId })
        return
      }
      await unit.work
        .insertInto('duplicate_search')
        .values({
          case_id: caseId, template_id: templateId, state: 'waiting', asked_at: unit.now, attempts: 0, next_attempt_at: unit.now, claimed_until: null,
          failure: null, stuck_at: null, finished_at: null, compared: null, not_comparable: null, decided_at: null, decided_by: null, reason: null,
        })
        .execute()
      unit.announce(duplicatesTopic, { type: 'status' })
    },

    complete: (unit, caseId) => templates.settle(unit, caseId),

    async findState(queries, caseId) {
      const row = await queries.selectFrom('duplicate_search').select(['state', 'stuck_at']).where('case_id', '=', caseId).executeTakeFirst()
      if (!row) return 'impossible'
      if (row.state === 'waiting') return row.stuck_at === null ? 'searching' : 'stuck'
      return row.state === 'held' ? 'held' : 'clear'
    },
  }
}

export function createSearchQueue(store: Store): SearchQueue {
  return {
    async claim(now) {
      const due = await store
        .selectFrom('duplicate_search')
        .select('case_id')
        .where('state', '=', 'waiting')
        .where('next_attempt_at', '<=', now)
        .where((row) => row.or([row('claimed_until', 'is', null), row('claimed_until', '<=', now)]))
        .orderBy('next_attempt_at')
        .orderBy('case_id')
        .limit(20)
        .execute()
      for (const { case_id } of due) {
        const claimedUntil = now + searchLease
        const row = await store
          .updateTable('duplicate_search')
          .set({ claimed_until: claimedUntil })
          .where('case_id', '=', case_id)
          .where('state', '=', 'waiting')
          .where('next_attempt_at', '<=', now)
          .where((it) => it.or([it('claimed_until', 'is', null), it('claimed_until', '<=', now)]))
          .returning(['template_id', 'attempts', 'asked_at'])
          .executeTakeFirst()
        if (row) return { caseId: case_id, templateId: row.template_id, attempts: row.attempts, askedAt: row.asked_at, claimedUntil }
      }
      return undefined
    },

    async defer(search, failure, nextAttemptAt) {
      await store
        .updateTable('duplicate_search')
        .set((set) => ({ attempts: set('attempts', '+', 1), next_attempt_at: nextAttemptAt, claimed_until: null, failure }))
        .where('case_id', '=', search.caseId)
        .where('state', '=', 'waiting')
        .where('claimed_until', '=', search.claimedUntil)
        .execute()
    },
  }
}

/**
 * Whether a mail of the outbox may leave: the activation's may not while its case's face is being searched among the others,
 * or held. Asked of the search itself at every claim, so that no mail made meanwhile, to a corrected address say, slips out.
 */
export function isLetGo(row: ExpressionBuilder<Tables, 'outbox'>): Expression<SqlBool> {
  const holding = row
    .selectFrom('duplicate_search')
    .select('duplicate_search.case_id')
    .whereRef('duplicate_search.case_id', '=', 'outbox.case_id')
    .where('duplicate_search.state', 'in', ['waiting', 'held', 'refused'])
  return row.or([row('outbox.kind', '<>', 'activation'), row.not(row.exists(holding))])
}
