import { encode } from 'cborg'
import { disclosableFields, type DisclosableField } from '../glossary.ts'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { type CoseMessage, decodeStrict, parseCose, type Sign, signCose } from './cose.ts'

/**
 * What a resident's QR says. It names a grant, never a person or a binding: two verifiers cannot join their logs by it.
 */
export interface Presentation {
  /** The grant's handle, 16 bytes. */
  readonly handle: Uint8Array
  /** Random, 8 bytes; unique within the grant. */
  readonly id: Uint8Array
  /** Seconds since the epoch by the phone's clock. */
  readonly issuedAt: number
  readonly audience: Audience
  readonly fields: readonly DisclosableField[]
  /** The newest epoch nonce, 12 bytes; absent when the phone was offline. */
  readonly nonce?: Uint8Array
}

/** Another resident (0), any registered institution (-1), or one institution by its number. */
export type Audience = { readonly to: 'resident' } | { readonly to: 'any-institution' } | { readonly to: 'institution'; readonly number: number }

export const presentationPrefix = 'IKD1:'
/** How long a QR may live, in milliseconds. */
export const presentationLifetimeMs = 90_000
const context = 'ikd-presentation-1'

// CWT claim keys where one exists (RFC 8392: 3 aud, 6 iat, 7 cti; RFC 9711 §4.1: 10 nonce); our own are negative.
const key = { audience: 3, issuedAt: 6, id: 7, nonce: 10, handle: -1, fields: -2 } as const

export async function encodePresentation(presentation: Presentation, sign: Sign): Promise<string> {
  const claims = new Map<number, unknown>([
    [key.audience, audienceNumber(presentation.audience)],
    [key.issuedAt, presentation.issuedAt],
    [key.id, presentation.id],
    [key.handle, presentation.handle],
    [key.fields, fieldsToMask(presentation.fields)],
  ])
  if (presentation.nonce) claims.set(key.nonce, presentation.nonce)
  return presentationPrefix + encodeBase45(await signCose(context, encode(claims), sign))
}

/** Undefined for anything that is not a presentation of ours; its signature is still to be verified. */
export function parsePresentation(text: string): { readonly presentation: Presentation; readonly message: CoseMessage } | undefined {
  if (!text.startsWith(presentationPrefix)) return undefined
  const bytes = decodeBase45(text.slice(presentationPrefix.length))
  const message = bytes && parseCose(context, bytes)
  const claims = message && decodeStrict(message.payload)
  if (!message || !(claims instanceof Map)) return undefined
  const handle: unknown = claims.get(key.handle)
  const id: unknown = claims.get(key.id)
  const issuedAt: unknown = claims.get(key.issuedAt)
  const nonce: unknown = claims.get(key.nonce)
  const audience = numberAudience(claims.get(key.audience))
  const fields = maskToFields(claims.get(key.fields))
  if (claims.size !== (nonce === undefined ? 5 : 6)) return undefined
  if (!(handle instanceof Uint8Array) || handle.length !== 16 || !(id instanceof Uint8Array) || id.length !== 8) return undefined
  if (typeof issuedAt !== 'number' || !Number.isSafeInteger(issuedAt) || issuedAt < 0 || !audience || !fields) return undefined
  if (nonce !== undefined && !(nonce instanceof Uint8Array && nonce.length === 12)) return undefined
  return { presentation: { handle, id, issuedAt, audience, fields, ...(nonce ? { nonce } : {}) }, message }
}

function audienceNumber(audience: Audience): number {
  if (audience.to === 'resident') return 0
  return audience.to === 'any-institution' ? -1 : audience.number
}

function numberAudience(value: unknown): Audience | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < -1) return undefined
  if (value === 0) return { to: 'resident' }
  return value === -1 ? { to: 'any-institution' } : { to: 'institution', number: value }
}

function fieldsToMask(fields: readonly DisclosableField[]): number {
  return fields.reduce((mask, field) => mask | (1 << disclosableFields.indexOf(field)), 0)
}

function maskToFields(mask: unknown): readonly DisclosableField[] | undefined {
  if (typeof mask !== 'number' || !Number.isSafeInteger(mask) || mask < 0 || mask >= 1 << disclosableFields.length) return undefined
  return disclosableFields.filter((_, bit) => (mask & (1 << bit)) !== 0)
}
