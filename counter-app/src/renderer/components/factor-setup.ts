import './account-proof.ts'
import './totp-setup.ts'
import type { AccountProof } from '@ikd/contract'
import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AccountApi, NewPasskey, NewTotp } from '../desk/account-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

type Setup = { readonly at: 'choosing' } | { readonly at: 'proving'; readonly kind: 'totp' | 'passkey' } | { readonly at: 'showing'; readonly made: NewTotp }

const choosing: Setup = { at: 'choosing' }

/**
 * Chooses and sets up a second step: an authenticator app, or a passkey where there can be one. Who has one already proves
 * it first.
 *
 * @fires factor-added
 */
@customElement('factor-setup')
export class FactorSetup extends LocalisedElement {
  @property({ attribute: false }) api!: AccountApi
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @state() private setup: Setup = choosing
  readonly #making = new Doing(this)

  override render() {
    const { setup } = this
    switch (setup.at) {
      case 'choosing':
        return this.#choice()
      case 'proving':
        return html`<account-proof
          .api=${this.api}
          .act=${'add-factor'}
          .passkeys=${this.passkeys}
          .use=${(proof: AccountProof | undefined) => this.#begin(setup.kind, proof)}
          @proof-left=${this.#choose}
        ></account-proof>`
      case 'showing':
        return html`<totp-setup .api=${this.api} .made=${setup.made} @factor-left=${this.#choose} @factor-added=${this.#choose}></totp-setup>`
    }
  }

  #choice() {
    return html`<div class="stack">
      <div class="row">
        <ikd-button ?disabled=${this.#making.busy} @click=${() => this.#prove('totp')}>${say({ id: 'Aplikasi autentikator', en: 'Authenticator app' })}</ikd-button>
        ${this.passkeys
          ? html`<ikd-button variant="secondary" ?busy=${this.#making.busy} @click=${() => this.#prove('passkey')}>${say({ id: 'Kunci sandi (sidik jari, PIN, atau kunci USB)', en: 'Passkey (finger, PIN or USB key)' })}</ikd-button>`
          : nothing}
      </div>
      ${this.passkeys
        ? nothing
        : html`<p class="muted">${say({ id: 'Kunci sandi tidak tersedia di aplikasi ini; aplikasi autentikator berjalan di ponsel apa pun.', en: 'Passkeys are not available in this app; an authenticator app runs on any phone.' })}</p>`}
      ${problemNotice(this.#making.problem)}
    </div>`
  }

  readonly #choose = (): void => {
    this.setup = choosing
  }

  #prove(kind: 'totp' | 'passkey'): void {
    this.#making.forget()
    this.setup = { at: 'proving', kind }
  }

  async #begin(kind: 'totp' | 'passkey', proof: AccountProof | undefined): Promise<void> {
    if (kind === 'totp') {
      this.setup = { at: 'showing', made: await this.api.startTotp('Aplikasi autentikator', proof) }
      return
    }
    const begun = await this.api.startPasskey(proof)
    this.setup = choosing
    // The proof has served: what goes wrong from here on is told where one begins again.
    void this.#makePasskey(begun)
  }

  async #makePasskey({ ticket, passkey }: NewPasskey): Promise<void> {
    const { passkeys } = this
    if (!passkeys) return
    const made = await this.#making.run(async () => this.api.confirmPasskey(ticket, say({ id: 'Kunci sandi', en: 'Passkey' }), await passkeys.create(passkey)))
    if (made) this.dispatchEvent(new CustomEvent('factor-added', { bubbles: true, composed: true }))
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'factor-setup': FactorSetup
  }
}
