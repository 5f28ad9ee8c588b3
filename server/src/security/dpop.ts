import { DomainError, type PublicJwk } from '@ikd/contract'
import { calculateJwkThumbprint } from 'jose'
import { type Clock, minute } from '../clock.ts'
import { sha256 } from './digest.ts'
import { es256Verifier, parsePublicJwk } from './ecdsa.ts'
import { parseJws } from './jws.ts'
import type { Nonces } from './nonces.ts'

/** A verified DPoP proof (RFC 9449 §4.3). */
export interface Proof {
  readonly jkt: string
  readonly jwk: PublicJwk
  readonly jti: string
}

export interface ProofExpectation {
  readonly method: string
  /** Scheme, host and path as the client addressed us. */
  readonly url: string
  readonly accessToken: string | undefined
}

/** How old a nonce may be; with a nonce the phone's clock does not matter. */
const nonceLifetime = 5 * minute

/**
 * Checks a proof by RFC 9449 §4.3. Its freshness is that of our nonce, which every proof must carry (§9): `iat` is
 * written by a clock that may be wrong by hours, so it must be there and is not believed. A proof can be shown again
 * while its nonce lives; where that could change something, `jti` is spent with the change. A read shown again, by
 * somebody who has broken TLS or the phone, gives nothing that the first answer did not.
 *
 * @throws DomainError `proof-invalid`, `proof-nonce-required`
 */
export async function verifyProof(proof: string, expected: ProofExpectation, nonces: Nonces, clock: Clock): Promise<Proof> {
  const { payload, jwk } = await verifySignature(proof)
  const { htm, htu, jti, iat, nonce, ath } = payload
  if (htm !== expected.method || typeof htu !== 'string' || !isSameTarget(htu, expected.url)) throw new DomainError('proof-invalid')
  // Printable ASCII only: PostgreSQL knows no NUL in a text, and a UUID needs none.
  if (typeof jti !== 'string' || !/^[!-~]{16,64}$/.test(jti)) throw new DomainError('proof-invalid')
  if (typeof iat !== 'number' || !Number.isFinite(iat)) throw new DomainError('proof-invalid')
  if (ath !== (expected.accessToken === undefined ? undefined : sha256(expected.accessToken).toString('base64url'))) throw new DomainError('proof-invalid')
  const issuedAt = typeof nonce === 'string' ? nonces.issuedAt(nonce) : undefined
  const age = issuedAt === undefined ? Number.POSITIVE_INFINITY : clock.now() - issuedAt
  if (age > nonceLifetime || age < -minute) throw new DomainError('proof-nonce-required')
  return { jkt: await calculateJwkThumbprint(jwk, 'sha256'), jwk, jti }
}

async function verifySignature(proof: string): Promise<{ payload: Readonly<Record<string, unknown>>; jwk: PublicJwk }> {
  const jws = parseJws(proof, ['typ', 'alg', 'jwk'])
  const jwk = parsePublicJwk(jws?.header['jwk'])
  if (!jws || !jwk || jws.header['typ'] !== 'dpop+jwt') throw new DomainError('proof-invalid')
  const valid = await verifyWith(jwk, jws.signed, jws.signature)
  if (!valid) throw new DomainError('proof-invalid')
  return { payload: jws.payload, jwk }
}

async function verifyWith(jwk: PublicJwk, signed: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    return await es256Verifier(jwk)(signed, signature)
  } catch {
    // Coordinates that are no point of the curve.
    return false
  }
}

/** RFC 9449 §4.3 (9): without query and fragment, after the normalisation of RFC 3986 §6.2.2 and §6.2.3 that URL makes. */
function isSameTarget(htu: string, url: string): boolean {
  const [a, b] = [normalise(htu), normalise(url)]
  return a !== undefined && a === b
}

function normalise(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, username, password, origin, pathname } = new URL(address)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? origin + pathname : undefined
}
