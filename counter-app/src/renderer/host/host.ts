import type { SigningKey } from '@ikd/client'
import type { Phrase } from '@ikd/ui'
import type { Passkeys } from './passkeys.ts'

/** Where the workstation's key lies: encrypted by the operating system, kept by the browser, or only as this app's best effort. */
export type KeyStore = 'os' | 'browser'

export interface WorkstationSigningKey {
  readonly key: SigningKey
  readonly store: KeyStore
  /** What a person should know about this place, when it is not the best. */
  readonly remark?: Phrase
}

export interface HostHealth {
  /** Whether screenshots and screen sharing are kept out of our window. */
  readonly contentProtection: boolean
  readonly platform: string
  readonly version?: string
}

/** What the desk needs from the machine it runs on (Electron or a browser); the renderer knows nothing else of it. */
export interface Host {
  readonly kind: 'electron' | 'browser'
  /** Origin of the API. */
  serverUrl(): Promise<string>
  /** Minutes without a hand on the desk after which it locks itself. */
  idleMinutes(): Promise<number>
  /** Absent where there can be none. */
  readonly passkeys: Passkeys | undefined
  /** A one-time enrolment code handed over at start, if there was one; told once. */
  takeEnrolmentCode(): string | undefined
  /** The workstation's key, made on first use; its private half is out of the page's reach. */
  workstationKey(): Promise<WorkstationSigningKey>
  /** Prints the page as it stands, through the system's dialog. */
  print(): Promise<void>
  health(): Promise<HostHealth>
  /** Must be called from a click or a key: browsers open windows only then. */
  openCustomerDisplay(): Promise<'opened' | 'refused'>
  /** What this host cannot do, in sentences for the officer. */
  readonly limits: readonly Phrase[]
}

export const defaultIdleMinutes = 10

/** The server ends a session nobody used for a quarter of an hour: a desk that waits longer would only look open. */
export function idleMinutesWithin(wanted: number | undefined): number {
  if (wanted === undefined || !Number.isFinite(wanted)) return defaultIdleMinutes
  return Math.min(15, Math.max(1, wanted))
}
