import { say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { Part } from './part.ts'

/** The receipt code where it can be noted *before* the phone is lost: on paper, or with somebody trusted. */
@customElement('ikd-receipt-code')
export class ReceiptCode extends Part {
  @property() code = ''
  @state() private copied = false

  override render() {
    return html`
      <p class="code">${this.code}</p>
      <p>
        ${say({
          id: 'Catat kode ini di kertas, jauh dari ponsel. Kalau ponsel hilang, dengan kode ini IKD langsung dapat ditangguhkan dari perangkat mana saja.',
          en: 'Note this code on paper, away from the phone. If the phone is lost, it suspends IKD at once, from any device.',
        })}
      </p>
      <p class="muted small">
        ${say({
          id: `Halamannya: ${location.host}/tangguhkan. Kode ini hanya dapat menangguhkan; ia tidak membuka apa pun.`,
          en: `The page: ${location.host}/tangguhkan. The code can only suspend; it opens nothing.`,
        })}
      </p>
      <div class="row no-print">
        <ikd-button variant="secondary" @click=${this.#copy}>${say({ id: 'Salin', en: 'Copy' })}</ikd-button>
        <ikd-button variant="secondary" @click=${() => window.print()}>${say({ id: 'Cetak', en: 'Print' })}</ikd-button>
      </div>
      <p role="status">${this.copied ? say({ id: 'Kode sudah disalin.', en: 'The code has been copied.' }) : nothing}</p>
    `
  }

  /** Where the clipboard is closed, the code can be selected like any text. */
  readonly #copy = async (): Promise<void> => {
    this.copied = await navigator.clipboard.writeText(this.code).then(
      () => true,
      () => false,
    )
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-receipt-code': ReceiptCode
  }
}
