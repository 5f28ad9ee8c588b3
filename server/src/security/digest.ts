import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}

/** Keyed hash of a short secret, hex: a leaked table cannot be searched for six digits without the key. */
export function keyedHash(key: Uint8Array, label: string, secret: string): string {
  return createHmac('sha256', key).update(label).update('\0').update(secret).digest('hex')
}

/** Compares two hex or text digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
