import { encode } from 'cborg'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { type CoseMessage, decodeStrict, parseCose, type Sign, signCose } from './cose.ts'

/** What a registered phone shows at the desk: its registration, never the NIK. Signed by the device key. */
export interface RegistrationQr {
  /** UUID. */
  readonly registrationId: string
  /** Random, 8 bytes; a QR opens one case. */
  readonly id: Uint8Array
  /** Seconds since the epoch by the phone's clock. */
  readonly issuedAt: number
  /** Epoch nonce, 12 bytes: the phone at the desk must be online, for it has to hear of the case. */
  readonly nonce: Uint8Array
}

export const registrationQrPrefix = 'IKDR1:'
/** How long the desk accepts one after its nonce, in milliseconds; the phone shows a new one well before. */
export const registrationQrLifetimeMs = 120_000
const context = 'ikd-registration-1'
const key = { issuedAt: 6, id: 7, nonce: 10, registrationId: -3 } as const

export async function encodeRegistrationQr(qr: RegistrationQr, sign: Sign): Promise<string> {
  const claims = new Map<number, unknown>([
    [key.issuedAt, qr.issuedAt],
    [key.id, qr.id],
    [key.nonce, qr.nonce],
    [key.registrationId, uuidToBytes(qr.registrationId)],
  ])
  return registrationQrPrefix + encodeBase45(await signCose(context, encode(claims), sign))
}

export function parseRegistrationQr(text: string): { readonly qr: RegistrationQr; readonly message: CoseMessage } | undefined {
  if (!text.startsWith(registrationQrPrefix)) return undefined
  const bytes = decodeBase45(text.slice(registrationQrPrefix.length))
  const message = bytes && parseCose(context, bytes)
  const claims = message && decodeStrict(message.payload)
  if (!message || !(claims instanceof Map) || claims.size !== 4) return undefined
  const registration: unknown = claims.get(key.registrationId)
  const id: unknown = claims.get(key.id)
  const issuedAt: unknown = claims.get(key.issuedAt)
  const nonce: unknown = claims.get(key.nonce)
  if (!(registration instanceof Uint8Array) || registration.length !== 16) return undefined
  if (!(id instanceof Uint8Array) || id.length !== 8 || !(nonce instanceof Uint8Array) || nonce.length !== 12) return undefined
  if (typeof issuedAt !== 'number' || !Number.isSafeInteger(issuedAt) || issuedAt < 0) return undefined
  return { qr: { registrationId: bytesToUuid(registration), id, issuedAt, nonce }, message }
}

function uuidToBytes(uuid: string): Uint8Array {
  const digits = uuid.replaceAll('-', '')
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16))
}

function bytesToUuid(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-')
}
