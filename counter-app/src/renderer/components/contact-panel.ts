import type { Case } from '@ikd/contract'
import { baseStyles, formatDateTime, LocalisedElement, mailStateText, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from './desk-styles.ts'

/** How the mail to the new address is getting on, live. */
@customElement('contact-panel')
export class ContactPanel extends LocalisedElement {
  @property({ attribute: false }) change!: NonNullable<Case['contactChange']>

  override render() {
    const { newMasked, mail, mailFailure, expiresAt, sendsLeft } = this.change
    return html`<div class="stack" aria-live="polite">
      ${mail === 'bounced'
        ? html`<ikd-notice kind="error" heading=${mailStateText('bounced')}>
            <p>
              ${say({
                id: `Server penerima menolak ${newMasked}${mailFailure ? ` (${mailFailure})` : ''}. Tanyakan alamat yang benar sebelum warga pergi.`,
                en: `The receiving server refused ${newMasked}${mailFailure ? ` (${mailFailure})` : ''}. Ask for the right address before the resident leaves.`,
              })}
            </p>
          </ikd-notice>`
        : html`<p>${mail ? html`${mailStateText(mail)}: ` : nothing}<strong>${newMasked}</strong></p>
            <p>
              ${say({ id: 'Minta warga membuka e-mail itu dan menekan tautannya. Sampai saat itu kontak lama tetap berlaku.', en: 'Ask the resident to open that e-mail and press its link. Until then the old contact stands.' })}
              ${expiresAt ? say({ id: `Tautan berlaku sampai ${formatDateTime(expiresAt)}.`, en: `The link is good until ${formatDateTime(expiresAt)}.` }) : nothing}
            </p>`}
      <p class="muted">${say({ id: `Dapat dikirim ${sendsLeft} kali lagi. Kasus ini tetap dipantau; warga berikutnya boleh dilayani.`, en: `Can be sent ${sendsLeft} more times. This case stays watched; the next resident may come.` })}</p>
    </div>`
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'contact-panel': ContactPanel
  }
}
