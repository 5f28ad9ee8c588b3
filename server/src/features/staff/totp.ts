import { Secret, TOTP } from 'otpauth'

/** RFC 4226 §4 R6 recommends 160 bits. */
export const totpSecretLength = 20
const period = 30

/** What authenticator apps take without being told: SHA-1, six digits, thirty seconds (RFC 6238). */
function authenticator(secret: Uint8Array, label = ''): TOTP {
  return new TOTP({ issuer: 'IKD', label, secret: new Secret({ buffer: new Uint8Array(secret).buffer }), algorithm: 'SHA1', digits: 6, period })
}

/**
 * The time step whose code this is, one step before and after the present allowed (RFC 6238 §5.2); undefined for any
 * other code. A step must not be accepted twice: whoever calls remembers it.
 *
 * @param now ms since the epoch
 */
export function findTotpStep(secret: Uint8Array, code: string, now: number): number | undefined {
  const delta = authenticator(secret).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? undefined : Math.floor(now / 1000 / period) + delta
}

/** The secret as people type it (base32) and as a QR picture says it (`otpauth://`). */
export function describeTotp(secret: Uint8Array, username: string): { secret: string; uri: string } {
  const made = authenticator(secret, username)
  return { secret: made.secret.base32, uri: made.toString() }
}

/** The bytes of a base32 secret (RFC 4648). */
export function parseTotpSecret(base32: string): Uint8Array {
  return new Uint8Array(Secret.fromBase32(base32).buffer)
}
