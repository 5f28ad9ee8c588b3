import { createPublicKey, verify } from 'node:crypto'
import type { PublicJwk, Verify } from '@ikd/contract'

/** ECDSA P-256 with SHA-256 and the raw r‖s form (IEEE P1363) that WebCrypto, JOSE and COSE use. */
export function es256Verifier(jwk: PublicJwk): Verify {
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  return async (bytes, signature) => verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
}
