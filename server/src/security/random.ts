import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

export type RandomBytes = (length: number) => Buffer

export interface Ids {
  /** UUID version 7 (RFC 9562 §5.7): opaque, and sorts by time of making. */
  next(): string
}

export function createIds(clock: Clock, random: RandomBytes = randomBytes): Ids {
  return {
    next() {
      const bytes = random(16)
      bytes.writeUIntBE(clock.now(), 0, 6)
      bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
      bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
      const hex = bytes.toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}

/** Uniform decimal digits: bytes of 250 and above are thrown away. */
export function randomDigits(count: number, random: RandomBytes): string {
  let digits = ''
  while (digits.length < count) for (const byte of random(count)) if (byte < 250 && digits.length < count) digits += String(byte % 10)
  return digits
}

// Crockford's alphabet: no I, L, O, U, so that a code survives being read aloud.
const readable = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `count` characters of five random bits each, in groups of four. */
export function randomReadable(count: number, random: RandomBytes): string {
  return readableCode(random(count))
}

/** One character for the lower five bits of each byte, in groups of four. */
export function readableCode(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => readable.charAt(byte & 31)).join('')
  return characters.replace(/(.{4})(?=.)/g, '$1-')
}
