import './totp-setup.ts'
import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AccountApi } from '../desk/account-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

/**
 * Chooses and sets up a second step: an authenticator app, or a passkey where there can be one.
 *
 * @fires factor-added
 */
@customElement('factor-setup')
export class FactorSetup extends LocalisedElement {
  @property({ attribute: false }) api!: AccountApi
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @state() private chosen: 'totp' | undefined
  readonly #making = new Doing(this)

  override render() {
    if (this.chosen) return html`<totp-setup .api=${this.api} @factor-left=${() => (this.chosen = undefined)} @factor-added=${() => (this.chosen = undefined)}></totp-setup>`
    return html`<div class="stack">
      <div class="row">
        <ikd-button ?disabled=${this.#making.busy} @click=${() => (this.chosen = 'totp')}>${say({ id: 'Aplikasi autentikator', en: 'Authenticator app' })}</ikd-button>
        ${this.passkeys
          ? html`<ikd-button variant="secondary" ?busy=${this.#making.busy} @click=${() => void this.#makePasskey()}>${say({ id: 'Kunci sandi (sidik jari, PIN, atau kunci USB)', en: 'Passkey (finger, PIN or USB key)' })}</ikd-button>`
          : nothing}
      </div>
      ${this.passkeys
        ? nothing
        : html`<p class="muted">${say({ id: 'Kunci sandi tidak tersedia di aplikasi ini; aplikasi autentikator berjalan di ponsel apa pun.', en: 'Passkeys are not available in this app; an authenticator app runs on any phone.' })}</p>`}
      ${problemNotice(this.#making.problem)}
    </div>`
  }

  async #makePasskey(): Promise<void> {
    const { passkeys } = this
    if (!passkeys) return
    const made = await this.#making.run(async () => {
      const { ticket, passkey } = await this.api.startPasskey()
      return this.api.confirmPasskey(ticket, say({ id: 'Kunci sandi', en: 'Passkey' }), await passkeys.create(passkey))
    })
    if (made) this.dispatchEvent(new CustomEvent('factor-added', { bubbles: true, composed: true }))
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'factor-setup': FactorSetup
  }
}
