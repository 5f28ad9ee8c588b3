import { DomainError } from '@ikd/contract'
import { Doing, formatRemaining, type IkdDigits, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, query } from 'lit/decorators.js'
import { problemNotice } from '../components/problem-notice.ts'
import { Screen } from '../components/screen.ts'
import { Ticking } from '../components/ticking.ts'

export const tag = 'ikd-lock-screen'

/** The PIN, at every open. Counted on the server; the pause counts down here. */
@customElement(tag)
export class LockScreen extends Screen {
  @query('ikd-digits') private readonly digits!: IkdDigits | null
  readonly #unlocking = new Doing(this)
  readonly #ticking = new Ticking(this, () => this.#pausedUntil() !== undefined)

  protected heading() {
    return say({ id: 'Masukkan PIN', en: 'Enter your PIN' })
  }

  protected body() {
    const { problem, busy } = this.#unlocking
    if (problem instanceof DomainError && problem.code === 'pin-blocked') return this.#blocked()
    const until = this.#pausedUntil()
    if (until !== undefined) return this.#paused(until)
    // A pause that is over has nothing more to say.
    const said = problem instanceof DomainError && problem.code === 'pin-paused' ? undefined : problem
    return html`
      ${problemNotice(said)}
      ${busy ? html`<ikd-progress label=${say({ id: 'Membuka IKD', en: 'Opening IKD' })}></ikd-progress>` : nothing}
      <ikd-digits label="PIN" length="6" secret pad ?disabled=${busy} @ikd-complete=${this.#unlock}></ikd-digits>
      <p class="muted small">
        ${say({
          id: 'Petugas tidak pernah menanyakan PIN Anda. Lupa PIN? Aktivasi diulang di kantor, dengan wajah Anda.',
          en: 'No officer ever asks for your PIN. Forgotten it? The activation is repeated at the office, with your face.',
        })}
      </p>
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
      ${problemNotice(this.#unlocking.problem)}
      <ikd-office-list .client=${this.ports.open}></ikd-office-list>
    `
  }

  #pausedUntil(): number | undefined {
    const { problem } = this.#unlocking
    if (!(problem instanceof DomainError) || problem.code !== 'pin-paused') return undefined
    const { retryAt } = problem.facts
    return retryAt !== undefined && retryAt > this.ports.clock.now() ? retryAt : undefined
  }

  readonly #unlock = async (event: CustomEvent<{ value: string }>): Promise<void> => {
    const { value: pin } = event.detail
    await this.#unlocking.run(() => this.ports.session.unlock(pin))
    const { problem } = this.#unlocking
    if (problem === undefined) return
    this.digits?.clear()
    await this.updateComplete
    this.digits?.focus()
    if (problem instanceof DomainError && problem.code === 'pin-blocked') await import('../components/office-list.ts')
  }
}
