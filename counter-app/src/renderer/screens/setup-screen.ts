import '../components/factor-setup.ts'
import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { problemNotice } from '../components/problem-notice.ts'
import type { Desk } from '../desk/desk.ts'

/** Whoever came in by a setup code chooses a second step; nothing else of the desk is open yet. */
@customElement('setup-screen')
export class SetupScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  readonly #finishing = new Doing(this)

  override render() {
    return html`<div class="narrow">
      <ikd-card>
        <div class="stack">
          <h1>${say({ id: 'Pasang langkah kedua', en: 'Set up your second step' })}</h1>
          <p>
            ${say({
              id: 'Kata sandi saja tidak cukup untuk data penduduk. Pilih bagaimana Anda membuktikan diri setelah kata sandi. Anda dapat menambah yang lain nanti, di Akun.',
              en: 'A password alone is not enough for residents’ data. Choose how you prove yourself after it. You can add another later, under Account.',
            })}
          </p>
          <factor-setup .api=${this.desk.account} .passkeys=${this.desk.host.passkeys} @factor-added=${() => void this.#finishing.run(() => this.desk.session.finishSetup())}></factor-setup>
          ${problemNotice(this.#finishing.problem)}
          <div><ikd-button variant="quiet" @click=${() => void this.desk.session.signOut()}>${say({ id: 'Keluar', en: 'Sign out' })}</ikd-button></div>
        </div>
      </ikd-card>
    </div>`
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'setup-screen': SetupScreen
  }
}
