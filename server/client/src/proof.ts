import { base64url, base64urlOfText } from './base64url.ts'
import type { SigningKey } from './signing-key.ts'

export interface ProofClaims {
  /** UUID; never used twice. */
  readonly id: string
  readonly method: string
  /** Query and fragment are cut off (RFC 9449 §4.2, `htu`). */
  readonly url: string
  /** Milliseconds since the epoch. The server goes by its own nonce, so a wrong clock does no harm. */
  readonly now: number
  readonly nonce?: string | undefined
  readonly token?: string | undefined
}

/** A DPoP proof (RFC 9449 §4.2): one request, one key, one signature. */
export async function dpopProof(key: SigningKey, claims: ProofClaims): Promise<string> {
  const { kty, crv, x, y } = key.publicJwk
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } }
  const payload = {
    jti: claims.id,
    htm: claims.method,
    htu: withoutQuery(claims.url),
    iat: Math.floor(claims.now / 1000),
    ...(claims.nonce === undefined ? {} : { nonce: claims.nonce }),
    ...(claims.token === undefined ? {} : { ath: await tokenHash(claims.token) }),
  }
  const signingInput = `${base64urlOfText(JSON.stringify(header))}.${base64urlOfText(JSON.stringify(payload))}`
  const signature = await key.sign(new TextEncoder().encode(signingInput))
  return `${signingInput}.${base64url(signature)}`
}

function withoutQuery(address: string): string {
  const url = new URL(address)
  url.search = ''
  url.hash = ''
  return url.href
}

async function tokenHash(token: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))
}
