import { type AccountProof, DomainError } from '@ikd/contract'
import type { StaffCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { AccountProofs, ProvedDeed } from './account-proofs.ts'
import type { Attempts } from './attempts.ts'
import type { Members } from './members.ts'
import { isGuessablePassword } from './password-strength.ts'
import type { Sessions } from './sessions.ts'

/** A new password, for the transaction that stores it. */
export interface NewPassword {
  readonly hash: string
  readonly proved: ProvedDeed
}

export interface Passwords {
  /** Checks the present password and the proof beside it, counted like any guess, and hashes the next; slow, so it is done outside the transaction. */
  prepareChange(caller: StaffCaller, body: { current: string; next: string; proof?: AccountProof }): Promise<NewPassword | DomainError>
  /** Stores the new password's hash and ends the member's other sessions. */
  change(unit: Unit, caller: StaffCaller, next: NewPassword): Promise<void>
}

export function createPasswords(core: Core, on: { attempts: Attempts; members: Members; proofs: AccountProofs; sessions: Sessions }): Passwords {
  return {
    async prepareChange(caller, { current, next, proof }) {
      const guess = await on.attempts.countOwnPasswordGuess(caller.staffId, caller.jkt)
      if (guess instanceof DomainError) return guess
      const { password_hash: old } = await core.store.selectFrom('staff').select('password_hash').where('id', '=', caller.staffId).executeTakeFirstOrThrow()
      if (!(await core.passwords.verify(old, current))) return guess.wrong()
      await guess.right()
      const member = await on.members.getMember(core.store, caller.staffId)
      const place = member.office?.name ?? member.institution?.name ?? ''
      if (next === current || isGuessablePassword(next, [member.username, member.name, place])) return new DomainError('password-too-simple')
      // Last: nobody's code is spent on a password that will not do.
      const proved = await on.proofs.prove(caller, { act: 'change-password' }, proof)
      return proved instanceof DomainError ? proved : { hash: await core.passwords.hash(next), proved }
    },

    async change(unit, caller, { hash, proved }) {
      await on.proofs.spend(unit, proved)
      await unit.work.updateTable('staff').set({ password_hash: hash }).where('id', '=', caller.staffId).execute()
      await on.sessions.endOthers(unit, caller)
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action: 'staff.password-changed', subject: caller.staffId })
    },
  }
}
