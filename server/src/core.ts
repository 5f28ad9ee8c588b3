import type { FaceEngine } from '@ikd/face/node'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Store } from './database/store.ts'
import type { Audit } from './features/audit/service.ts'
import type { Limits } from './plugins/limits.ts'
import type { Envelope } from './security/envelope.ts'
import type { Nonces } from './security/nonces.ts'
import type { PasswordHasher } from './security/password.ts'
import type { Ids, RandomBytes } from './security/random.ts'
import type { Secrets } from './security/secrets.ts'
import type { Signals } from './signals.ts'

/** What every feature may lean on; made once by `buildApp`. */
export interface Core {
  readonly config: Config
  /** Which of several servers this is: the name of its log of scans. */
  readonly serverId: string
  readonly clock: Clock
  readonly random: RandomBytes
  readonly ids: Ids
  readonly store: Store
  readonly secrets: Secrets
  readonly envelope: Envelope
  readonly passwords: PasswordHasher
  readonly proofNonces: Nonces
  readonly epochNonces: Nonces
  readonly signals: Signals
  readonly limits: Limits
  readonly audit: Audit
  readonly face: FaceEngine
  /** Structured log; never given personal data. */
  readonly log: Log
}

export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}
