/**
 * The closed union of refusals, each with its HTTP status. Sent as RFC 9457 `application/problem+json` with
 * `type: urn:ikd:problem:<code>`. The sentences for people stand in `@ikd/ui`, one per code and language.
 */
export const problemStatus = {
  // request
  'request-invalid': 400,
  'route-unknown': 404,
  'not-found': 404,
  'request-too-slow': 408,
  'body-too-large': 413,
  'address-too-long': 414,
  'headers-too-large': 431,
  'too-many-requests': 429,
  'idempotency-key-missing': 400,
  'idempotency-key-reused': 409,
  'busy': 503,
  'storage-unavailable': 503,
  'internal': 500,
  // keys and tokens
  'proof-missing': 401,
  'proof-invalid': 401,
  'proof-replayed': 401,
  'proof-nonce-required': 401,
  'token-missing': 401,
  'token-invalid': 401,
  'token-expired': 401,
  'forbidden': 403,
  'captcha-wrong': 422,
  'captcha-spent': 422,
  // registration and device
  'nik-malformed': 422,
  'consent-missing': 422,
  'device-unknown': 401,
  'device-already-registered': 409,
  'device-blocked': 403,
  'device-suspended': 403,
  'device-state-wrong': 409,
  'registration-expired': 410,
  // case confirmation on the phone
  'case-code-wrong': 422,
  'case-code-exhausted': 429,
  // activation
  'activation-link-invalid': 404,
  'activation-expired': 410,
  'activation-code-wrong': 422,
  'activation-code-exhausted': 429,
  'activation-not-confirmed': 409,
  'activation-resends-exhausted': 429,
  // suspending and resuming
  'suspension-link-invalid': 404,
  'receipt-code-wrong': 422,
  'suspension-needless': 409,
  'resume-at-office': 403,
  // codes by mail, other than the activation's
  'mail-code-wrong': 422,
  'mail-code-exhausted': 429,
  'mail-code-expired': 410,
  'mail-codes-exhausted': 429,
  // change of contact
  'contact-unchanged': 409,
  'contact-change-pending': 409,
  'contact-change-missing': 409,
  'contact-link-invalid': 404,
  // PIN
  'pin-wrong': 422,
  'pin-paused': 429,
  'pin-blocked': 403,
  'pin-changed': 409,
  'pin-too-simple': 422,
  // institutions' systems
  'client-assertion-invalid': 401,
  // staff
  'sign-in-wrong': 401,
  'sign-in-paused': 429,
  'account-locked': 403,
  'robot-check-needed': 422,
  'sign-in-ticket-expired': 401,
  'factor-wrong': 422,
  'factor-unknown': 404,
  'factor-last': 409,
  'factor-missing': 409,
  'factor-too-new': 403,
  'account-proof-needed': 409,
  'passkey-invalid': 422,
  'password-old-wrong': 422,
  'password-too-simple': 422,
  'workstation-unknown': 401,
  'enrolment-code-wrong': 422,
  'workstation-power-missing': 403,
  'other-office': 403,
  // cases
  'case-state-wrong': 409,
  'case-at-other-desk': 409,
  'registration-qr-not-ours': 422,
  'registration-qr-expired': 410,
  'registration-qr-used': 409,
  'registration-at-other-desk': 409,
  'phone-pin-locked': 409,
  'resident-not-found': 404,
  'resident-mismatch': 409,
  'resident-has-active-device': 409,
  'resident-has-no-device': 409,
  'block-cap-reached': 429,
  'capture-nonce-wrong': 409,
  'capture-expired': 410,
  'frame-unreadable': 422,
  'capture-attempts-exhausted': 429,
  'reference-missing': 409,
  'reference-not-released': 403,
  'reference-cap-reached': 429,
  'approval-needed': 409,
  'approval-own-case': 403,
  'approval-outcome-different': 409,
  'approval-ticket-expired': 409,
  'approval-not-seen': 409,
  'approval-at-case-desk': 409,
  'approver-unknown': 422,
  'approval-pin-missing': 409,
  'approval-pin-wrong': 422,
  'approval-pin-paused': 429,
  'approval-pin-too-simple': 422,
  // duplicate faces
  'duplicate-not-seen': 409,
  'duplicate-decided': 409,
  // presentations and scans
  'presentation-not-ours': 422,
  'presentation-expired': 410,
  'presentation-already-used': 409,
  'presentation-blocked': 403,
  'presentation-wrong-audience': 403,
  'purpose-not-registered': 403,
  'grant-key-invalid': 422,
  // documents
  'document-kind-unknown': 404,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof problemStatus

export interface FieldError {
  /** JSON pointer into the request body. */
  readonly pointer: string
  /** What is wrong, in the validator's words (never the value). */
  readonly detail: string
}

/** Facts a sentence may need; numbers and instants only, never personal data. */
export interface ProblemFacts {
  /** Attempts still open. */
  readonly triesLeft?: number
  /** Instant (ms since the epoch) from which the request may be made again. */
  readonly retryAt?: number
  /** How hard a robot check must be, as `service.captcha` is asked for it. */
  readonly effort?: number
}

export interface Problem extends ProblemFacts {
  readonly type: `urn:ikd:problem:${ProblemCode}`
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly errors?: readonly FieldError[]
}

/** A refusal of the domain: expected, coded, without detail that could leak. */
export class DomainError extends Error {
  readonly code: ProblemCode
  readonly facts: ProblemFacts
  readonly errors: readonly FieldError[] | undefined

  constructor(code: ProblemCode, facts: ProblemFacts = {}, errors?: readonly FieldError[]) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.facts = facts
    this.errors = errors
  }

  get status(): number {
    return problemStatus[this.code]
  }

  toProblem(): Problem {
    return {
      type: `urn:ikd:problem:${this.code}`,
      title: this.code,
      status: this.status,
      code: this.code,
      ...this.facts,
      ...(this.errors ? { errors: this.errors } : {}),
    }
  }
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && value.code in problemStatus
}
