import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from '@ikd/contract'

/** Passkeys of this machine or of a security key at it (Web Authentication Level 3). Both ask the person themselves. */
export interface Passkeys {
  /** §5.1.3, create. @throws PasskeyError */
  create(options: PasskeyCreation): Promise<PasskeyAttestation>
  /** §5.1.4, get. @throws PasskeyError */
  prove(request: PasskeyRequest): Promise<PasskeyAssertion>
}

/**
 * - `cancelled`         the person waved it away, or let its time pass (browsers do not tell which)
 * - `already-there`     this authenticator holds a passkey of this account
 * - `no-verification`   the authenticator asks for no PIN, finger or face, which we require
 * - `unsuitable`        the authenticator has no algorithm we take, or keeps no credentials
 * - `failed`            anything else
 */
export const passkeyProblems = ['cancelled', 'already-there', 'no-verification', 'unsuitable', 'failed'] as const
export type PasskeyProblem = (typeof passkeyProblems)[number]

export class PasskeyError extends Error {
  readonly problem: PasskeyProblem

  constructor(problem: PasskeyProblem, options?: ErrorOptions) {
    super(problem, options)
    this.name = 'PasskeyError'
    this.problem = problem
  }
}
