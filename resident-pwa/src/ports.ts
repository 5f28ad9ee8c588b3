import type { Client } from '@ikd/client'
import type { Clock } from './holder/clock.ts'
import type { DeviceKeyStore } from './holder/device-key-store.ts'
import type { Connection, HolderSession } from './holder/holder-session.ts'
import type { LiveEvents } from './holder/live-events.ts'
import type { Observed } from './holder/observed.ts'
import type { RegistrationDraft } from './holder/registration-draft.ts'
import type { Persistence } from './holder/storage-persistence.ts'
import type { KeptPurpose } from './institution/kept-purpose.ts'
import type { LinkToken } from './navigation/link-token.ts'
import type { Navigator } from './navigation/navigator.ts'

/** Everything a screen may reach; handed to each by the app. */
export interface Ports {
  readonly session: HolderSession
  readonly live: LiveEvents
  readonly navigator: Navigator
  readonly link: LinkToken
  readonly draft: RegistrationDraft
  readonly purpose: KeptPurpose
  readonly keys: DeviceKeyStore
  /** For public routes: signs nothing. */
  readonly open: Client
  readonly connect: (pair: CryptoKeyPair) => Promise<Connection>
  readonly clock: Clock
  readonly persistence: Observed<Persistence>
}
