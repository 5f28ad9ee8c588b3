import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AccountApi, NewTotp } from '../desk/account-api.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

/**
 * An authenticator app is told the secret, by picture or by typing, and proves with a code that it has it.
 *
 * @fires factor-added when the server has taken the code
 * @fires factor-left when the person goes back
 */
@customElement('totp-setup')
export class TotpSetup extends LocalisedElement {
  @property({ attribute: false }) api!: AccountApi
  @property({ attribute: false }) made!: NewTotp
  @state() private code = ''
  readonly #confirming = new Doing(this)

  override firstUpdated(): void {
    const digits = this.renderRoot.querySelector('ikd-digits')
    void digits?.updateComplete.then(() => digits.focus())
  }

  override render() {
    const { made } = this
    return html`<form class="stack" @submit=${this.#submitted}>
      <ol>
        <li>${say({ id: 'Buka aplikasi autentikator di ponsel Anda (misalnya Aegis, Google Authenticator, Microsoft Authenticator).', en: 'Open an authenticator app on your phone (e.g. Aegis, Google Authenticator, Microsoft Authenticator).' })}</li>
        <li>${say({ id: 'Tambahkan akun: pindai gambar ini, atau ketik kuncinya.', en: 'Add an account: scan this picture, or type the key.' })}</li>
        <li>${say({ id: 'Ketik 6 angka yang muncul di aplikasi itu.', en: 'Type the six digits the app shows.' })}</li>
      </ol>
      <div class="secret">
        <ikd-qr .text=${made.uri} label=${say({ id: 'QR untuk aplikasi autentikator', en: 'QR for the authenticator app' })}></ikd-qr>
        <dl>
          <dt>${say({ id: 'Kunci', en: 'Key' })}</dt>
          <dd><code>${inGroups(made.secret)}</code></dd>
          <dt>${say({ id: 'Jenis', en: 'Kind' })}</dt>
          <dd>${say({ id: 'Berbasis waktu, 6 angka, 30 detik', en: 'Time-based, 6 digits, 30 seconds' })}</dd>
        </dl>
      </div>
      <p class="muted">${say({ id: 'Kunci ini hanya tampil sekarang. Jangan difoto atau dikirim kepada siapa pun.', en: 'This key is shown only now. Do not photograph it or send it to anybody.' })}</p>
      <ikd-digits
        label=${say({ id: 'Kode 6 angka', en: 'Six-digit code' })}
        .value=${this.code}
        ?disabled=${this.#confirming.busy}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.code = event.detail.value)}
      ></ikd-digits>
      ${problemNotice(this.#confirming.problem)}
      <div class="row">
        <ikd-button type="submit" ?busy=${this.#confirming.busy} ?disabled=${this.code.length < 6}>${say({ id: 'Pasang', en: 'Set up' })}</ikd-button>
        ${this.#back()}
      </div>
    </form>`
  }

  #back() {
    return html`<ikd-button variant="quiet" @click=${() => this.#tell('factor-left')}>${say({ id: 'Kembali', en: 'Back' })}</ikd-button>`
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const { made, code } = this
    if (code.length < 6) return
    const done = await this.#confirming.run(() => this.api.confirmTotp(made.factorId, code))
    this.code = ''
    if (done) this.#tell('factor-added')
    else this.renderRoot.querySelector('ikd-digits')?.focus()
  }

  #tell(type: 'factor-added' | 'factor-left'): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }))
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      ol {
        margin: 0;
        padding-inline-start: 1.25rem;
      }
      .secret {
        display: grid;
        grid-template-columns: minmax(12rem, 16rem) 1fr;
        gap: var(--ikd-space-4);
        align-items: center;
      }
      dl {
        grid-template-columns: 1fr;
      }
      code {
        font-size: var(--ikd-size-large);
        letter-spacing: 0.05em;
        overflow-wrap: anywhere;
      }
      @media (max-width: 40rem) {
        .secret {
          grid-template-columns: 1fr;
        }
      }
    `,
  ]
}

/** `ABCD EFGH …`: eight groups of four are typed without losing one's place. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}

declare global {
  interface HTMLElementTagNameMap {
    'totp-setup': TotpSetup
  }
}
