import { type AccountProof, DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import { inUnit, type Unit } from '../../plugins/registrar.ts'
import { isPopularPin } from '../../security/popular-pins.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { AccountProofs, ProvedDeed } from './account-proofs.ts'

/** A new PIN, for the transaction that keeps it. */
export interface NewApprovalPin {
  readonly pinHash: string
  readonly proved: ProvedDeed
}

/**
 * What supervisors type at another's desk in place of a password: good for approvals together with a code, and for nothing
 * else. Guesses are counted before the PIN is looked at, and cost the PIN alone: no account is locked by them.
 */
export interface ApprovalPins {
  find(queries: Queries, staffId: string): Promise<{ readonly setAt?: number }>
  /**
   * With a proof of the second factor, whose guess it spends.
   *
   * @throws DomainError `approval-pin-too-simple`, before any proof is spent
   */
  prepare(caller: DeskCaller, next: { readonly pin: string; readonly proof?: AccountProof }): Promise<NewApprovalPin | DomainError>
  set(unit: Unit, caller: DeskCaller, next: NewApprovalPin): Promise<void>
  /** Spends a guess; undefined when it was right. */
  guess(staffId: string, pin: string, workstationId: string): Promise<DomainError | undefined>
  remove(unit: Unit, staffId: string): Promise<void>
}

/** As with residents' PINs. */
const guessesBeforePause = 3
const pause = 5 * minute
/** With as many wrong in a row the PIN is spent, and its owner sets another. */
const guessesInARow = 10

export function createApprovalPins(core: Core, on: { readonly alerts: Pick<AlertsService, 'raise'>; readonly proofs: Pick<AccountProofs, 'prove' | 'spend'> }): ApprovalPins {
  const missing = () => new DomainError('approval-pin-missing')

  /** Whoever sends the last wrong guess tells the office of it. */
  async function refuse(staffId: string, row: { failures: number; failures_row: number; paused_until: number | null }, workstationId: string): Promise<DomainError> {
    if (row.failures_row >= guessesInARow) {
      await inUnit(core, async (unit) => {
        const { office_id: officeId } = await unit.work.selectFrom('staff').select('office_id').where('id', '=', staffId).executeTakeFirstOrThrow()
        await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'service', id: 'approvals' }, action: 'staff.approval-pin-spent', subject: staffId, detail: { workstation: workstationId } })
        if (officeId) await on.alerts.raise(unit, { officeId, kind: 'approval-pin-spent', staffId, workstationId })
      })
      return missing()
    }
    if (row.paused_until !== null) return new DomainError('approval-pin-paused', { retryAt: row.paused_until })
    return new DomainError('approval-pin-wrong', { triesLeft: guessesBeforePause - row.failures })
  }

  return {
    async find(queries, staffId) {
      const row = await queries.selectFrom('approval_pin').select('set_at').where('staff_id', '=', staffId).where('failures_row', '<', guessesInARow).executeTakeFirst()
      return row ? { setAt: row.set_at } : {}
    },

    async prepare(caller, { pin, proof }) {
      if (isPopularPin(pin)) throw new DomainError('approval-pin-too-simple')
      const proved = await on.proofs.prove(caller, { act: 'set-approval-pin' }, proof)
      return proved instanceof DomainError ? proved : { pinHash: await core.passwords.hash(pin), proved }
    },

    async set(unit, { staffId, workstationId }, { pinHash, proved }) {
      await on.proofs.spend(unit, proved)
      const fresh = { pin_hash: pinHash, set_at: unit.now, failures: 0, failures_row: 0, paused_until: null }
      await unit.work
        .insertInto('approval_pin')
        .values({ staff_id: staffId, ...fresh })
        .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(fresh))
        .execute()
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: staffId }, action: 'staff.approval-pin-set', subject: staffId, detail: { workstation: workstationId } })
    },

    async guess(staffId, pin, workstationId) {
      const now = core.clock.now()
      // One statement counts the guess and, with the third, begins the pause: before the PIN is even looked at.
      const counted = await core.store
        .updateTable('approval_pin')
        .set((set) => {
          const failures = set.case().when('paused_until', 'is not', null).then(1).else(set('failures', '+', 1)).end()
          return {
            failures_row: set('failures_row', '+', 1),
            failures,
            paused_until: set.case().when(failures, '>=', guessesBeforePause).then(now + pause).else(null).end(),
          }
        })
        .where('staff_id', '=', staffId)
        .where('failures_row', '<', guessesInARow)
        .where((where) => where.or([where('paused_until', 'is', null), where('paused_until', '<=', now)]))
        .returning(['pin_hash', 'failures', 'failures_row', 'paused_until'])
        .executeTakeFirst()
      if (!counted) {
        await core.passwords.spend(pin)
        const row = await core.store.selectFrom('approval_pin').select(['failures_row', 'paused_until']).where('staff_id', '=', staffId).executeTakeFirst()
        return !row || row.failures_row >= guessesInARow ? missing() : new DomainError('approval-pin-paused', { retryAt: row.paused_until ?? now })
      }
      if (!(await core.passwords.verify(counted.pin_hash, pin))) return refuse(staffId, counted, workstationId)
      // Of the PIN that was right: one set meanwhile has no guesses to forget.
      await core.store
        .updateTable('approval_pin')
        .set({ failures: 0, failures_row: 0, paused_until: null })
        .where('staff_id', '=', staffId)
        .where('pin_hash', '=', counted.pin_hash)
        .execute()
      return undefined
    },

    async remove({ work }, staffId) {
      await work.deleteFrom('approval_pin').where('staff_id', '=', staffId).execute()
    },
  }
}
