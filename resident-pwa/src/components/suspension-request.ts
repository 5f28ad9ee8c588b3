import '../captcha/captcha-check.ts'
import { DomainError, routes, type Suspension } from '@ikd/contract'
import { Doing, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import type { CaptchaCheck } from '../captcha/captcha-check.ts'
import { normaliseReceiptCode } from '../holder/receipt-code.ts'
import { nikError } from '../texts/nik-text.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'
import { suspensionDone } from './suspension-done.ts'

type Way = 'receipt' | 'mail'
type Stage = { readonly at: 'form' } | { readonly at: 'asked' } | { readonly at: 'suspended'; readonly suspension: Suspension }

/**
 * Without a link: the receipt code suspends at once, the NIK has a link sent to the e-mail on file, if there is one. Fires
 * `ikd-suspended` when there is something new to read.
 */
@customElement('ikd-suspension-request')
export class SuspensionRequest extends Part {
  @state() private way: Way = 'receipt'
  @state() private stage: Stage = { at: 'form' }
  @state() private tried = false
  @state() private captchaMissing = false
  @query('ikd-captcha-check') private readonly captcha!: CaptchaCheck
  readonly #sending = new Doing(this)
  /** Memory only: neither belongs on somebody else's phone. */
  #receiptCode = ''
  #nik = ''

  override render() {
    switch (this.stage.at) {
      case 'suspended':
        return suspensionDone(this.stage.suspension)
      case 'asked':
        return this.#asked()
      case 'form':
        return this.#form()
    }
  }

  #form() {
    return html`
      <p>
        ${say({
          id: 'Ponsel hilang atau dicuri? Hentikan IKD di ponsel itu sekarang juga, dari ponsel atau komputer mana saja.',
          en: 'Phone lost or stolen? Stop IKD on it right now, from any phone or computer.',
        })}
      </p>
      <form novalidate @submit=${this.#submit}>
        <fieldset>
          <legend>${say({ id: 'Apa yang Anda punya?', en: 'What do you have?' })}</legend>
          ${this.#choice('receipt', say({ id: 'Kode resi, dari Pengaturan IKD atau tanda terima', en: 'The receipt code, from IKD’s settings or a receipt' }))}
          ${this.#choice('mail', say({ id: 'E-mail yang terdaftar, dan NIK saya', en: 'The e-mail on file, and my NIK' }))}
        </fieldset>
        ${this.way === 'receipt' ? this.#receiptField() : this.#nikField()}
        <ikd-captcha-check .client=${this.ports.open} ?missing=${this.captchaMissing}></ikd-captcha-check>
        ${problemNotice(this.#sending.problem)}
        <ikd-button type="submit" variant=${this.way === 'receipt' ? 'danger' : 'primary'} ?busy=${this.#sending.busy}>
          ${this.way === 'receipt' ? say({ id: 'Tangguhkan ponsel itu', en: 'Suspend that phone' }) : say({ id: 'Kirim tautan ke e-mail saya', en: 'Send a link to my e-mail' })}
        </ikd-button>
      </form>
    `
  }

  #choice(way: Way, label: string) {
    return html`<label class="choice">
      <input type="radio" name="way" .checked=${this.way === way} @change=${() => this.#choose(way)} /><span>${label}</span>
    </label>`
  }

  #receiptField() {
    return html`<ikd-field
      label=${say({ id: 'Kode resi', en: 'Receipt code' })}
      hint=${say({ id: '16 huruf dan angka, tanda hubung boleh dilewati', en: '16 letters and digits, dashes may be left out' })}
      autocomplete="off"
      autocapitalize="characters"
      maxlength="40"
      .value=${this.#receiptCode}
      error=${this.tried && normaliseReceiptCode(this.#receiptCode) === undefined
        ? say({ id: 'Kode resi terdiri atas 16 huruf dan angka, contoh: 7K3M-9Q2X-0ABC-DEF1.', en: 'A receipt code has 16 letters and digits; example: 7K3M-9Q2X-0ABC-DEF1.' })
        : ''}
      @ikd-input=${(event: CustomEvent<{ value: string }>) => this.#typed(() => (this.#receiptCode = event.detail.value))}
    ></ikd-field>`
  }

  #nikField() {
    return html`<ikd-field
      label="NIK"
      inputmode="numeric"
      autocomplete="off"
      maxlength="20"
      .value=${this.#nik}
      error=${this.tried ? nikError(this.#nik, true) : ''}
      @ikd-input=${(event: CustomEvent<{ value: string }>) => this.#typed(() => (this.#nik = event.detail.value.replaceAll(/\s/g, '')))}
    ></ikd-field>`
  }

  /** The same words whether or not the NIK is known: whoever asks learns nothing about anybody. */
  #asked() {
    return html`
      <ikd-notice kind="info" heading=${say({ id: 'Periksa e-mail Anda', en: 'Look at your e-mail' })}>
        <p>
          ${say({
            id: 'Bila NIK itu punya IKD yang aktif, tautan untuk menangguhkannya sedang dikirim ke e-mail yang terdaftar. Tautan berlaku satu jam. Periksa juga folder spam.',
            en: 'If that NIK has an active IKD, a link that suspends it is on its way to the e-mail on file. It is good for an hour. Look in the spam folder too.',
          })}
        </p>
      </ikd-notice>
      <p>${say({ id: 'E-mailnya tidak dapat dibuka? Hubungi kantor; petugas dapat memblokir ponsel itu.', en: 'You cannot open that e-mail? Contact an office; an officer can block the phone.' })}</p>
      <ikd-button variant="secondary" @click=${() => this.#go({ at: 'form' })}>${say({ id: 'Coba cara lain', en: 'Try another way' })}</ikd-button>
    `
  }

  #choose(way: Way): void {
    this.way = way
    this.tried = false
    this.#sending.forget()
  }

  #typed(keep: () => void): void {
    keep()
    this.requestUpdate()
  }

  #go(stage: Stage): void {
    this.stage = stage
    this.tried = false
    this.#sending.forget()
    if (stage.at !== 'form') this.dispatchEvent(new CustomEvent('ikd-suspended'))
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    this.tried = true
    const receiptCode = normaliseReceiptCode(this.#receiptCode)
    const { payload: captcha, idempotencyKey } = this.captcha
    this.captchaMissing = captcha === undefined
    await this.updateComplete
    const wrong = this.renderRoot.querySelector('ikd-field')
    if (wrong?.error) return wrong.focus()
    if (captcha === undefined) return this.captcha.scrollIntoView({ block: 'center' })
    const { open } = this.ports
    const stage = await this.#sending.run(async (): Promise<Stage> => {
      if (this.way === 'receipt' && receiptCode !== undefined) {
        return { at: 'suspended', suspension: await open.call(routes.suspensions.suspend, { body: { receiptCode, captcha }, idempotencyKey }) }
      }
      await open.call(routes.suspensions.ask, { body: { nik: this.#nik, captcha }, idempotencyKey })
      return { at: 'asked' }
    })
    if (stage) this.#go(stage)
    else if (this.#sending.problem instanceof DomainError) this.captcha.reset()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-suspension-request': SuspensionRequest
  }
}
