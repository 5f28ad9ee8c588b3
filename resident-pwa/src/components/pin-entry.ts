import { DomainError } from '@ikd/contract'
import { Doing, formatRemaining, type IkdDigits, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { Part } from './part.ts'
import { pinLocked } from './pin-locked.ts'
import { problemNotice } from './problem-notice.ts'
import { Ticking } from './ticking.ts'

/** The PIN for one thing. Counted on the server; the pause counts down here, and after ten wrong ones the way on is named. */
@customElement('ikd-pin-entry')
export class PinEntry extends Part {
  /** What the PIN is for; a refusal is said here. */
  @property({ attribute: false }) enter!: (pin: string) => Promise<unknown>
  @property() label = 'PIN'
  /** What is going on while the server answers. */
  @property() waitingFor = ''
  /** Big keys of our own, where the PIN is all there is on the screen. */
  @property({ type: Boolean }) pad = false
  @query('ikd-digits') private readonly digits!: IkdDigits | null
  readonly #entering = new Doing(this)
  readonly #ticking = new Ticking(this, () => this.#pausedUntil() !== undefined)

  override focus(): void {
    this.digits?.focus()
  }

  override render() {
    const { problem, busy } = this.#entering
    if (problem instanceof DomainError && problem.code === 'pin-blocked') return this.#blocked()
    const until = this.#pausedUntil()
    if (until !== undefined) return this.#paused(until)
    // A pause that is over has nothing more to say.
    const said = problem instanceof DomainError && problem.code === 'pin-paused' ? undefined : problem
    return html`
      ${problemNotice(said)}
      ${busy ? html`<ikd-progress label=${this.waitingFor}></ikd-progress>` : nothing}
      <ikd-digits label=${this.label} length="6" secret ?pad=${this.pad} ?disabled=${busy} @ikd-complete=${this.#typed}></ikd-digits>
    `
  }

  #paused(until: number) {
    const remaining = until - this.ports.clock.now()
    return html`
      <ikd-notice kind="warning" heading=${say({ id: 'PIN salah tiga kali', en: 'Three wrong PINs' })}>
        <p>${say({ id: 'Demi keamanan, tunggu sebentar. Setelah itu Anda dapat mencoba lagi di sini.', en: 'For your safety, please wait. After that you can try again here.' })}</p>
      </ikd-notice>
      <div class="row">
        <ikd-ring .total=${300_000} .remaining=${remaining} label=${say({ id: 'Sisa waktu tunggu', en: 'Time left to wait' })}></ikd-ring>
        <p class="code">${formatRemaining(remaining)}</p>
      </div>
    `
  }

  #blocked() {
    return html`
      ${pinLocked(this.ports)}
      <ikd-office-list .client=${this.ports.open}></ikd-office-list>
    `
  }

  #pausedUntil(): number | undefined {
    const { problem } = this.#entering
    if (!(problem instanceof DomainError) || problem.code !== 'pin-paused') return undefined
    const { retryAt } = problem.facts
    return retryAt !== undefined && retryAt > this.ports.clock.now() ? retryAt : undefined
  }

  readonly #typed = async (event: CustomEvent<{ value: string }>): Promise<void> => {
    const { value: pin } = event.detail
    await this.#entering.run(() => this.enter(pin))
    const { problem } = this.#entering
    if (problem === undefined) return
    this.digits?.clear()
    await this.updateComplete
    this.digits?.focus()
    if (problem instanceof DomainError && problem.code === 'pin-blocked') await import('./office-list.ts')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-pin-entry': PinEntry
  }
}
