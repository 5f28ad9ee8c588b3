import { DomainError } from '@ikd/contract'
import { hour, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { keyedHash } from '../../security/digest.ts'
import type { Locks } from './locks.ts'

/** A password, and the key of the browser or workstation it was typed at. */
export interface PasswordAttempt {
  readonly username: string
  readonly password: string
  readonly jkt: string
}

/** Whose password was right. */
export interface Account {
  readonly id: string
  /** Whether the key it was typed at is one of the account's: a desk of its office, a browser it has signed in at. */
  readonly known: boolean
}

export interface Attempts {
  /** Spends a password attempt. Only a desk of the account's own office is told whether it was right. */
  checkPassword(attempt: PasswordAttempt): Promise<Account | DomainError>
  /** Spends one of the guesses at the second factor of an account whose password was right; the refusal when none is left. */
  countFactorGuess(account: Account, jkt: string): Promise<DomainError | undefined>
  /** What a wrong second factor is answered, and its last consequence. */
  failFactor(account: Account): Promise<DomainError>
  /** All of it was right: earlier mistakes are forgotten. */
  forgive(account: Account, jkt: string): Promise<void>
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
export function createAttempts(core: Core, locks: Locks): Attempts {
  async function findAccount(username: string, jkt: string) {
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
    const atDesk = row.deskOfficeId !== null && row.deskOfficeId === row.officeId
    const isVerifier = row.role === 'verifier'
    // A browser the verifier has signed in at before is theirs; a desk is its office's by enrolment.
    return { id: row.id, passwordHash: row.password_hash, admitted: isVerifier || atDesk, known: isVerifier ? Boolean(row.seen) : atDesk }
  }

  /** As with the PIN: counted, and with the last one the pause begun, before the secret is looked at. */
  async function count(hash: string, jkt: string, { failures: most, pause }: { failures: number; pause: number }): Promise<DomainError | undefined> {
    const now = core.clock.now()
    const counted = await core.store
      .insertInto('sign_in_failure')
      .values({ username_hash: hash, jkt, failures: 1, paused_until: null, at: now })
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
    const row = await core.store.selectFrom('sign_in_failure').select('paused_until').where('username_hash', '=', hash).where('jkt', '=', jkt).executeTakeFirst()
    return new DomainError('sign-in-paused', { retryAt: row?.paused_until ?? now })
  }

  async function forget(hash: string, jkt: string, known: boolean): Promise<void> {
    await core.store
      .deleteFrom('sign_in_failure')
      .where('username_hash', '=', hash)
      .where('jkt', 'in', known ? [jkt] : [jkt, allStrangers])
      .execute()
  }

  // Keyed hashes: what lands in the name's field by mistake is often the password.
  const nameHash = (username: string) => keyedHash(core.secrets.derive('sign-in'), 'username', username)
  const factorHash = (staffId: string) => keyedHash(core.secrets.derive('sign-in'), 'factor', staffId)

  return {
    async checkPassword({ username: typed, password, jkt }) {
      const username = typed.trim().toLowerCase()
      const hash = nameHash(username)
      const account = await findAccount(username, jkt)
      const refused =
        (await count(hash, jkt, limits.own)) ?? (account?.known ? await locks.count(account.id) : await count(hash, allStrangers, limits.strangers))
      if (refused || !account?.admitted) {
        await core.passwords.spend(password)
        return refused ?? new DomainError('sign-in-wrong')
      }
      const { id, known } = account
      if (!(await core.passwords.verify(account.passwordHash, password))) return (known ? await locks.lockIfSpent(id) : undefined) ?? new DomainError('sign-in-wrong')
      await forget(hash, jkt, known)
      // Not forgiven yet: whoever knows the password alone could otherwise guess at the second factor for ever.
      if (known) await locks.uncount(id)
      return { id, known }
    },

    async countFactorGuess({ id, known }, jkt) {
      return (await count(factorHash(id), jkt, limits.own)) ?? (known ? locks.count(id) : count(factorHash(id), allStrangers, limits.strangers))
    },

    async failFactor({ id, known }) {
      return (known ? await locks.lockIfSpent(id) : undefined) ?? new DomainError('factor-wrong')
    },

    async forgive({ id, known }, jkt) {
      await forget(factorHash(id), jkt, known)
      if (known) await locks.clear(id)
    },
  }
}
