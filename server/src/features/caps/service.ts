import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'

/** At most `most` times within any `window` (ms). */
export interface Cap {
  readonly most: number
  readonly window: number
}

/** Counts what may be done only so often, exactly, over any number of servers. */
export interface CapsService {
  /**
   * Spends one use of `key`; stands or falls with the caller's transaction.
   *
   * @returns undefined when it was still open, else the instant (ms) from which it is again
   */
  spend(unit: Unit, key: string, cap: Cap): Promise<number | undefined>
  /** Whoever comes with the same key waits here until this transaction has ended: what is counted after it is exact. */
  hold(unit: Unit, key: string): Promise<void>
  countLeft(queries: Queries, key: string, cap: Cap): Promise<number>
}

export function createCapsService(core: Core): CapsService {
  const within = (uses: string, cap: Cap, now: number) => (JSON.parse(uses) as number[]).filter((at) => at > now - cap.window)

  /** The row is held from here to the commit, so that of two at once the second counts the first. */
  const take = ({ work, now }: Unit, key: string) =>
    work
      .insertInto('cap')
      .values({ key, uses: '[]', last_at: now })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ last_at: now }))
      .returning('uses')
      .executeTakeFirstOrThrow()

  return {
    async hold(unit, key) {
      await take(unit, key)
    },

    async spend(unit, key, cap) {
      const { work, now } = unit
      const row = await take(unit, key)
      const uses = within(row.uses, cap, now)
      const [oldest] = uses
      if (oldest !== undefined && uses.length >= cap.most) return oldest + cap.window
      await work.updateTable('cap').set({ uses: JSON.stringify([...uses, now]) }).where('key', '=', key).execute()
      return undefined
    },

    async countLeft(queries, key, cap) {
      const row = await queries.selectFrom('cap').select('uses').where('key', '=', key).executeTakeFirst()
      return Math.max(0, cap.most - (row ? within(row.uses, cap, core.clock.now()).length : 0))
    },
  }
}
