import './main.css'
import { createClient, webCryptoSigningKey } from '@ikd/client'
import { isTooOld, markDocument } from '@ikd/ui'
import './app.ts'
import { AppUpdate } from './app-update.ts'
import { systemClock } from './holder/clock.ts'
import { DeviceKeyStore } from './holder/device-key-store.ts'
import { HolderSession } from './holder/holder-session.ts'
import { LiveEvents } from './holder/live-events.ts'
import { watchLock } from './holder/lock-watch.ts'
import { Observed } from './holder/observed.ts'
import { watchReach } from './holder/reach-watch.ts'
import { RegistrationDraft } from './holder/registration-draft.ts'
import { type Persistence, showPersistence } from './holder/storage-persistence.ts'
import { KeptPurpose } from './institution/kept-purpose.ts'
import { LinkToken } from './navigation/link-token.ts'
import { Navigator } from './navigation/navigator.ts'
import type { Ports } from './ports.ts'

if (!isTooOld()) start()

function start(): void {
  // First of all: a mail's secret leaves the address bar before anything can go wrong.
  const link = new LinkToken(window)

  const baseUrl = location.origin
  const connect = async (pair: CryptoKeyPair) => {
    const key = await webCryptoSigningKey(pair)
    return { key, client: createClient({ baseUrl, key }) }
  }
  const keys = new DeviceKeyStore()
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const session = new HolderSession({ keys, connect, clock: systemClock, random })

  const tabStorage = findSessionStorage()

  const ports: Ports = {
    session,
    live: new LiveEvents(session, systemClock),
    navigator: new Navigator(window),
    link,
    draft: new RegistrationDraft(tabStorage),
    purpose: new KeptPurpose(tabStorage),
    keys,
    open: createClient({ baseUrl }),
    connect,
    clock: systemClock,
    persistence: new Observed<Persistence>('unknown'),
  }

  markDocument()
  watchLock(session, systemClock)
  watchReach(session, systemClock)
  const update = new AppUpdate()
  const app = document.createElement('ikd-app')
  app.ports = ports
  app.updates = update
  document.querySelector('#app')?.replaceChildren(app)
  void session.start()
  showPersistence(ports.persistence)
  // After the first screen stands: fetching the rest of the app must not slow it down. Without it the app works, only not offline.
  window.addEventListener('load', () => void update.watch().catch(() => undefined))
}

function findSessionStorage(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}
