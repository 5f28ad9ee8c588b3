import type { PublicJwk } from '@ikd/contract'
import { base64url } from './base64url.ts'

/** The key's name, as in `cnf.jkt`: SHA-256 over the required members in their order (RFC 7638 §3.2), base64url, 43 characters. */
export async function jwkThumbprint(jwk: PublicJwk): Promise<string> {
  const canonical = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y })
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical))))
}
