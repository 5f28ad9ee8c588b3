import './remove-factor-dialog.ts'
import type { NewFactor } from '@ikd/contract'
import { baseStyles, Doing, formatDateTime, isolate, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Desk } from '../desk/desk.ts'
import { factorText } from '../texts/staff-texts.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'
import type { Removal } from './remove-factor-dialog.ts'

/** Over every screen until it is answered: a second step was added elsewhere; is it theirs? */
@customElement('new-factors')
export class NewFactors extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) factors: readonly NewFactor[] = []
  /** Where the password is changed. */
  @property({ type: Boolean }) atAccount = false
  @state() private removal: Removal | undefined
  @state() private isRemoved = false
  readonly #answering = new Doing(this)

  override render() {
    const { account, host } = this.desk
    return html`${this.factors.map((factor) => this.#notice(factor))}
      ${this.isRemoved && this.atAccount
        ? html`<ikd-notice kind="success" heading=${say({ id: 'Sudah dihapus', en: 'It is removed' })}>
            <p>${say({ id: 'Semua sesi lain Anda diakhiri. Ganti kata sandi Anda sekarang di bawah ini, dan beri tahu admin kantor.', en: 'All your other sessions have ended. Change your password now, below, and tell the office’s admin.' })}</p>
          </ikd-notice>`
        : nothing}
      <remove-factor-dialog
        .api=${account}
        .passkeys=${host.passkeys}
        .removal=${this.removal}
        @dialog-closed=${() => (this.removal = undefined)}
        @factor-removed=${() => void this.#removed()}
      ></remove-factor-dialog>`
  }

  #notice({ id, kind, label, addedAt, workstation }: NewFactor) {
    const what = factorText[kind]
    const name = label && label !== say(what) ? ` (${isolate(label)})` : ''
    const at = formatDateTime(addedAt)
    return html`<ikd-notice kind="warning" heading=${say({ id: 'Langkah kedua baru di akun Anda. Ini Anda?', en: 'A new second step on your account. Was it you?' })}>
      <p>
        ${workstation
          ? say({ id: `${what.id}${name} ditambahkan pada ${at} di ${isolate(workstation)}.`, en: `${what.en}${name} was added on ${at} at ${isolate(workstation)}.` })
          : say({ id: `${what.id}${name} ditambahkan pada ${at}.`, en: `${what.en}${name} was added on ${at}.` })}
        ${say({ id: 'Bila bukan Anda, orang lain dapat masuk sebagai Anda.', en: 'If it was not you, somebody else can sign in as you.' })}
      </p>
      ${problemNotice(this.#answering.problem)}
      <div class="row">
        <ikd-button variant="danger" @click=${() => (this.removal = { id, kind })}>${say({ id: 'Bukan saya: hapus…', en: 'Not me: remove…' })}</ikd-button>
        <ikd-button variant="secondary" ?busy=${this.#answering.busy} @click=${() => void this.#acknowledge(id)}>${say({ id: 'Ya, ini saya', en: 'Yes, it was me' })}</ikd-button>
      </div>
    </ikd-notice>`
  }

  async #acknowledge(id: string): Promise<void> {
    await this.#answering.run(async () => {
      await this.desk.account.acknowledgeFactor(id)
      await this.desk.session.refresh()
    })
  }

  async #removed(): Promise<void> {
    this.removal = undefined
    this.isRemoved = true
    this.desk.go({ at: 'account' })
    await this.#answering.run(() => this.desk.session.refresh())
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      ikd-notice {
        display: block;
        margin-block-end: var(--ikd-space-4);
      }
      .row {
        margin-block-start: var(--ikd-space-3);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'new-factors': NewFactors
  }
}
