import type { Client, SigningKey } from '@ikd/client'
import { type DeviceStatus, DomainError, routes } from '@ikd/contract'
import type { Clock } from './clock.ts'
import { findStatus, type HolderState, mayRegisterAgain } from './holder-state.ts'
import { KeyStoreError } from './key-store-error.ts'
import { Observed } from './observed.ts'
import type { MadeQr } from './rotating-qr.ts'
import type { Unlocked } from './unlocked.ts'

/** A client and the key that signs its requests. */
export interface Connection {
  readonly client: Client
  readonly key: SigningKey
}

export interface SessionPorts {
  readonly keys: {
    find(name: 'device'): Promise<CryptoKeyPair | undefined>
    make(name: 'device'): Promise<CryptoKeyPair>
  }
  readonly connect: (pair: CryptoKeyPair) => Promise<Connection>
  readonly clock: Clock
  readonly random: (length: number) => Uint8Array
}

export interface Registration {
  readonly nik: string
  readonly email: string
  readonly phone: string
  readonly consentVersion: string
  readonly captcha: string
}

/** The binding seen from the phone: its key, its device token, and, between PIN and lock, what the PIN opened. */
export class HolderSession {
  readonly state = new Observed<HolderState>({ at: 'starting' })
  readonly #ports: SessionPorts
  #connection: Connection | undefined
  #token: Promise<string> | undefined
  #unlocked: Unlocked | undefined
  /** Counts questions and changes; `#learnt` is the one whose status stands. */
  #moment = 0
  #learnt = 0
  #attempt: { readonly of: string; readonly idempotencyKey: string } | undefined

  constructor(ports: SessionPorts) {
    this.#ports = ports
  }

  /** What the PIN opened, while it is open. */
  get unlocked(): Unlocked | undefined {
    return this.#unlocked
  }

  /** Finds the key and asks the server where it stands; again after `unreachable`. */
  async start(): Promise<void> {
    this.state.set({ at: 'starting' })
    await this.tryAgain()
  }

  /** The same, unasked: whoever reads that the server cannot be reached goes on reading until it can. */
  async tryAgain(): Promise<void> {
    try {
      const pair = await this.#ports.keys.find('device')
      if (!pair) return this.state.set({ at: 'unregistered' })
      this.#connection = await this.#ports.connect(pair)
      await this.refresh()
    } catch (problem) {
      if (problem instanceof KeyStoreError) this.state.set({ at: 'no-key-store', problem })
      else if (this.state.value.at === 'starting') this.state.set({ at: 'unreachable', problem })
    }
  }

  /** Repeating it after a lost network sends the same request again, captcha and all. */
  async register(registration: Registration): Promise<void> {
    const pair = mayRegisterAgain(this.state.value) ? undefined : await this.#ports.keys.find('device')
    const connection = await this.#ports.connect(pair ?? (await this.#ports.keys.make('device')))
    const of = JSON.stringify(registration)
    if (this.#attempt?.of !== of) this.#attempt = { of, idempotencyKey: crypto.randomUUID() }
    const session = await connection.client.call(routes.device.register, { body: registration, idempotencyKey: this.#attempt.idempotencyKey })
    this.#attempt = undefined
    this.#connection = connection
    this.#token = Promise.resolve(session.token.accessToken)
    this.#learnt = ++this.#moment
    this.#stand(session.status)
  }

  /** Asks where the phone stands; again, when what it has learnt since the question is newer than the answer. */
  async refresh(): Promise<void> {
    const asked = ++this.#moment
    const status = await this.asDevice((client, token) => client.call(routes.device.status, { token }))
    if (asked < this.#learnt) return this.refresh()
    this.#learnt = asked
    this.#stand(status)
  }

  /** A change of status made by the phone itself. */
  async advance(act: (client: Client, token: string) => Promise<DeviceStatus>): Promise<void> {
    const status = await this.asDevice(act)
    this.#learnt = ++this.#moment
    this.#stand(status)
  }

  /** The QR for the desk: signed by the device key over the newest nonce, for the desk must reach this phone. */
  async registrationQr(registrationId: string): Promise<MadeQr> {
    const { clock, random } = this.#ports
    const { makeRegistrationQr } = await import('./registration-qr-maker.ts')
    return makeRegistrationQr({
      registrationId,
      nonce: () => this.asDevice((client, token) => client.call(routes.device.nonce, { token })),
      sign: (bytes) => this.#getConnection().key.sign(bytes),
      now: clock.now,
      random,
    })
  }

  async unlock(pin: string): Promise<void> {
    // With it comes the codec of QR codes, which the first screen need not wait for.
    const { Unlocked } = await import('./unlocked.ts')
    const unlocked = await this.asDevice(async (client, token) => {
      const holder = await client.call(routes.holder.unlock, { token, body: { pin } })
      return Unlocked.begin({
        client,
        token: holder,
        nonce: (signal) => this.asDevice((asking, device) => asking.call(routes.device.nonce, { token: device, signal })),
        clock: this.#ports.clock,
        random: this.#ports.random,
      })
    })
    this.#unlocked = unlocked
    const status = findStatus(this.state.value)
    if (status) this.#stand(status)
  }

  /** Forgets everything the PIN opened. */
  lock(): void {
    this.#unlocked?.end()
    this.#unlocked = undefined
    const { value } = this.state
    if (value.at === 'open') this.state.set({ at: 'locked', status: value.status })
  }

  /** Acts with the device token; an expired one is renewed once. */
  async asDevice<T>(act: (client: Client, token: string) => Promise<T>): Promise<T> {
    const client = this.#getClient()
    return this.#heeding(async () => {
      try {
        return await act(client, await this.deviceToken())
      } catch (error) {
        if (!isTokenProblem(error)) throw error
        this.#token = undefined
        return act(client, await this.deviceToken())
      }
    })
  }

  /** Acts with the holder token; without one, or with an expired one, the app locks and `token-expired` is the answer. */
  async asHolder<T>(act: (client: Client, token: string) => Promise<T>): Promise<T> {
    const unlocked = this.#unlocked
    if (!unlocked) throw new DomainError('token-expired')
    return this.#heeding(async () => {
      try {
        return await act(this.#getClient(), unlocked.token)
      } catch (error) {
        if (isTokenProblem(error)) this.lock()
        throw error
      }
    })
  }

  deviceToken(): Promise<string> {
    this.#token ??= this.#newToken()
    return this.#token
  }

  /** For a stream: a connection lives longer than a token, so each begins with a new one. */
  freshDeviceToken(): Promise<string> {
    this.#token = undefined
    return this.deviceToken()
  }

  #getClient(): Client {
    return this.#getConnection().client
  }

  /** Screens that ask come after the key. */
  #getConnection(): Connection {
    if (!this.#connection) throw new DomainError('device-unknown')
    return this.#connection
  }

  async #newToken(): Promise<string> {
    try {
      const session = await this.#heeding(() => this.#getClient().call(routes.device.session))
      return session.token.accessToken
    } catch (error) {
      this.#token = undefined
      throw error
    }
  }

  /** Any answer may be the one that says this phone is blocked, suspended or unknown. */
  async #heeding<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (error instanceof DomainError) this.#heed(error)
      throw error
    }
  }

  #heed(error: DomainError): void {
    if (error.code !== 'device-unknown' && error.code !== 'device-blocked' && error.code !== 'device-suspended') return
    const status = findStatus(this.state.value)
    this.#unlocked?.end()
    this.#unlocked = undefined
    this.#token = undefined
    if (error.code === 'device-unknown') return this.state.set({ at: 'unregistered' })
    if (!status) return this.state.set({ at: 'shut' })
    // Nothing of the person stays on the screen while the server is asked for the rest.
    this.state.set({ at: 'in-progress', status: { ...status, state: error.code === 'device-blocked' ? 'blocked' : 'suspended' } })
    void this.refresh().catch(() => {})
  }

  #stand(status: DeviceStatus): void {
    if (status.state !== 'active') {
      this.#unlocked?.end()
      this.#unlocked = undefined
      return this.state.set({ at: 'in-progress', status })
    }
    this.state.set({ at: this.#unlocked ? 'open' : 'locked', status })
  }
}

function isTokenProblem(error: unknown): boolean {
  return error instanceof DomainError && (error.code === 'token-expired' || error.code === 'token-invalid')
}
