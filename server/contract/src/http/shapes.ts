import { Type, type TSchema } from 'typebox'
import { emailPattern } from '../email.ts'

/** A closed object: unknown members are refused, never ignored. */
export function closed<const P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, { additionalProperties: false })
}

/** One of a closed list of words. */
export function oneOf<const V extends readonly string[]>(values: V) {
  return Type.Unsafe<V[number]>({ type: 'string', enum: [...values] })
}

/** Opaque and sortable: UUID version 7. */
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$' })
// Every number has its bounds: what is larger than a column of the database holds would otherwise be a failure of ours.

/** Milliseconds since the epoch, by the server's clock; at most what a `Date` holds (ECMA-262 §21.4.1.1). */
export const Instant = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 })
/** Of a list that is newest first: what came before this instant. */
export const PageBefore = closed({ before: Type.Optional(Instant) })
/** Numbers of a log or a list, from 1 without end. */
export const Serial = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** Of a list by numbers: what came after this one; 0 for all. */
export const After = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** How many there are, or are left. */
export const Count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })
/** Of an institution; a column of 32 bits, and few characters in a QR. */
/** Of a row: counts every change of it. */
export const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
export const InstitutionNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
/** Of a signature algorithm (RFC 9053 §2). */
export const CoseAlgorithm = Type.Integer({ minimum: -65_536, maximum: 65_535 })
/** ISO 8601 calendar date. */
export const CalendarDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
/** Base64 of a JPEG. */
export const Jpeg = Type.String({ maxLength: 1_400_000, contentEncoding: 'base64' })
export const Nik = Type.String({ pattern: '^\\d{16}$' })
export const Email = Type.String({ maxLength: 254, pattern: emailPattern })
/** International form without separators. */
export const Phone = Type.String({ pattern: '^\\+[1-9]\\d{7,14}$' })
export const SixDigits = Type.String({ pattern: '^\\d{6}$' })
/** A supervisor's own, for approvals at another's desk; no sign-in takes it, for passwords have twelve characters at least. */
export const ApprovalPin = Type.String({ pattern: '^\\d{6,8}$' })
/** What the ALTCHA widget made: base64 JSON. */
export const Captcha = Type.String({ minLength: 1, maxLength: 4096 })
/** A QR code's text as it was read. */
export const QrText = Type.String({ minLength: 1, maxLength: 1024 })
export const PublicJwk = closed({
  kty: Type.Literal('EC'),
  crv: Type.Literal('P-256'),
  x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  y: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
})

// What nobody writes by hand: control characters (PostgreSQL keeps no U+0000), halves of a surrogate pair (what is kept
// would not be what was hashed), line separators, bidirectional controls (UAX #9: they turn round what stands after
// them), and marks heaped on one letter until they cover the lines above.
const unwritten = '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069'
const heaped = '(?![^]*\\p{M}{6})'

/** One line of what a person wrote, with something in it that can be seen. */
export const Line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: `^${heaped}(?=.*[\\p{L}\\p{N}\\p{P}\\p{S}])[^${unwritten}]*$` })
/** The same, of several lines or none. */
export const Paragraph = (maxLength: number) => Type.String({ maxLength, pattern: `^${heaped}([\\n\\r\\t]|[^${unwritten}])*$` })
export const ShortText = Line(200)
/** Stateless, ours, bound to the caller’s key. */
export const Ticket = Type.String({ minLength: 1, maxLength: 1024, pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' })
export const Empty = closed({})

export const AccessToken = closed({
  /** JWT (ES256), bound to the caller's key (`cnf.jkt`); scheme `DPoP`. */
  accessToken: Type.String(),
  expiresAt: Instant,
})

/** A server nonce that stands for an epoch of its clock; makes a QR *fresh*. */
export const EpochNonce = closed({
  /** base64url, 12 bytes. */
  nonce: Type.String({ pattern: '^[A-Za-z0-9_-]{16}$' }),
  /** The instant the nonce stands for; a QR that carries it is dead 90 s later. */
  issuedAt: Instant,
  serverTime: Instant,
})
