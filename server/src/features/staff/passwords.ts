import { DomainError } from '@ikd/contract'
import type { StaffCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { Attempts } from './attempts.ts'
import type { Locks } from './locks.ts'
import type { Members } from './members.ts'
import { isGuessablePassword } from './password-strength.ts'
import type { Sessions } from './sessions.ts'

export interface Passwords {
  /** Checks the present password, counted like any guess, and hashes the next; slow, so it is done outside the transaction. */
  prepareChange(caller: StaffCaller, body: { current: string; next: string }): Promise<string | DomainError>
  /** Stores the new password's hash and ends the member's other sessions. */
  change(unit: Unit, caller: StaffCaller, hash: string): Promise<void>
}

export function createPasswords(core: Core, on: { attempts: Attempts; locks: Locks; members: Members; sessions: Sessions }): Passwords {
  return {
    async prepareChange(caller, { current, next }) {
      const account = { id: caller.staffId, known: true }
      const refused = await on.attempts.countFactorGuess(account, caller.jkt)
      if (refused) return refused
      const { password_hash: hash } = await core.store.selectFrom('staff').select('password_hash').where('id', '=', caller.staffId).executeTakeFirstOrThrow()
      if (!(await core.passwords.verify(hash, current))) return (await on.locks.lockIfSpent(caller.staffId)) ?? new DomainError('password-old-wrong')
      await on.attempts.forgive(account, caller.jkt)
      const member = await on.members.getMember(core.store, caller.staffId)
      const place = member.office?.name ?? member.institution?.name ?? ''
      if (next === current || isGuessablePassword(next, [member.username, member.name, place])) return new DomainError('password-too-simple')
      return core.passwords.hash(next)
    },

    async change(unit, caller, hash) {
      await unit.work.updateTable('staff').set({ password_hash: hash }).where('id', '=', caller.staffId).execute()
      await on.sessions.endOthers(unit, caller)
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action: 'staff.password-changed', subject: caller.staffId })
    },
  }
}
