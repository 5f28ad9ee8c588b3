import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { decodeBase64Url } from './base64url.ts'

/**
 * Stateless server nonces: four bytes of time (seconds) and eight of an HMAC over it. Any server with the key can
 * check one, and none has to be stored. Used for DPoP (RFC 9449 §8) and, with another label, for the epoch of a QR.
 */
export interface Nonces {
  /** base64url, 12 bytes. */
  issue(): { readonly nonce: string; readonly issuedAt: number }
  /** The instant (ms) a nonce of ours stands for; undefined for any other bytes. */
  issuedAt(nonce: string | Uint8Array): number | undefined
}

export function createNonces(key: Uint8Array, label: string, clock: Clock): Nonces {
  const mac = (time: Buffer) => createHmac('sha256', key).update(label).update(time).digest().subarray(0, 8)
  return {
    issue() {
      const seconds = Math.floor(clock.now() / 1000)
      const time = Buffer.alloc(4)
      time.writeUInt32BE(seconds)
      return { nonce: Buffer.concat([time, mac(time)]).toString('base64url'), issuedAt: seconds * 1000 }
    },
    issuedAt(nonce) {
      const bytes = typeof nonce === 'string' ? decodeBase64Url(nonce) : Buffer.from(nonce)
      if (bytes?.length !== 12) return undefined
      const time = bytes.subarray(0, 4)
      return timingSafeEqual(mac(time), bytes.subarray(4)) ? time.readUInt32BE() * 1000 : undefined
    },
  }
}
