import './pin-entry.ts'
import { type Contact, type ContactChange as Change, type ContactKind, isEmail, routes } from '@ikd/contract'
import { Doing, formatDateTime, mailStateText, normalisePhone, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { renderTask } from './load.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'

type Stage =
  | { readonly at: 'shown'; readonly changed?: boolean }
  | { readonly at: 'typing'; readonly kind: ContactKind; readonly value: string; readonly tried: boolean }
  | { readonly at: 'pin'; readonly kind: ContactKind; readonly value: string }

/**
 * E-mail and phone number on file, and their change: the new one, the PIN, then the codes that went to the old and the new
 * address. Nothing has changed before every address has answered.
 */
@customElement('ikd-contact-change')
export class ContactChange extends Part {
  @state() private stage: Stage = { at: 'shown' }
  /** What the server said last. */
  @state() private contact: Contact | undefined
  readonly #doing = new Doing(this)
  readonly #loading = new Task(this, {
    task: () => this.ports.session.asHolder((client, token) => client.call(routes.contacts.get, { token })),
    args: () => [] as const,
  })

  override render() {
    return renderTask(this.#loading, say({ id: 'Mengambil kontak Anda', en: 'Fetching your contact' }), (loaded) => this.#show(this.contact ?? loaded))
  }

  #show(contact: Contact) {
    if (contact.pending) return this.#pending(contact.pending)
    const { stage } = this
    switch (stage.at) {
      case 'shown':
        return this.#present(contact, stage.changed === true)
      case 'typing':
        return this.#typing(stage)
      case 'pin':
        return this.#pin(stage)
    }
  }

  #present({ emailMasked, phoneMasked }: Contact, changed: boolean) {
    return html`
      ${changed ? html`<ikd-notice kind="success" heading=${say({ id: 'Sudah diganti', en: 'It has been changed' })}></ikd-notice>` : nothing}
      <dl>
        <div><dt>E-mail</dt><dd>${emailMasked}</dd></div>
        <div><dt>${say({ id: 'Nomor ponsel', en: 'Phone number' })}</dt><dd>${phoneMasked}</dd></div>
      </dl>
      <div class="row">
        <ikd-button variant="secondary" @click=${() => this.#begin('email')}>${say({ id: 'Ganti e-mail', en: 'Change e-mail' })}</ikd-button>
        <ikd-button variant="secondary" @click=${() => this.#begin('phone')}>${say({ id: 'Ganti nomor ponsel', en: 'Change phone number' })}</ikd-button>
      </div>
    `
  }

  #typing({ kind, value, tried }: Extract<Stage, { at: 'typing' }>) {
    const email = kind === 'email'
    const wrong = email
      ? say({ id: 'Alamat e-mail ini belum lengkap, contoh: siti@contoh.id.', en: 'This e-mail address is not complete; example: siti@contoh.id.' })
      : say({ id: 'Isi nomor ponsel yang diawali 08, contoh: 0812 3456 7890.', en: 'Enter a mobile number that begins with 08; example: 0812 3456 7890.' })
    return html`
      <form novalidate @submit=${this.#submit}>
        <ikd-field
          label=${email ? say({ id: 'E-mail baru', en: 'New e-mail' }) : say({ id: 'Nomor ponsel baru', en: 'New phone number' })}
          type=${email ? 'email' : 'tel'}
          autocomplete=${email ? 'email' : 'tel'}
          maxlength="254"
          .value=${value}
          error=${tried && read(kind, value) === undefined ? wrong : ''}
          @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.stage = { at: 'typing', kind, value: event.detail.value, tried: false })}
        ></ikd-field>
        <ikd-button type="submit">${say({ id: 'Lanjut', en: 'Next' })}</ikd-button>
        ${this.#stop()}
      </form>
    `
  }

  #pin({ kind, value }: Extract<Stage, { at: 'pin' }>) {
    return html`
      <p><bdi>${value}</bdi></p>
      <p>
        ${kind === 'email'
          ? say({ id: 'Ketik PIN Anda. Setelah itu satu kode dikirim ke e-mail lama dan satu ke e-mail baru; keduanya diperlukan.', en: 'Type your PIN. Then one code goes to the old e-mail and one to the new; both are needed.' })
          : say({ id: 'Ketik PIN Anda. Setelah itu kode dikirim ke e-mail Anda.', en: 'Type your PIN. Then a code goes to your e-mail.' })}
      </p>
      <ikd-pin-entry .ports=${this.ports} .enter=${(pin: string) => this.#start(kind, value, pin)} waitingFor=${say({ id: 'Memeriksa PIN', en: 'Checking the PIN' })}></ikd-pin-entry>
      ${this.#stop()}
    `
  }

  #pending(change: Change) {
    const name = change.kind === 'email' ? say({ id: 'E-mail baru', en: 'New e-mail' }) : say({ id: 'Nomor ponsel baru', en: 'New phone number' })
    return html`
      <ikd-notice kind="info" heading=${say({ id: 'Penggantian sedang berjalan', en: 'A change is under way' })}>
        <p>
          ${name}: <bdi>${change.newMasked}</bdi><br />
          ${say({ id: `Belum berlaku. Selesaikan sebelum ${formatDateTime(change.expiresAt)}.`, en: `Not in force yet. Finish it before ${formatDateTime(change.expiresAt)}.` })}
        </p>
      </ikd-notice>
      ${this.#code('old', change.old)} ${change.new ? this.#code('new', change.new) : nothing}
      ${this.#doing.busy ? html`<ikd-progress label=${say({ id: 'Memeriksa kode', en: 'Checking the code' })}></ikd-progress>` : nothing}
      ${problemNotice(this.#doing.problem)}
      <p class="muted small">
        ${say({ id: `Kesempatan tersisa: ${change.triesLeft}. Petugas tidak pernah meminta kode ini.`, en: `Tries left: ${change.triesLeft}. No officer ever asks for these codes.` })}
      </p>
      <ikd-button variant="secondary" @click=${this.#cancel}>${say({ id: 'Batalkan penggantian', en: 'Cancel the change' })}</ikd-button>
    `
  }

  #code(address: 'old' | 'new', { emailMasked, mail, confirmed }: NonNullable<Change['new']>) {
    const label = address === 'old' ? say({ id: `Kode di e-mail lama ${emailMasked}`, en: `Code in the old e-mail ${emailMasked}` }) : say({ id: `Kode di e-mail baru ${emailMasked}`, en: `Code in the new e-mail ${emailMasked}` })
    if (confirmed) return html`<p role="status"><span aria-hidden="true">✓</span> ${label}: ${say({ id: 'benar', en: 'right' })}</p>`
    return html`
      ${mail === 'bounced' ? html`<p>${mailStateText('bounced')}</p>` : nothing}
      <ikd-digits label=${label} length="6" ?disabled=${this.#doing.busy} @ikd-complete=${(event: CustomEvent<{ value: string }>) => this.#confirm(address, event)}></ikd-digits>
    `
  }

  #stop() {
    return html`<ikd-button variant="quiet" @click=${() => this.#go({ at: 'shown' })}>${say({ id: 'Batal', en: 'Cancel' })}</ikd-button>`
  }

  #begin(kind: ContactKind): void {
    this.#go({ at: 'typing', kind, value: '', tried: false })
  }

  #go(stage: Stage): void {
    this.stage = stage
    this.#doing.forget()
    void this.#focusFirst()
  }

  async #focusFirst(): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('ikd-field, ikd-pin-entry, ikd-digits, ikd-button')?.focus()
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault()
    const { stage } = this
    if (stage.at !== 'typing') return
    const value = read(stage.kind, stage.value)
    if (value === undefined) {
      this.stage = { ...stage, tried: true }
      void this.#focusFirst()
    } else this.#go({ at: 'pin', kind: stage.kind, value })
  }

  async #start(kind: ContactKind, value: string, pin: string): Promise<void> {
    const body = kind === 'email' ? { pin, email: value } : { pin, phone: value }
    this.contact = await this.ports.session.asHolder((client, token) => client.call(routes.contacts.start, { token, body }))
    this.#go({ at: 'shown' })
  }

  async #confirm(address: 'old' | 'new', event: CustomEvent<{ value: string }>): Promise<void> {
    const { value: code } = event.detail
    const { session } = this.ports
    const answered = await this.#doing.run(() => session.asHolder((client, token) => client.call(routes.contacts.confirm, { token, body: { address, code } })))
    if (answered) return this.#take(answered)
    for (const digits of this.renderRoot.querySelectorAll('ikd-digits')) digits.clear()
    // How many tries are left, and whether the change is still there.
    this.contact = await session.asHolder((client, token) => client.call(routes.contacts.get, { token })).catch(() => this.contact)
  }

  #take(contact: Contact): void {
    this.contact = contact
    this.#go({ at: 'shown', changed: contact.pending === undefined })
    // The rest of the page shows the masked address, too.
    if (!contact.pending) void this.ports.session.refresh().catch(() => {})
  }

  readonly #cancel = async (): Promise<void> => {
    const { session } = this.ports
    const answered = await this.#doing.run(() => session.asHolder((client, token) => client.call(routes.contacts.cancel, { token })))
    if (!answered) return
    this.contact = answered
    this.#go({ at: 'shown' })
  }
}

/** What was typed, in the form it is kept in; undefined when it cannot be one. */
function read(kind: ContactKind, typed: string): string | undefined {
  if (kind === 'phone') return normalisePhone(typed)
  const email = typed.trim()
  return isEmail(email) ? email : undefined
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-contact-change': ContactChange
  }
}
