import { DomainError, routes } from '@ikd/contract'
import { Doing, type IkdDigits, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { findPinWeakness } from '../holder/pin-rules.ts'
import { pinRules, pinWeaknessText } from '../texts/pin-text.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'

type Stage = { readonly at: 'first'; readonly error: string } | { readonly at: 'again'; readonly pin: string }

/** The resident's own PIN, typed twice; nobody else has ever known it. */
@customElement('ikd-pin-creation')
export class PinCreation extends Part {
  @state() private stage: Stage = { at: 'first', error: '' }
  @query('ikd-digits') private readonly digits!: IkdDigits | null
  readonly #sending = new Doing(this)

  override render() {
    const { stage } = this
    return html`
      <p>
        ${say({
          id: 'PIN diminta setiap kali IKD dibuka. Pilih enam angka yang hanya Anda ketahui.',
          en: 'The PIN is asked whenever IKD is opened. Choose six digits that only you know.',
        })}
      </p>
      ${stage.at === 'first' ? pinRules() : nothing}
      ${this.#sending.busy ? html`<ikd-progress label=${say({ id: 'Menyimpan PIN', en: 'Saving the PIN' })}></ikd-progress>` : nothing}
      ${problemNotice(this.#sending.problem)}
      <ikd-digits
        label=${stage.at === 'first' ? say({ id: 'PIN baru', en: 'New PIN' }) : say({ id: 'Ketik PIN sekali lagi', en: 'Type the PIN once more' })}
        length="6"
        secret
        pad
        error=${stage.at === 'first' ? stage.error : ''}
        @ikd-complete=${this.#typed}
      ></ikd-digits>
      ${stage.at === 'again'
        ? html`<ikd-button variant="quiet" @click=${() => this.#begin('')}>${say({ id: 'Pilih PIN lain', en: 'Choose another PIN' })}</ikd-button>`
        : nothing}
      <p class="muted small">
        ${say({
          id: 'PIN yang lupa tidak dapat dikirim ulang: aktivasi diulang di kantor.',
          en: 'A forgotten PIN cannot be sent again: the activation is repeated at the office.',
        })}
      </p>
    `
  }

  #begin(error: string): void {
    this.stage = { at: 'first', error }
    this.digits?.clear()
    void this.#focus()
  }

  /** Once the new words stand there, for they decide where the field is. */
  async #focus(): Promise<void> {
    await this.updateComplete
    await this.digits?.updateComplete
    this.digits?.focus()
  }

  readonly #typed = async (event: CustomEvent<{ value: string }>): Promise<void> => {
    const { value: pin } = event.detail
    const { stage } = this
    if (stage.at === 'first') {
      const weakness = findPinWeakness(pin)
      if (weakness) return this.#begin(pinWeaknessText(weakness))
      this.#sending.forget()
      this.stage = { at: 'again', pin }
      this.digits?.clear()
      return this.#focus()
    }
    if (pin !== stage.pin) {
      return this.#begin(say({ id: 'Kedua PIN tidak sama. Mulai lagi.', en: 'The two PINs differ. Please begin again.' }))
    }
    const { session } = this.ports
    await this.#sending.run(() => session.advance((client, token) => client.call(routes.device.setPin, { token, body: { pin } })))
    const { problem } = this.#sending
    if (problem instanceof DomainError && problem.code === 'pin-too-simple') this.#begin('')
    else if (problem !== undefined) this.digits?.clear()
    // The same PIN opens the app at once, rather than asking for it a third time.
    else await session.unlock(pin).catch(() => {})
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-pin-creation': PinCreation
  }
}
