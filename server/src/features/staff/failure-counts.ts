import { DomainError } from '@ikd/contract'
import { sql } from 'kysely'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { keyedHash } from '../../security/digest.ts'

/** What tries are counted for: a name, an account's second factor or password, a desk, a network. */
export interface Subject {
  readonly kind: 'name' | 'factor' | 'own-password' | 'desk' | 'network'
  readonly id: string
  /** The key they come from; all keys together unless said. */
  readonly jkt?: string
}

export interface CountRule {
  /** Wrong tries in a row, with less than a day between them, after which a pause begins. */
  readonly failures: number
  /** The first pause, the second, …; the last one from then on. ms */
  readonly pauses: readonly number[]
  /** How long pauses are remembered after the last failure, so that the next is longer; a day unless said. ms */
  readonly memory?: number
}

/** A try that was counted, before its secret was looked at. */
export interface Counted {
  readonly failures: number
  /** How many pauses there were, the one that this try begins included. */
  readonly pauses: number
  readonly beginsPause: boolean
}

/** Counts of failures in the database, exact over all its servers. */
export interface FailureCounts {
  /** Counts a try, and with the last one begins the pause; the refusal while it lasts. */
  count(subject: Subject, rule: CountRule): Promise<Counted | DomainError>
  /** Counts a try when fewer than `most` stand; else how many do. */
  countUpTo(subject: Subject, most: number): Promise<number | undefined>
  /** How many stand. */
  find(subject: Subject): Promise<number>
  /** The refusal while one of them pauses; counts nothing. */
  findPause(...subjects: readonly Subject[]): Promise<DomainError | undefined>
  /** Takes back the count of a try that was right. */
  takeBack(subject: Subject, rule?: CountRule): Promise<void>
  forget(subject: Subject): Promise<void>
}

const everybody = '*'
/** After which counts are forgotten that have come to no pause. */
export const failureMemory = day
/** After which nothing is remembered; the housekeeping deletes it then. */
export const pauseMemory = 30 * day

// Keyed hashes: what lands in the name's field by mistake is often the password, and an address is personal data.
export function failureHash(core: Pick<Core, 'secrets'>, { kind, id }: Subject): string {
  return keyedHash(core.secrets.derive('sign-in'), kind, id)
}

export function createFailureCounts(core: Core): FailureCounts {
  const key = (subject: Subject) => ({ hash: failureHash(core, subject), jkt: subject.jkt ?? everybody })
  const isOld = (now: number, memory: number = failureMemory) =>
    sql<boolean>`sign_in_failure.at <= case when sign_in_failure.pauses > 0 then cast(${now - memory} as bigint) else cast(${now - failureMemory} as bigint) end`
  const paused = (retryAt: number) => new DomainError('sign-in-paused', { retryAt })

  async function findPause(...subjects: readonly Subject[]): Promise<DomainError | undefined> {
    const now = core.clock.now()
    const keys = subjects.map(key)
    const row = await core.store
      .selectFrom('sign_in_failure')
      .select('paused_until')
      .where((where) => where.or(keys.map(({ hash, jkt }) => where.and([where('username_hash', '=', hash), where('jkt', '=', jkt)]))))
      .where('paused_until', '>', now)
      .orderBy('paused_until', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && row.paused_until !== null ? paused(row.paused_until) : undefined
  }

  return {
    findPause,

    async count(subject, { failures: most, pauses, memory }) {
      const now = core.clock.now()
      const { hash, jkt } = key(subject)
      const failures = sql<number>`case when ${isOld(now, memory)} or sign_in_failure.paused_until is not null then 1 else sign_in_failure.failures + 1 end`
      const before = sql<number>`case when ${isOld(now, memory)} then 0 else sign_in_failure.pauses end`
      const until = (n: number) => sql`cast(${now + (pauses[n] ?? 0)} as bigint)`
      const ladder = sql.join(pauses.slice(0, -1).map((_, n) => sql`when ${sql.lit(n)} then ${until(n)}`), sql` `)
      const pausedUntil = pauses.length > 1 ? sql<number>`case ${before} ${ladder} else ${until(pauses.length - 1)} end` : sql<number>`${until(0)}`
      const counted = await core.store
        .insertInto('sign_in_failure')
        .values({ username_hash: hash, jkt, failures: 1, paused_until: null, at: now, pauses: 0 })
        .onConflict((conflict) =>
          conflict
            .columns(['username_hash', 'jkt'])
            .doUpdateSet({
              failures,
              paused_until: sql<number | null>`case when ${failures} >= ${sql.lit(most)} then ${pausedUntil} else null end`,
              pauses: sql<number>`${before} + case when ${failures} >= ${sql.lit(most)} then 1 else 0 end`,
              at: now,
            })
            .where((where) => where.or([where('sign_in_failure.paused_until', 'is', null), where('sign_in_failure.paused_until', '<=', now)])),
        )
        .returning(['failures', 'pauses'])
        .executeTakeFirst()
      if (counted) return { ...counted, beginsPause: counted.failures === most }
      return (await findPause(subject)) ?? paused(now)
    },

    async countUpTo(subject, most) {
      const now = core.clock.now()
      const { hash, jkt } = key(subject)
      const counted = await core.store
        .insertInto('sign_in_failure')
        .values({ username_hash: hash, jkt, failures: 1, paused_until: null, at: now, pauses: 0 })
        .onConflict((conflict) =>
          conflict
            .columns(['username_hash', 'jkt'])
            .doUpdateSet({ failures: sql<number>`case when ${isOld(now)} then 1 else sign_in_failure.failures + 1 end`, at: now })
            .where(sql<boolean>`sign_in_failure.failures < ${sql.lit(most)} or ${isOld(now)}`),
        )
        .returning('failures')
        .executeTakeFirst()
      return counted ? undefined : most
    },

    async find(subject) {
      const { hash, jkt } = key(subject)
      const row = await core.store
        .selectFrom('sign_in_failure')
        .select('failures')
        .where('username_hash', '=', hash)
        .where('jkt', '=', jkt)
        .where('at', '>', core.clock.now() - failureMemory)
        .executeTakeFirst()
      return row?.failures ?? 0
    },

    async takeBack(subject, rule) {
      const { hash, jkt } = key(subject)
      const beganPause = sql<boolean>`paused_until is not null and failures >= ${sql.lit(rule?.failures ?? Number.MAX_SAFE_INTEGER)}`
      await core.store
        .updateTable('sign_in_failure')
        .set({
          failures: sql<number>`failures - 1`,
          pauses: sql<number>`pauses - case when ${beganPause} then 1 else 0 end`,
          paused_until: sql<number | null>`case when ${beganPause} then null else paused_until end`,
        })
        .where('username_hash', '=', hash)
        .where('jkt', '=', jkt)
        .where('failures', '>', 0)
        .execute()
    },

    async forget(subject) {
      const { hash, jkt } = key(subject)
      await core.store.deleteFrom('sign_in_failure').where('username_hash', '=', hash).where('jkt', '=', jkt).execute()
    },
  }
}
