import type { Case, ContactKind } from '@ikd/contract'
import { normalisePhone, type Phrase, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { NewContact } from '../desk/desk-api.ts'
import { emailShape } from '../view/email-shape.ts'
import { ActionDialog } from './action-dialog.ts'

/** The resident's new e-mail or phone number, spelt by them. */
@customElement('contact-dialog')
export class ContactDialog extends ActionDialog {
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) run!: (contact: NewContact) => Promise<void>
  @state() private kind: ContactKind = 'email'
  @state() private typed = ''
  protected override readonly heading: Phrase = { id: 'Kontak baru warga', en: 'The resident’s new contact' }
  protected override readonly confirm: Phrase = { id: 'Simpan', en: 'Save' }

  protected override body() {
    const { contact, contactChange } = this.shown
    const kind = this.#kind()
    return html`${contactChange
        ? nothing
        : html`<div class="row" role="radiogroup" aria-label=${say({ id: 'Yang diganti', en: 'What changes' })}>
            <label class="row"><input type="radio" name="kind" .checked=${kind === 'email'} @change=${() => this.#choose('email')} />E-mail</label>
            <label class="row"><input type="radio" name="kind" .checked=${kind === 'phone'} @change=${() => this.#choose('phone')} />${say({ id: 'Nomor ponsel', en: 'Phone number' })}</label>
          </div>`}
      <p>
        ${kind === 'email'
          ? say({
              id: `Sekarang: ${contact?.emailMasked ?? '—'}. Minta warga mengeja alamat yang baru. Alamat berlaku setelah warga membuka tautan yang kami kirim ke sana; alamat lama diberi tahu.`,
              en: `Now: ${contact?.emailMasked ?? '—'}. Have the resident spell the new address. It counts once they open the link we send there; the old address is told.`,
            })
          : say({
              id: `Sekarang: ${contact?.phoneMasked ?? '—'}. Nomor baru langsung berlaku; warga diberi tahu lewat e-mail.`,
              en: `Now: ${contact?.phoneMasked ?? '—'}. The new number counts at once; the resident is told by e-mail.`,
            })}
      </p>
      ${kind === 'email'
        ? html`<ikd-field label=${say({ id: 'E-mail baru', en: 'New e-mail' })} type="email" maxlength="254" autocomplete="off" .value=${this.typed} @ikd-input=${this.#typing}></ikd-field>`
        : html`<ikd-field label=${say({ id: 'Nomor ponsel baru', en: 'New phone number' })} type="tel" maxlength="24" autocomplete="off" .value=${this.typed} @ikd-input=${this.#typing}></ikd-field>`}`
  }

  protected override isComplete(): boolean {
    return this.#contact() !== undefined
  }

  protected override async act(): Promise<void> {
    const contact = this.#contact()
    if (contact) await this.run(contact)
    this.typed = ''
  }

  /** Once an e-mail was given, only that e-mail is corrected. */
  #kind(): ContactKind {
    return this.shown.contactChange ? 'email' : this.kind
  }

  #contact(): NewContact | undefined {
    const typed = this.typed.trim()
    if (this.#kind() === 'email') return emailShape.test(typed) ? { email: typed } : undefined
    const phone = normalisePhone(typed)
    return phone === undefined ? undefined : { phone }
  }

  #choose(kind: ContactKind): void {
    this.kind = kind
    this.typed = ''
  }

  readonly #typing = (event: CustomEvent<{ value: string }>): void => {
    this.typed = event.detail.value
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'contact-dialog': ContactDialog
  }
}
