import { keyedHash } from '../../security/digest.ts'
import type { Secrets } from '../../security/secrets.ts'

/** How a one-time enrolment code is kept; typed in any case, with or without spaces around it. */
export function enrolmentCodeHash(secrets: Secrets, code: string): string {
  return keyedHash(secrets.derive('enrolment'), 'enrolment', code.trim().toUpperCase())
}
