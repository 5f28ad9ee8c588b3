import { DomainError } from '@ikd/contract'
import type { Core } from '../../core.ts'
import { inUnit, type Unit } from '../../plugins/registrar.ts'
import type { AlertsService } from '../alerts/service.ts'

/** Wrong sign-ins in a row, at desks of the own office, after which an account waits for an admin. */
export const mostGuessesInARow = 10

/**
 * The lock on an account of office staff. Only guesses at a desk of the own office count towards it, so that nobody
 * outside can lock anybody out; only an admin unlocks. Institutions' staff have nobody to unlock them: they are paused.
 */
export interface Locks {
  /** Counts one guess before it is looked at; the refusal when the account is locked. */
  count(staffId: string): Promise<DomainError | undefined>
  /** Takes back the count of a guess that was right. */
  uncount(staffId: string): Promise<void>
  /** After a wrong guess: locks the account when it was the last, tells the office, and is the refusal then. */
  lockIfSpent(staffId: string): Promise<DomainError | undefined>
  clear(staffId: string): Promise<void>
  /** By an admin. */
  unlock(unit: Unit, staffId: string, adminId: string): Promise<void>
}

export function createLocks(core: Core, alerts: AlertsService): Locks {
  const locked = () => new DomainError('account-locked')
  const change = () => core.store.updateTable('staff').where('role', '<>', 'verifier')
  return {
    async count(staffId) {
      const row = await change()
        .set((set) => ({ failures_row: set('failures_row', '+', 1) }))
        .where('id', '=', staffId)
        .where('locked_at', 'is', null)
        // Guesses at the same time: those beyond the last are not looked at.
        .where('failures_row', '<', mostGuessesInARow)
        .returning('id')
        .executeTakeFirst()
      if (row) return undefined
      const member = await core.store.selectFrom('staff').select('role').where('id', '=', staffId).executeTakeFirst()
      return member?.role === 'verifier' ? undefined : locked()
    },

    async uncount(staffId) {
      await change()
        .set((set) => ({ failures_row: set('failures_row', '-', 1) }))
        .where('id', '=', staffId)
        .where('failures_row', '>', 0)
        .execute()
    },

    async lockIfSpent(staffId) {
      return inUnit(core, async (unit) => {
        const row = await unit.work
          .updateTable('staff')
          .set({ locked_at: unit.now })
          .where('id', '=', staffId)
          .where('role', '<>', 'verifier')
          .where('failures_row', '>=', mostGuessesInARow)
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
      await change().set({ failures_row: 0 }).where('id', '=', staffId).where('locked_at', 'is', null).where('failures_row', '>', 0).execute()
    },

    async unlock(unit, staffId, adminId) {
      await unit.work.updateTable('staff').set({ locked_at: null, failures_row: 0 }).where('id', '=', staffId).execute()
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: adminId }, action: 'staff.unlocked', subject: staffId })
    },
  }
}
