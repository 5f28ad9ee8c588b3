import { type Client, joinSignals, NetworkError } from '@ikd/client'
import { routes } from '@ikd/contract'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { problemNotice } from '../components/problem-notice.ts'
import { solveChallenge } from './solve-challenge.ts'

type Check =
  | { readonly at: 'waiting' }
  | { readonly at: 'working' }
  | { readonly at: 'offline' }
  | { readonly at: 'done'; readonly payload: string; readonly idempotencyKey: string }
  | { readonly at: 'failed'; readonly problem: unknown }

/** A phone that calls itself online may still reach nobody. */
const retryMs = 5_000

/** Resolves when the phone says it is online, or after `ms` when it says so already; rejects with the signal's reason. */
function untilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = navigator.onLine ? setTimeout(finish, ms) : undefined
    window.addEventListener('online', finish)
    signal.addEventListener('abort', finish)
    function finish(): void {
      clearTimeout(timer)
      window.removeEventListener('online', finish)
      signal.removeEventListener('abort', finish)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    }
  })
}

/**
 * "I am not a robot": the phone does a small sum for the server (ALTCHA proof of work). No pictures, no tracking, nothing
 * to read or hear. Fires `ikd-captcha` when `payload` changes; a payload serves once, then `reset()`.
 */
@customElement('ikd-captcha-check')
export class CaptchaCheck extends LocalisedElement {
  @property({ attribute: false }) client!: Client
  /** The form was sent without it. */
  @property({ type: Boolean }) missing = false
  /** How hard it must be, where the server has said so. */
  @property({ type: Number }) effort: number | undefined
  @state() private check: Check = { at: 'waiting' }
  #stop = new AbortController()

  get payload(): string | undefined {
    return this.check.at === 'done' ? this.check.payload : undefined
  }

  /** Of the one request the payload serves for: pressed again after a lost answer, it is the same request. */
  get idempotencyKey(): string {
    return this.check.at === 'done' ? this.check.idempotencyKey : crypto.randomUUID()
  }

  reset(): void {
    this.#set({ at: 'waiting' })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop.abort()
  }

  override focus(): void {
    this.renderRoot.querySelector('ikd-button')?.focus()
  }

  override render() {
    return html`<div class="check">
      ${this.#face()}
      ${this.missing && this.check.at === 'waiting'
        ? html`<p class="missing">${say({ id: 'Tekan tombol ini dulu.', en: 'Press this button first.' })}</p>`
        : ''}
    </div>`
  }

  #face() {
    switch (this.check.at) {
      case 'waiting':
        return html`<ikd-button variant="secondary" @click=${this.#solve}>${say({ id: 'Saya bukan robot', en: 'I am not a robot' })}</ikd-button>`
      case 'working':
        return html`<ikd-progress
          label=${say({ id: 'Memeriksa bahwa Anda bukan robot (beberapa detik)', en: 'Checking that you are not a robot (a few seconds)' })}
        ></ikd-progress>`
      case 'offline':
        return html`<ikd-progress label=${say({ id: 'Menunggu sambungan internet…', en: 'Waiting for an internet connection…' })}></ikd-progress>`
      case 'done':
        return html`<p role="status"><span aria-hidden="true">✓</span> ${say({ id: 'Bukan robot: sudah diperiksa', en: 'Not a robot: checked' })}</p>`
      case 'failed':
        return problemNotice(this.check.problem, this.#solve)
    }
  }

  readonly #solve = async (): Promise<void> => {
    this.#stop.abort()
    const stop = new AbortController()
    this.#stop = stop
    this.#set({ at: 'working' })
    try {
      const challenge = await this.#fetchChallenge(stop.signal)
      const payload = await solveChallenge(challenge, stop.signal)
      this.#set({ at: 'done', payload, idempotencyKey: crypto.randomUUID() })
    } catch (problem) {
      if (!stop.signal.aborted) this.#set({ at: 'failed', problem })
    }
  }

  /** Goes on by itself once there is a network: a person in a field without signal need not press again and again. */
  async #fetchChallenge(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    for (;;) {
      if (navigator.onLine) {
        this.#set({ at: 'working' })
        try {
          return await this.#callWhileOnline(signal)
        } catch (problem) {
          if (!(problem instanceof NetworkError)) throw problem
        }
      }
      this.#set({ at: 'offline' })
      await untilOnline(retryMs, signal)
    }
  }

  /** Given up as soon as the phone says that its network is gone, rather than when the last retry has failed. */
  async #callWhileOnline(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    const lost = new AbortController()
    const lose = () => lost.abort(new NetworkError('offline'))
    const { signal: either, release } = joinSignals(signal, lost.signal)
    window.addEventListener('offline', lose, { once: true })
    try {
      return await this.client.call(routes.service.captcha, { query: this.effort === undefined ? {} : { effort: this.effort }, signal: either })
    } finally {
      release()
      window.removeEventListener('offline', lose)
    }
  }

  #set(check: Check): void {
    this.check = check
    this.dispatchEvent(new CustomEvent('ikd-captcha'))
  }

  static override readonly styles = [
    baseStyles,
    css`
      .check {
        padding: var(--ikd-space-3);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius);
        background: var(--ikd-surface);
      }
      ikd-button {
        display: block;
      }
      .missing {
        margin-block-start: var(--ikd-space-2);
        color: var(--ikd-danger);
        font-weight: 600;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-captcha-check': CaptchaCheck
  }
}
