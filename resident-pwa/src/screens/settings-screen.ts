import '../components/contact-change.ts'
import '../components/office-list.ts'
import '../components/pin-change.ts'
import '../components/receipt-code.ts'
import { say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Observing } from '../components/observing.ts'
import { Screen } from '../components/screen.ts'
import { findStatus } from '../holder/holder-state.ts'
import { askPersistence } from '../holder/storage-persistence.ts'

export const tag = 'ikd-settings-screen'

/** *Pengaturan*: PIN, contact, language, what the browser said about storage, receipt code, offices. */
@customElement(tag)
export class SettingsScreen extends Screen {
  readonly #persistence = new Observing(this, () => this.ports.persistence)

  protected heading() {
    return say({ id: 'Pengaturan', en: 'Settings' })
  }

  protected body() {
    const status = findStatus(this.ports.session.state.value)
    return html`
      <ikd-card heading=${say({ id: 'Ubah PIN', en: 'Change PIN' })}><ikd-pin-change .ports=${this.ports}></ikd-pin-change></ikd-card>
      <ikd-card heading=${say({ id: 'E-mail dan nomor ponsel', en: 'E-mail and phone number' })}><ikd-contact-change .ports=${this.ports}></ikd-contact-change></ikd-card>
      <ikd-card heading=${say({ id: 'Bahasa', en: 'Language' })}><ikd-language></ikd-language></ikd-card>
      <ikd-card heading=${say({ id: 'Penyimpanan kunci', en: 'Where the key is kept' })}>${this.#storage()}</ikd-card>
      ${status
        ? html`<ikd-card class="printed" heading=${say({ id: 'Kode resi', en: 'Receipt code' })}><ikd-receipt-code .code=${status.receiptCode}></ikd-receipt-code></ikd-card>`
        : nothing}
      <ikd-office-list .client=${this.ports.open}></ikd-office-list>
    `
  }

  #storage() {
    switch (this.#persistence.value) {
      case 'granted':
        return html`<p>${say({ id: 'Ponsel ini berjanji tidak menghapus kunci IKD.', en: 'This phone has promised not to delete the IKD key.' })}</p>`
      case 'asking':
        return html`<div class="stack tight">
          <p role="status">
            ${say({
              id: 'Peramban Anda sedang bertanya di dekat alamat: izinkan penyimpanan. IKD tetap dapat dipakai sambil menunggu.',
              en: 'Your browser is asking beside the address: allow storage. IKD works while it waits.',
            })}
          </p>
          ${this.#askButton(say({ id: 'Tanyakan sekali lagi', en: 'Ask once more' }))}
        </div>`
      case 'unsupported':
      case 'unknown':
        return html`<p>${say({ id: 'Ponsel ini tidak memberi tahu apakah kunci IKD disimpan tetap.', en: 'This phone does not tell whether it keeps the IKD key for good.' })}</p>`
      case 'refused':
        return html`<div class="stack tight">
          <p>
            ${say({
              id: 'Kunci IKD bisa terhapus oleh ponsel bila ruang habis. Pasang IKD ke layar utama, lalu minta lagi.',
              en: 'The phone may delete the IKD key when space runs out. Install IKD to your home screen, then ask again.',
            })}
          </p>
          ${this.#askButton(say({ id: 'Minta agar kunci disimpan tetap', en: 'Ask to keep the key for good' }))}
        </div>`
    }
  }

  #askButton(text: string) {
    return html`<ikd-button variant="secondary" @click=${() => askPersistence(this.ports.persistence)}>${text}</ikd-button>`
  }

  static override readonly styles = [
    ...Screen.styles,
    css`
      /* On paper: the receipt code alone. */
      @media print {
        ikd-card:not(.printed),
        ikd-office-list {
          display: none;
        }
      }
    `,
  ]
}
