/**
 * Base45 (RFC 9285): two bytes become three characters of QR's alphanumeric set, which QR stores in 5.5 bits each.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const values = new Map([...alphabet].map((character, value) => [character, value]))

export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const first = bytes[i] as number
    const second = bytes[i + 1]
    const number = second === undefined ? first : first * 256 + second
    text += alphabet.charAt(number % 45) + alphabet.charAt(Math.floor(number / 45) % 45)
    if (second !== undefined) text += alphabet.charAt(Math.floor(number / 2025))
  }
  return text
}

/** Undefined for anything that is not base45, overlong groups included (RFC 9285 §6). */
export function decodeBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0))
  let at = 0
  for (let i = 0; i < text.length; i += 3) {
    const a = values.get(text.charAt(i))
    const b = values.get(text.charAt(i + 1))
    if (a === undefined || b === undefined) return undefined
    if (i + 2 < text.length) {
      const c = values.get(text.charAt(i + 2))
      if (c === undefined) return undefined
      const number = a + b * 45 + c * 2025
      if (number > 0xffff) return undefined
      bytes[at++] = number >> 8
      bytes[at++] = number & 0xff
    } else {
      const number = a + b * 45
      if (number > 0xff) return undefined
      bytes[at++] = number
    }
  }
  return bytes
}
