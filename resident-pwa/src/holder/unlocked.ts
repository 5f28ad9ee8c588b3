import { type Client, generateSigningKey, type SigningKey, webCryptoSigningKey } from '@ikd/client'
import { type AccessToken, type AnswerOf, type EpochNonce, routes } from '@ikd/contract'
import { decodeBase64Url, encodeBase64Url } from './bytes.ts'
import type { Clock } from './clock.ts'
import { EpochNonces } from './nonce-source.ts'
import { type Choice, type Grant, makePresentation } from './presentation-maker.ts'
import type { MadeQr } from './rotating-qr.ts'
import { ServerTime } from './server-time.ts'

export interface UnlockPorts {
  readonly client: Client
  readonly token: AccessToken
  readonly nonce: (signal: AbortSignal) => Promise<EpochNonce>
  readonly clock: Clock
  readonly random: (length: number) => Uint8Array
}

/** What a person's PIN opened, in memory only: the holder token, the presentation key with its grant, and what was fetched. */
export class Unlocked {
  readonly token: string
  /** By the phone's clock. */
  readonly until: number
  readonly #ports: UnlockPorts
  readonly #key: SigningKey
  readonly #grant: Grant
  readonly #time: ServerTime
  readonly #nonces: EpochNonces
  readonly #fetched = new Map<string, Promise<unknown>>()
  readonly #over = new AbortController()

  /** Registers a presentation key of this unlock (DESIGN §4, *The rotating QR*). */
  static async begin(ports: UnlockPorts): Promise<Unlocked> {
    const key = await webCryptoSigningKey(await generateSigningKey())
    const token = ports.token.accessToken
    const possession = encodeBase64Url(await key.sign(new TextEncoder().encode(token)))
    const sentAt = ports.clock.now()
    const answer = await ports.client.call(routes.holder.grant, { token, body: { publicKey: key.publicJwk, possession } })
    return new Unlocked(ports, key, answer, sentAt)
  }

  private constructor(ports: UnlockPorts, key: SigningKey, answer: AnswerOf<typeof routes.holder.grant>, sentAt: number) {
    this.#ports = ports
    this.#key = key
    this.token = ports.token.accessToken
    this.#time = new ServerTime(ports.clock.now)
    this.#nonces = new EpochNonces({ fetch: ports.nonce, time: this.#time, now: ports.clock.now })
    this.#nonces.hear(answer.epoch, sentAt)
    this.#grant = { handle: decodeBase64Url(answer.handle), expiresAt: answer.expiresAt, sign: (bytes) => this.#key.sign(bytes) }
    this.until = this.#time.toPhone(Math.min(ports.token.expiresAt, answer.expiresAt))
  }

  /** Aborts when the app locks. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  present(choice: Choice): Promise<MadeQr> {
    const { clock, random } = this.#ports
    return makePresentation({ grant: this.#grant, nonces: this.#nonces, time: this.#time, now: clock.now, random }, choice)
  }

  /** A server instant, by the phone's clock. */
  toPhone(instant: number): number {
    return this.#time.toPhone(instant)
  }

  /** Fetches once an unlock, so that a page seen stays there when the network goes; a failure is not kept. */
  once<T>(name: string, fetch: () => Promise<T>): Promise<T> {
    const known = this.#fetched.get(name) as Promise<T> | undefined
    if (known) return known
    const asked = fetch()
    this.#fetched.set(name, asked)
    asked.catch(() => this.#fetched.delete(name))
    return asked
  }

  end(): void {
    this.#fetched.clear()
    this.#over.abort()
  }
}
