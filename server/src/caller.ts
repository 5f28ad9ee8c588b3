import { DomainError, type PublicJwk, type SessionFactor, type WorkstationPower } from '@ikd/contract'

/** Who a verified request comes from. */
export type Caller =
  | { readonly kind: 'public' }
  | KeyCaller
  | DeviceCaller
  | HolderCaller
  | DeskCaller
  | VerifierCaller
  | InstitutionCaller
  | SetupCaller

/** A key and nothing else: anybody can make one. */
export interface KeyCaller {
  readonly kind: 'key'
  readonly jkt: string
  readonly jwk: PublicJwk
  /** As `clientNetwork` tells them apart. */
  readonly network: string
  /** Asked for some routes only (`settledKeysApart`): staff have signed in with it, or it is a workstation's. */
  readonly settled: boolean
}

export interface DeviceCaller {
  readonly kind: 'device'
  readonly jkt: string
  readonly jwk: PublicJwk
  readonly registrationId: string
}

export interface HolderCaller {
  readonly kind: 'holder'
  readonly jkt: string
  readonly registrationId: string
  readonly bindingId: string
  readonly residentId: string
  /** The token of this request; a grant's possession proof covers it. */
  readonly accessToken: string
}

interface SessionCaller {
  readonly jkt: string
  readonly staffId: string
  readonly sessionId: string
  readonly sessionStartedAt: number
  /** To the minute. */
  readonly lastUsedAt: number
  readonly factor: SessionFactor
  /** Of the second factor that was proved; null with none. */
  readonly factorId: string | null
  /** From when that factor is good enough for a second person's word. Instant */
  readonly approvesFrom: number
  readonly name: string
}

export interface DeskCaller extends SessionCaller {
  readonly kind: 'desk'
  readonly role: 'officer' | 'supervisor' | 'admin'
  readonly officeId: string
  readonly workstationId: string
  readonly powers: readonly WorkstationPower[]
}

export interface VerifierCaller extends SessionCaller {
  readonly kind: 'verifier'
  readonly institutionId: string
}

/** A system of an institution. */
export interface InstitutionCaller {
  readonly kind: 'institution'
  readonly jkt: string
  readonly systemId: string
  readonly name: string
  readonly institutionId: string
}

/** Came with a setup code: may set up a second factor. */
export interface SetupCaller extends SessionCaller {
  readonly kind: 'setup'
}

export type StaffCaller = DeskCaller | VerifierCaller | SetupCaller

/** Whoever can be told from others: by a key of theirs at least. */
export type KnownCaller = Exclude<Caller, { readonly kind: 'public' }>

/** The same person or machine over retries: what an idempotency key belongs to. */
export function principalOf(caller: KnownCaller): string {
  switch (caller.kind) {
    case 'key':
    case 'device':
      return `key:${caller.jkt}`
    case 'holder':
      return `holder:${caller.bindingId}`
    case 'desk':
    case 'verifier':
    case 'setup':
      return `staff:${caller.staffId}`
    case 'institution':
      return `system:${caller.systemId}`
  }
}

/** Narrows to the kinds a route's `access` has let in; anything else is a mistake of ours, told as a refusal. */
export function as<K extends Caller['kind']>(caller: Caller, ...kinds: readonly K[]): Extract<Caller, { kind: K }> {
  if (!(kinds as readonly string[]).includes(caller.kind)) throw new DomainError('forbidden')
  return caller as Extract<Caller, { kind: K }>
}
