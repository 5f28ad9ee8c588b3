import { within } from '@ikd/client'
import { say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { Part } from './part.ts'

const copyMs = 3_000

/** The receipt code where it can be noted *before* the phone is lost: on paper, or with somebody trusted. */
@customElement('ikd-receipt-code')
export class ReceiptCode extends Part {
  @property() code = ''
  @state() private copied: 'not-yet' | 'copied' | 'refused' = 'not-yet'

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
      <p role="status">${this.#copyText()}</p>
    `
  }

  #copyText() {
    switch (this.copied) {
      case 'not-yet':
        return nothing
      case 'copied':
        return say({ id: 'Kode sudah disalin.', en: 'The code has been copied.' })
      case 'refused':
        return say({ id: 'Peramban tidak mengizinkan. Catat kodenya di kertas.', en: 'The browser does not allow it. Note the code on paper.' })
    }
  }

  // Missing outside a secure context, refused by some settings, and silent while a browser asks the person.
  readonly #copy = async (): Promise<void> => {
    try {
      await within(copyMs, navigator.clipboard.writeText(this.code), () => new Error('the clipboard is silent'))
      this.copied = 'copied'
    } catch {
      this.copied = 'refused'
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-receipt-code': ReceiptCode
  }
}
