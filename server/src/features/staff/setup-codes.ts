import type { Core } from '../../core.ts'
import { keyedHash } from '../../security/digest.ts'
import { readableCode } from '../../security/random.ts'
import type { Secrets } from '../../security/secrets.ts'
import type { Unit } from '../../plugins/registrar.ts'

/** How a one-time setup code is kept; typed in any case, with or without hyphens and spaces. */
export function setupCodeHash(secrets: Secrets, staffId: string, code: string): string {
  return keyedHash(secrets.derive('setup-code'), staffId, code.replace(/[\s-]/g, '').toUpperCase())
}

/** One-time codes with which somebody without a second factor sets one up. */
export interface SetupCodes {
  /** A new one in place of any before; its id. */
  make(unit: Unit, staffId: string, lifetime: number): Promise<string>
  /** The code of an id: derived, so that an answer that was lost can be given again and the database holds no code. */
  codeOf(id: string): string
  /** Whether the code is good; it is not from then on. */
  spend(unit: Unit, staffId: string, code: string): Promise<boolean>
}

export function createSetupCodes({ secrets, ids }: Pick<Core, 'secrets' | 'ids'>): SetupCodes {
  const codeOf = (id: string) => readableCode(Buffer.from(keyedHash(secrets.derive('setup-code'), 'code', id), 'hex').subarray(0, 12))
  return {
    codeOf,
    async make({ work, now }, staffId, lifetime) {
      const id = ids.next()
      await work.deleteFrom('staff_setup_code').where('staff_id', '=', staffId).where('used_at', 'is', null).execute()
      await work
        .insertInto('staff_setup_code')
        .values({ id, staff_id: staffId, code_hash: setupCodeHash(secrets, staffId, codeOf(id)), made_at: now, expires_at: now + lifetime, used_at: null })
        .execute()
      return id
    },
    async spend({ work, now }, staffId, code) {
      const spent = await work
        .updateTable('staff_setup_code')
        .set({ used_at: now })
        .where('code_hash', '=', setupCodeHash(secrets, staffId, code))
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return spent.numUpdatedRows === 1n
    },
  }
}
