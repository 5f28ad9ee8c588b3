import { DomainError } from '@ikd/contract'
import { hour, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { keyedHash } from '../../security/digest.ts'

/** A password, and the key of the browser or workstation it was typed at. */
export interface PasswordAttempt {
  readonly username: string
  readonly password: string
  readonly jkt: string
  /** Desk staff sign in at a workstation of their own office; for an approval any enrolled one serves, its case knows the office. */
  readonly at: 'own-office' | 'any-office'
}

/** Own: this key's guesses at this name. Strangers': together, those of all keys the account has never known. */
const limits = {
  own: { failures: 5, pause: 5 * minute },
  strangers: { failures: 50, pause: hour },
} as const

const allStrangers = '*'

/**
 * Who may try which password, and how often. Guesses are counted by name *and* key, so that nobody's guessing locks
 * anybody else out; keys cost nothing, so the account's unknown keys share a second, slower count. Names that do not
 * exist and desks that are not the account's are counted, paused and answered like any wrong password.
 */
export function createAttempts(core: Core) {
  async function findAccount(username: string, { jkt, at }: PasswordAttempt) {
    const row = await core.store
      .selectFrom('staff')
      .leftJoin('workstation', (join) => join.on('workstation.jkt', '=', jkt).on('workstation.revoked_at', 'is', null))
      .select((select) => [
        'staff.id', 'staff.password_hash', 'staff.role', 'staff.office_id as officeId', 'workstation.office_id as deskOfficeId',
        select.exists(select.selectFrom('staff_session').select('staff_session.id').whereRef('staff_id', '=', 'staff.id').where('staff_session.jkt', '=', jkt)).as('seen'),
      ])
      .where('staff.username', '=', username)
      .executeTakeFirst()
    if (!row) return undefined
    const atDesk = row.deskOfficeId !== null && (at === 'any-office' || row.deskOfficeId === row.officeId)
    const isVerifier = row.role === 'verifier'
    // A browser the verifier has signed in at before is theirs; a desk is its office's by enrolment.
    return { id: row.id, passwordHash: row.password_hash, admitted: isVerifier || atDesk, known: isVerifier ? Boolean(row.seen) : atDesk }
  }

  /** As with the PIN: counted, and with the last one the pause begun, before the password is looked at. */
  async function count(nameHash: string, jkt: string, { failures: most, pause }: { failures: number; pause: number }): Promise<DomainError | undefined> {
    const now = core.clock.now()
    const counted = await core.store
      .insertInto('sign_in_failure')
      .values({ username_hash: nameHash, jkt, failures: 1, paused_until: null, at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['username_hash', 'jkt'])
          .doUpdateSet((set) => {
            const failures = set.case().when('sign_in_failure.paused_until', 'is not', null).then(1).else(set('sign_in_failure.failures', '+', 1)).end()
            return { failures, paused_until: set.case().when(failures, '>=', most).then(now + pause).else(null).end(), at: now }
          })
          .where((where) => where.or([where('sign_in_failure.paused_until', 'is', null), where('sign_in_failure.paused_until', '<=', now)])),
      )
      .returning('failures')
      .executeTakeFirst()
    if (counted) return undefined
    const row = await core.store.selectFrom('sign_in_failure').select('paused_until').where('username_hash', '=', nameHash).where('jkt', '=', jkt).executeTakeFirst()
    return new DomainError('sign-in-paused', { retryAt: row?.paused_until ?? now })
  }

  return {
    async check(attempt: PasswordAttempt): Promise<string | DomainError> {
      const username = attempt.username.trim().toLowerCase()
      // A keyed hash: what lands in the name's field by mistake is often the password.
      const nameHash = keyedHash(core.secrets.derive('sign-in'), 'username', username)
      const account = await findAccount(username, attempt)
      const paused =
        (await count(nameHash, attempt.jkt, limits.own)) ?? (account?.known ? undefined : await count(nameHash, allStrangers, limits.strangers))
      if (paused || !account?.admitted) {
        await core.passwords.spend(attempt.password)
        return paused ?? new DomainError('sign-in-wrong')
      }
      if (!(await core.passwords.verify(account.passwordHash, attempt.password))) return new DomainError('sign-in-wrong')
      await core.store
        .deleteFrom('sign_in_failure')
        .where('username_hash', '=', nameHash)
        .where('jkt', 'in', account.known ? [attempt.jkt] : [attempt.jkt, allStrangers])
        .execute()
      return account.id
    },
  }
}
