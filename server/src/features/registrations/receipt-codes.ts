import { second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { transact } from '../../database/transact.ts'
import { keyedHash } from '../../security/digest.ts'
import { readableCode } from '../../security/random.ts'

/** Sixteen characters, eighty bits: whoever knows one suspends its phone, and among 280 million phones a guess hits one in 4 × 10¹⁵. */
const receiptCharacters = 16

/**
 * Receipt codes: known to their holder and to nobody who reads the database. What stands there is a keyed hash, by which a
 * code that is typed is found; the code itself is derived from the registration's id whenever its phone is shown it.
 */
export interface ReceiptCodes {
  codeOf(registration: { readonly id: string; readonly receipt_sealed: Uint8Array | null }): string
  hashOf(code: string): string
}

const context = (id: string) => `registration.receipt_sealed:${id}`

export function createReceiptCodes({ secrets, envelope }: Pick<Core, 'secrets' | 'envelope'>): ReceiptCodes {
  const key = secrets.derive('receipt-code')
  return {
    codeOf: ({ id, receipt_sealed: sealed }) =>
      sealed ? envelope.open(sealed, context(id)).toString('utf8') : readableCode(Buffer.from(keyedHash(key, 'code', id), 'hex').subarray(0, receiptCharacters)),
    hashOf: (code) => keyedHash(key, 'hash', code),
  }
}

const atOnce = 200

/**
 * Hashes the codes that an earlier version wrote in the clear. They were random, so that they cannot be derived, and people
 * have noted them: they are sealed beside it. Servers that start together share the work.
 */
export async function hashOldReceiptCodes(core: Pick<Core, 'store' | 'secrets' | 'envelope' | 'clock' | 'log'>): Promise<void> {
  const codes = createReceiptCodes(core)
  const began = core.clock.now()
  let hashed = 0
  for (;;) {
    const clear = await core.store
      .selectFrom('registration')
      .select(['id', 'receipt_hash'])
      .where((where) => where(where.fn<number>('length', ['receipt_hash']), '<', 64))
      .orderBy('id')
      .limit(atOnce)
      .execute()
    if (clear.length === 0) break
    await transact(core.store, async (work) => {
      for (const { id, receipt_hash: code } of clear) {
        await work
          .updateTable('registration')
          .set({ receipt_hash: codes.hashOf(code), receipt_sealed: core.envelope.seal(Buffer.from(code), context(id)) })
          .where('id', '=', id)
          .where('receipt_hash', '=', code)
          .execute()
      }
    })
    hashed += clear.length
  }
  if (hashed > 0) core.log.warn({ hashed, seconds: (core.clock.now() - began) / second }, 'receipt codes of an earlier version were hashed')
}
