import { decode, encode } from 'cborg'

/**
 * COSE_Sign1 with ES256 (RFC 9052 §4.2, RFC 9053 §2.1), the only form this project signs and accepts: protected
 * header `{1: -7}`, empty unprotected header, tag left out since the prefix of the text says what it is.
 */
export type Sign = (bytes: Uint8Array) => Promise<Uint8Array>
export type Verify = (bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>

const protectedHeader = encode(new Map([[1, -7]]))

function toBeSigned(context: string, payload: Uint8Array): Uint8Array {
  // Sig_structure (RFC 9052 §4.4); the context rides as external_aad, so that one kind of QR never passes for another.
  return encode(['Signature1', protectedHeader, new TextEncoder().encode(context), payload])
}

export async function signCose(context: string, payload: Uint8Array, sign: Sign): Promise<Uint8Array> {
  const signature = await sign(toBeSigned(context, payload))
  return encode([protectedHeader, new Map(), payload, signature])
}

export interface CoseMessage {
  readonly payload: Uint8Array
  readonly verify: (verify: Verify) => Promise<boolean>
}

/** Undefined for anything but the canonical form; never throws. */
export function parseCose(context: string, bytes: Uint8Array): CoseMessage | undefined {
  const message = decodeStrict(bytes)
  if (!Array.isArray(message) || message.length !== 4) return undefined
  const [header, unprotected, payload, signature] = message as unknown[]
  if (!(header instanceof Uint8Array) || !equal(header, protectedHeader)) return undefined
  if (!(unprotected instanceof Map) || unprotected.size !== 0) return undefined
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array) || signature.length !== 64) return undefined
  return { payload, verify: (verify) => verify(toBeSigned(context, payload), signature) }
}

/** Deterministic CBOR only (RFC 8949 §4.2), maps as Map; undefined for anything else. */
export function decodeStrict(bytes: Uint8Array): unknown {
  try {
    const value: unknown = decode(bytes, { strict: true, useMaps: true, rejectDuplicateMapKeys: true, allowIndefinite: false })
    return equal(encode(value), bytes) ? value : undefined
  } catch {
    return undefined
  }
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
