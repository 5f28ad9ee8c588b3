import { day, hour } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { sha256 } from '../../security/digest.ts'

/** What a link suspends: a phone, or the phone of a visit that may not be bound yet. */
export type LinkTarget = { readonly bindingId: string } | { readonly caseId: string }

export interface SuspensionLink {
  readonly id: string
  readonly purpose: 'asked' | 'not-me'
  readonly target: LinkTarget
  /** Address it was sent to. */
  readonly addressee: string
  readonly expiresAt: number
  readonly usedAt: number | null
}

/** Links that suspend and do nothing else. */
export interface SuspensionLinks {
  /** The address of a new link's page, its 128-bit secret in the fragment: never in a request line, a log or a referrer. */
  issue(unit: Unit, link: Pick<SuspensionLink, 'purpose' | 'target' | 'addressee'>): Promise<{ readonly url: string; readonly expiresAt: number }>
  find(queries: Queries, token: string): Promise<SuspensionLink | undefined>
  /** Whether it was this call that used it. */
  use(unit: Unit, id: string): Promise<boolean>
}

const lifetimes = { 'asked': hour, 'not-me': 7 * day } as const

export function createSuspensionLinks(core: Core): SuspensionLinks {
  const context = (id: string) => `suspension_link.addressee:${id}`
  const hash = (token: string) => sha256(token).toString('hex')

  return {
    async issue(unit, { purpose, target, addressee }) {
      const id = core.ids.next()
      const token = core.random(16).toString('base64url')
      const expiresAt = unit.now + lifetimes[purpose]
      await unit.work
        .insertInto('suspension_link')
        .values({
          id,
          purpose,
          binding_id: 'bindingId' in target ? target.bindingId : null,
          case_id: 'caseId' in target ? target.caseId : null,
          addressee: core.envelope.seal(Buffer.from(addressee), context(id)),
          token_hash: hash(token),
          created_at: unit.now,
          expires_at: expiresAt,
          used_at: null,
        })
        .execute()
      return { url: `${core.config.residentUrl}/tangguhkan#${token}`, expiresAt }
    },

    async find(queries, token) {
      const row = await queries.selectFrom('suspension_link').selectAll().where('token_hash', '=', hash(token)).executeTakeFirst()
      return (
        row && {
          id: row.id,
          purpose: row.purpose,
          // One of the two, by the table's own check.
          target: row.binding_id === null ? { caseId: row.case_id as string } : { bindingId: row.binding_id },
          addressee: core.envelope.open(row.addressee, context(row.id)).toString('utf8'),
          expiresAt: row.expires_at,
          usedAt: row.used_at,
        }
      )
    },

    async use(unit, id) {
      const used = await unit.work
        .updateTable('suspension_link')
        .set({ used_at: unit.now })
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .where('expires_at', '>', unit.now)
        .executeTakeFirst()
      return used.numUpdatedRows === 1n
    },
  }
}
