import { DomainError } from '@ikd/contract'
import { sql } from 'kysely'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import { inUnit, type Unit } from '../../plugins/registrar.ts'
import type { AlertsService } from '../alerts/service.ts'
import { failureHash, failureMemory } from './failure-counts.ts'

/** Wrong codes in a row, after which the way of codes waits for an admin; `attempts.ts` says which of a desk's count. */
export const mostGuessesInARow = 10

/**
 * The lock on the codes of an account of office staff: their passkeys go on. Only an admin unlocks. Institutions' staff have
 * nobody to unlock them: they are paused.
 */
export interface Locks {
  /** Counts one guess before it is looked at; the refusal when the account is locked. */
  count(staffId: string): Promise<DomainError | undefined>
  /** The refusal when the account is locked; counts nothing. */
  findLock(staffId: string): Promise<DomainError | undefined>
  /** After a wrong guess: locks the account when it was the last, tells the office, and is the refusal then. */
  lockIfSpent(staffId: string): Promise<DomainError | undefined>
  clear(staffId: string): Promise<void>
  /** By an admin. */
  unlock(unit: Unit, staffId: string, adminId: string): Promise<void>
}

export function createLocks(core: Core, alerts: AlertsService): Locks {
  const locked = () => new DomainError('account-locked')

  async function findLock(staffId: string): Promise<DomainError | undefined> {
    const row = await core.store.selectFrom('staff').select(['locked_at', 'failures_row', 'failures_at']).where('id', '=', staffId).executeTakeFirst()
    return row && isLocked(row, core.clock.now()) ? locked() : undefined
  }

  return {
    findLock,

    async count(staffId) {
      const now = core.clock.now()
      const isOld = sql<boolean>`failures_at <= ${now - failureMemory}`
      const row = await core.store
        .updateTable('staff')
        .set({ failures_row: sql<number>`case when ${isOld} then 1 else failures_row + 1 end`, failures_at: now })
        .where('role', '<>', 'verifier')
        .where('id', '=', staffId)
        .where('locked_at', 'is', null)
        // Guesses at the same time: those beyond the last are not looked at.
        .where((where) => where.or([where('failures_row', '<', mostGuessesInARow), isOld]))
        .returning('id')
        .executeTakeFirst()
      return row ? undefined : findLock(staffId)
    },

    async lockIfSpent(staffId) {
      return inUnit(core, async (unit) => {
        const row = await unit.work
          .updateTable('staff')
          .set({ locked_at: unit.now })
          .where('id', '=', staffId)
          .where('role', '<>', 'verifier')
          .where('failures_row', '>=', mostGuessesInARow)
          .where('failures_at', '>', unit.now - failureMemory)
          .where('locked_at', 'is', null)
          .returning('office_id')
          .executeTakeFirst()
        if (!row?.office_id) return undefined
        await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'service', id: 'sign-in' }, action: 'staff.locked', subject: staffId })
        await alerts.raise(unit, { officeId: row.office_id, kind: 'account-locked', staffId })
        return locked()
      })
    },

    async clear(staffId) {
      await core.store
        .updateTable('staff')
        .set({ failures_row: 0 })
        .where('id', '=', staffId)
        .where('locked_at', 'is', null)
        .where('failures_row', '>', 0)
        .execute()
    },

    async unlock(unit, staffId, adminId) {
      await openAccount(core, unit.work, staffId)
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: adminId }, action: 'staff.unlocked', subject: staffId })
    },
  }
}

/** Counted to the end and then cut off before the lock was written: it holds all the same. */
export function isLocked(row: { locked_at: number | null; failures_row: number; failures_at: number | null }, now: number): boolean {
  return row.locked_at !== null || (row.failures_row >= mostGuessesInARow && (row.failures_at ?? 0) > now - failureMemory)
}

/** Opens the lock, and ends the pauses of the account's own, wherever they were earned. */
export async function openAccount(core: Pick<Core, 'secrets'>, work: Queries, staffId: string): Promise<void> {
  const row = await work.updateTable('staff').set({ locked_at: null, failures_row: 0 }).where('id', '=', staffId).returning('username').executeTakeFirstOrThrow()
  const hashes = [
    failureHash(core, { kind: 'name', id: row.username }),
    failureHash(core, { kind: 'factor', id: staffId }),
    failureHash(core, { kind: 'own-password', id: staffId }),
  ]
  await work.deleteFrom('sign_in_failure').where('username_hash', 'in', hashes).execute()
}
