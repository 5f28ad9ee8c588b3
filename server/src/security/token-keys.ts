import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { PublicJwk } from '@ikd/contract'
import { minute } from '../clock.ts'
import { sha256 } from './digest.ts'

/** A key that access tokens are signed with, as the secrets hold it. */
export interface StoredTokenKey {
  /** PEM, PKCS #8, P-256. */
  readonly privateKey: string
  /** Signs from this instant (ms) until the next key begins. */
  readonly from: number
}

export interface TokenKey extends StoredTokenKey {
  /** The key's thumbprint (RFC 7638), which names it in tokens and in the published set. */
  readonly kid: string
  /** PEM, SPKI. */
  readonly publicKey: string
  readonly jwk: PublicJwk
}

/** No access token lives longer, whoever has it. In milliseconds. */
export const longestTokenLife = 10 * minute
/** A new key is published for so long before it signs: every server has it by then, and whoever caches our key set. */
export const announcedFor = 5 * minute
/** How far the clocks of several servers may stand apart. */
const clockTolerance = minute

export function generateTokenKey(from: number): StoredTokenKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), from }
}

export function readTokenKey({ privateKey, from }: StoredTokenKey): TokenKey {
  const key = createPublicKey(createPrivateKey(privateKey))
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y }
  const kid = sha256(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x, y })).toString('base64url')
  return { privateKey, from, kid, publicKey: key.export({ type: 'spki', format: 'pem' }).toString(), jwk }
}

/** The key that signs now. Throws when none does: then the secrets are not whole. */
export function signingKey(keys: readonly TokenKey[], now: number): TokenKey {
  const key = keys.filter(({ from }) => from <= now).at(-1)
  if (!key) throw new Error('no token key signs yet')
  return key
}

/** Keys whose tokens count: the present one, those to come, and those whose last token may still live. */
export function livingKeys<K extends StoredTokenKey>(keys: readonly K[], now: number): readonly K[] {
  return keys.filter((_, i) => {
    const next = keys[i + 1]
    return next === undefined || now < next.from + longestTokenLife + clockTolerance
  })
}

/** With one more key, announced before it signs; the dead are dropped. */
export function rotateKeys(keys: readonly StoredTokenKey[], now: number): readonly StoredTokenKey[] {
  return [...livingKeys(keys, now), generateTokenKey(Math.max(now, keys.at(-1)?.from ?? 0) + announcedFor)]
}
