import { DomainError, routes } from '@ikd/contract'
import { Doing, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { findPinWeakness } from '../holder/pin-rules.ts'
import { pinRules, pinWeaknessText } from '../texts/pin-text.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'

type Stage =
  | { readonly at: 'closed' }
  | { readonly at: 'current'; readonly error: string }
  | { readonly at: 'new'; readonly currentPin: string; readonly error: string }
  | { readonly at: 'again'; readonly currentPin: string; readonly newPin: string }
  | { readonly at: 'changed' }

/** *Ubah PIN*: the old one, the new one, the new one again. */
@customElement('ikd-pin-change')
export class PinChange extends Part {
  @state() private stage: Stage = { at: 'closed' }
  readonly #sending = new Doing(this)

  override render() {
    const { stage } = this
    if (stage.at === 'closed' || stage.at === 'changed') {
      return html`
        ${stage.at === 'changed' ? html`<ikd-notice kind="success" heading=${say({ id: 'PIN sudah diubah', en: 'The PIN has been changed' })}></ikd-notice>` : nothing}
        <ikd-button variant="secondary" @click=${() => this.#go({ at: 'current', error: '' })}>${say({ id: 'Ubah PIN', en: 'Change PIN' })}</ikd-button>
      `
    }
    return html`
      ${stage.at === 'new' ? pinRules() : nothing}
      <ikd-digits label=${this.#label(stage.at)} length="6" secret error=${'error' in stage ? stage.error : ''} @ikd-complete=${this.#typed}></ikd-digits>
      ${this.#sending.busy ? html`<ikd-progress label=${say({ id: 'Mengubah PIN', en: 'Changing the PIN' })}></ikd-progress>` : nothing}
      ${problemNotice(this.#sending.problem)}
      <ikd-button variant="quiet" @click=${() => this.#go({ at: 'closed' })}>${say({ id: 'Batal', en: 'Cancel' })}</ikd-button>
    `
  }

  #label(at: 'current' | 'new' | 'again'): string {
    if (at === 'current') return say({ id: 'PIN sekarang', en: 'Present PIN' })
    return at === 'new' ? say({ id: 'PIN baru', en: 'New PIN' }) : say({ id: 'Ketik PIN baru sekali lagi', en: 'Type the new PIN once more' })
  }

  #go(stage: Stage): void {
    this.stage = stage
    this.#sending.forget()
    void this.#begin()
  }

  async #begin(): Promise<void> {
    await this.updateComplete
    const digits = this.renderRoot.querySelector('ikd-digits')
    digits?.clear()
    digits?.focus()
  }

  readonly #typed = (event: CustomEvent<{ value: string }>): void => {
    const { value } = event.detail
    const { stage } = this
    if (stage.at === 'current') this.#go({ at: 'new', currentPin: value, error: '' })
    if (stage.at === 'new') {
      const weakness = findPinWeakness(value)
      if (weakness) this.#go({ ...stage, error: pinWeaknessText(weakness) })
      else this.#go({ at: 'again', currentPin: stage.currentPin, newPin: value })
    }
    if (stage.at === 'again') void this.#change(stage, value)
  }

  async #change({ currentPin, newPin }: Extract<Stage, { at: 'again' }>, typed: string): Promise<void> {
    if (typed !== newPin) {
      return this.#go({ at: 'new', currentPin, error: say({ id: 'Kedua PIN tidak sama. Mulai lagi.', en: 'The two PINs differ. Please begin again.' }) })
    }
    const { session } = this.ports
    await this.#sending.run(() =>
      session.asHolder((client, token) => client.call(routes.holder.changePin, { token, body: { currentPin, newPin } })),
    )
    const { problem } = this.#sending
    if (problem === undefined) this.stage = { at: 'changed' }
    else if (problem instanceof DomainError) {
      this.stage = problem.code === 'pin-too-simple' ? { at: 'new', currentPin, error: '' } : { at: 'current', error: '' }
      await this.#begin()
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-pin-change': PinChange
  }
}
