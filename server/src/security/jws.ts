import { decodeBase64Url } from './base64url.ts'

/** A compact JWS (RFC 7515 §3.1) whose parts are spelled in the one right way. Its signature is still to be verified. */
export interface Jws {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
  /** `BASE64URL(header).BASE64URL(payload)`: what is signed. */
  readonly signed: Buffer
  readonly signature: Buffer
}

/**
 * Reads a compact ES256 JWS with JSON objects in both parts; undefined for anything else. Its header may have the
 * members named and no other: what we do not know we do not ignore, so `crit`, `b64`, `jku`, `x5u` and their kin end here.
 *
 * @param most longest text looked at, in characters
 */
export function parseJws(text: string, members: readonly string[], most = 4096): Jws | undefined {
  if (text.length > most) return undefined
  const parts = text.split('.')
  const [header, payload, signature] = parts.map(decodeBase64Url)
  if (parts.length !== 3 || !header || !payload || signature?.length !== 64) return undefined
  const [head, claims] = [parseObject(header), parseObject(payload)]
  if (!head || !claims || head['alg'] !== 'ES256' || !Object.keys(head).every((name) => members.includes(name))) return undefined
  return { header: head, payload: claims, signed: Buffer.from(text.slice(0, text.lastIndexOf('.'))), signature }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function parseObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
