import type { PublicJwk } from '@ikd/contract'

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * A P-256 key that signs. The private half may be anywhere: in WebCrypto, in another process, in a security chip;
 * nothing here ever asks for it.
 */
export interface SigningKey {
  /** `kty`, `crv`, `x`, `y` and nothing else. */
  readonly publicJwk: PublicJwk
  /** ES256 over `bytes`: r and s side by side, 64 bytes (RFC 7518 §3.4), never DER. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** A pair whose private half can sign but never be read; it may be stored in IndexedDB as it is. */
export function generateSigningKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify'])
}

/** Rejects with a TypeError when the pair is not ECDSA on P-256. */
export async function webCryptoSigningKey(pair: CryptoKeyPair): Promise<SigningKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) throw new TypeError('not a P-256 key')
  return {
    publicJwk: { kty, crv, x, y },
    sign: async (bytes) =>
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new Uint8Array(bytes))),
  }
}
