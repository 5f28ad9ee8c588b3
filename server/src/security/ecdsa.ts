import { createPublicKey, verify } from 'node:crypto'
import type { PublicJwk, Verify } from '@ikd/contract'
import { decodeBase64Url } from './base64url.ts'

/** ECDSA P-256 with SHA-256 and the raw r‖s form (IEEE P1363) that WebCrypto, JOSE and COSE use. Throws for coordinates that are no point of the curve. */
export function es256Verifier(jwk: PublicJwk): Verify {
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  return async (bytes, signature) => verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/**
 * The P-256 public key in a JWK from outside, with its four members and no other; undefined for another kind of key,
 * for one with a private part, and for coordinates that are not 32 bytes (RFC 7518 §6.2.1.2) in their one spelling: the
 * thumbprint (RFC 7638) is made of the text, and a key has one.
 */
export function parsePublicJwk(value: unknown): PublicJwk | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { kty, crv, x, y, ...rest } = value as Record<string, unknown>
  const known = ['kid', 'use', 'alg', 'key_ops', 'ext']
  if (kty !== 'EC' || crv !== 'P-256' || !isCoordinate(x) || !isCoordinate(y) || !Object.keys(rest).every((name) => known.includes(name))) return undefined
  return { kty, crv, x, y }
}

function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && decodeBase64Url(value)?.length === 32
}
