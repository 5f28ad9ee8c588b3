import { isEmail } from '@ikd/contract'
import { type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ActionDialog } from './action-dialog.ts'

/** The right address, before the resident leaves; the mail goes out again. */
@customElement('email-dialog')
export class EmailDialog extends ActionDialog {
  @property() known = ''
  @property({ attribute: false }) run!: (email: string) => Promise<void>
  @state() private email = ''
  protected override readonly heading: Phrase = { id: 'Perbaiki alamat e-mail', en: 'Correct the e-mail address' }
  protected override readonly confirm: Phrase = { id: 'Simpan dan kirim lagi', en: 'Save and send again' }

  protected override body() {
    return html`<p>${say({ id: `Alamat sekarang: ${this.known}. Minta warga mengeja alamat yang benar; perubahan ini dicatat.`, en: `Address now: ${this.known}. Have the resident spell the right one; the change is recorded.` })}</p>
      <ikd-field
        label=${say({ id: 'E-mail yang benar', en: 'The right e-mail' })}
        type="email"
        maxlength="254"
        autocomplete="off"
        .value=${this.email}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.email = event.detail.value)}
      ></ikd-field>`
  }

  protected override isComplete(): boolean {
    return isEmail(this.email.trim())
  }

  protected override async act(): Promise<void> {
    await this.run(this.email.trim())
    this.email = ''
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'email-dialog': EmailDialog
  }
}
