import { createHmac, type KeyObject, sign } from 'node:crypto'

export type Part = Readonly<Record<string, unknown>> | string

/** A compact JWS of any header and payload, by whatever makes its signature: what no library would make for us. */
export function forgeJws(header: Part, payload: Part, signer: (signed: Buffer) => Buffer | string): string {
  const encode = (part: Part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
  const signed = `${encode(header)}.${encode(payload)}`
  const signature = signer(Buffer.from(signed))
  return `${signed}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`
}

/** ECDSA in the raw form of JOSE, for P-256 and P-384 alike. */
export function ecdsa(key: KeyObject, hash = 'sha256') {
  return (signed: Buffer) => sign(hash, signed, { key, dsaEncoding: 'ieee-p1363' })
}

export function hmac(secret: string | Buffer) {
  return (signed: Buffer) => createHmac('sha256', secret).update(signed).digest()
}

/** Other spellings of the same bytes, none of which may pass: each part padded, spaced, in the other alphabet, with stray bits. */
export function respell(jws: string): Readonly<Record<string, string>> {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const parts = jws.split('.')
  const spelled: Record<string, string> = {
    'a space behind it': `${jws} `,
    'a tab before it': `\t${jws}`,
    'a fourth part': `${jws}.`,
    'a part doubled': `${jws}.${parts[2] ?? ''}`,
  }
  for (const [i, name] of ['header', 'payload', 'signature'].entries()) {
    const part = parts[i] ?? ''
    const put = (text: string) => parts.with(i, text).join('.')
    spelled[`${name}: one padding`] = put(`${part}=`)
    spelled[`${name}: two paddings`] = put(`${part}==`)
    spelled[`${name}: a space inside`] = put(`${part.slice(0, 8)} ${part.slice(8)}`)
    spelled[`${name}: a dash too many`] = put(`${part}-`)
    if (/[-_]/.test(part)) spelled[`${name}: the other alphabet`] = put(part.replaceAll('-', '+').replaceAll('_', '/'))
    // Of 4n+2 letters the last has four bits that no byte owns, of 4n+3 two.
    const stray = part.length % 4
    if (stray >= 2) spelled[`${name}: stray bits`] = put(part.slice(0, -1) + alphabet.charAt(alphabet.indexOf(part.slice(-1)) + 1))
  }
  return spelled
}
