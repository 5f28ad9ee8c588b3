import type { PublicJwk } from '@ikd/contract'
import { calculateJwkThumbprint, EmbeddedJWK, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose'
import { DomainError } from '@ikd/contract'
import { sha256 } from './digest.ts'
import type { Nonces } from './nonces.ts'
import { type Clock, minute } from '../clock.ts'

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

export async function verifyProof(proof: string, expected: ProofExpectation, nonces: Nonces, clock: Clock): Promise<Proof> {
  const { payload, jwk } = await verifySignature(proof)
  if (payload['htm'] !== expected.method || payload['htu'] !== expected.url) throw new DomainError('proof-invalid')
  if (typeof payload.jti !== 'string' || payload.jti.length < 16 || payload.jti.length > 64) throw new DomainError('proof-invalid')
  const ath = expected.accessToken === undefined ? undefined : sha256(expected.accessToken).toString('base64url')
  if (payload['ath'] !== ath) throw new DomainError('proof-invalid')
  const issuedAt = typeof payload['nonce'] === 'string' ? nonces.issuedAt(payload['nonce']) : undefined
  const age = issuedAt === undefined ? Number.POSITIVE_INFINITY : clock.now() - issuedAt
  if (age > nonceLifetime || age < -minute) throw new DomainError('proof-nonce-required')
  return { jkt: await calculateJwkThumbprint(jwk, 'sha256'), jwk, jti: payload.jti }
}

async function verifySignature(proof: string): Promise<{ payload: JWTPayload; jwk: PublicJwk }> {
  let verified: { payload: JWTPayload; protectedHeader: ProtectedHeaderParameters }
  try {
    // EmbeddedJWK refuses private keys; the algorithm list leaves ES256 alone, whatever the header says.
    // Freshness comes from our nonce, so the library's own look at `exp` and `iat` is left without a limit.
    verified = await jwtVerify(proof, EmbeddedJWK, { algorithms: ['ES256'], typ: 'dpop+jwt', clockTolerance: '100 years' })
  } catch {
    throw new DomainError('proof-invalid')
  }
  const { kty, crv, x, y } = (verified.protectedHeader.jwk ?? {}) as Record<string, unknown>
  if (kty !== 'EC' || crv !== 'P-256' || !isCoordinate(x) || !isCoordinate(y)) throw new DomainError('proof-invalid')
  return { payload: verified.payload, jwk: { kty, crv, x, y } }
}

/** RFC 7518 §6.2.1.2: 32 bytes. One text for them only: the thumbprint (RFC 7638) is made of the text, and a key has one. */
function isCoordinate(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const bytes = Buffer.from(value, 'base64url')
  return bytes.length === 32 && bytes.toString('base64url') === value
}
