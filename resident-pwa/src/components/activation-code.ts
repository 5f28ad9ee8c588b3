import { type DeviceStatus, type MailState, routes } from '@ikd/contract'
import { Doing, formatRemaining, type IkdDigits, mailStateText, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'
import { Ticking } from './ticking.ts'

type Activation = NonNullable<DeviceStatus['activation']>

/** From approval to the code: how the e-mail fares, how long its code lives, a new one, and the code's entry. */
@customElement('ikd-activation-code')
export class ActivationCode extends Part {
  @property({ attribute: false }) status!: DeviceStatus
  @query('ikd-digits') private readonly digits!: IkdDigits | null
  readonly #sending = new Doing(this)
  readonly #renewing = new Doing(this)
  readonly #ticking = new Ticking(this)

  override render() {
    const { activation, state } = this.status
    if (!activation) return nothing
    return html`
      ${state === 'link-confirmed' ? this.#entry(activation) : this.#wait(activation)}
      ${problemNotice(this.#renewing.problem)}
      <p class="muted small">
        ${say({
          id: `Persetujuan berlaku ${formatRemaining(activation.approvalExpiresAt - this.ports.clock.now())} lagi.`,
          en: `The approval is good for another ${formatRemaining(activation.approvalExpiresAt - this.ports.clock.now())}.`,
        })}
      </p>
    `
  }

  #wait(activation: Activation) {
    if (activation.mail === 'bounced') return this.#bounced()
    return html`
      <p>
        ${say({
          id: `E-mail dikirim ke ${this.status.emailMasked}. Buka tautan di dalamnya, isi kodenya di halaman itu, lalu kembali ke sini.`,
          en: `An e-mail goes to ${this.status.emailMasked}. Open its link, type its code on that page, then come back here.`,
        })}
      </p>
      <ikd-notice kind="info" heading=${mailStateText(activation.mail)}>
        <p>${this.#mailAdvice(activation, activation.mail)}</p>
      </ikd-notice>
      ${this.status.state === 'link-opened'
        ? html`<ikd-notice kind="success" heading=${say({ id: 'Tautan sudah dibuka', en: 'The link has been opened' })}>
            <p>${say({ id: 'Isi kode dan tekan “Saya bukan robot” di halaman itu.', en: 'Type the code and press “I am not a robot” on that page.' })}</p>
          </ikd-notice>`
        : nothing}
      ${this.#newCode(activation)}
    `
  }

  /** A new code would go to the same wrong address; only the desk can mend it. */
  #bounced() {
    return html`<ikd-notice kind="error" heading=${mailStateText('bounced')}>
      <p>${say({ id: 'Minta petugas membetulkan alamat e-mail Anda di loket.', en: 'Ask the officer at the desk to correct your e-mail address.' })}</p>
    </ikd-notice>`
  }

  #entry(activation: Activation) {
    return html`
      <p>${say({ id: 'Ketik lagi enam angka dari e-mail itu, kali ini di sini.', en: 'Type the six digits of the e-mail once more, this time here.' })}</p>
      <ikd-digits label=${say({ id: 'Kode aktivasi dari e-mail', en: 'Activation code from the e-mail' })} length="6" @ikd-complete=${this.#send}></ikd-digits>
      ${this.#sending.busy ? html`<ikd-progress label=${say({ id: 'Memeriksa kode', en: 'Checking the code' })}></ikd-progress>` : nothing}
      ${problemNotice(this.#sending.problem)}
      <p class="muted small">
        ${say({ id: `Kesempatan tersisa: ${activation.codeTriesLeft}.`, en: `Tries left: ${activation.codeTriesLeft}.` })} ${this.#life(activation)}
      </p>
      <p class="muted small">
        ${say({ id: 'Petugas tidak pernah meminta kode ini. Jangan sebutkan kepada siapa pun.', en: 'No officer ever asks for this code. Tell it to nobody.' })}
      </p>
      ${this.#newCode(activation)}
    `
  }

  #mailAdvice(activation: Activation, mail: Exclude<MailState, 'bounced'>): string {
    switch (mail) {
      case 'queued':
        return say({ id: 'Biasanya kurang dari satu menit. Bila lebih lama, tanyakan di loket. Halaman ini berubah sendiri.', en: 'Usually less than a minute. If it takes longer, ask at the desk. This page changes by itself.' })
      case 'accepted':
        return `${say({ id: 'Periksa juga folder spam.', en: 'Look in the spam folder too.' })} ${this.#life(activation)}`
      case 'expired':
        return say({ id: 'Minta kode baru dengan tombol di bawah.', en: 'Ask for a new code with the button below.' })
    }
  }

  #life(activation: Activation): string {
    if (activation.codeExpiresAt === undefined) return ''
    const remaining = activation.codeExpiresAt - this.ports.clock.now()
    if (remaining <= 0) return say({ id: 'Kode sudah habis waktunya; minta kode baru.', en: 'The code has run out; ask for a new one.' })
    return say({ id: `Kode berlaku ${formatRemaining(remaining)} lagi.`, en: `The code is good for another ${formatRemaining(remaining)}.` })
  }

  #newCode(activation: Activation) {
    if (activation.resendsLeft === 0) {
      return html`<p>${say({ id: 'Kode baru tidak dapat diminta lagi. Kembali ke loket.', en: 'No more new codes. Please return to the desk.' })}</p>`
    }
    return html`<ikd-button variant="secondary" ?busy=${this.#renewing.busy} @click=${this.#renew}>
      ${say({ id: `Kirim kode baru (sisa ${activation.resendsLeft})`, en: `Send a new code (${activation.resendsLeft} left)` })}
    </ikd-button>`
  }

  readonly #send = async (event: CustomEvent<{ value: string }>): Promise<void> => {
    const { session } = this.ports
    const { value: code } = event.detail
    await this.#sending.run(() => session.advance((client, token) => client.call(routes.device.enterCode, { token, body: { code } })))
    if (this.#sending.problem === undefined) return
    this.digits?.clear()
    void session.refresh().catch(() => {})
  }

  readonly #renew = (): void => {
    const { session } = this.ports
    void this.#renewing.run(() => session.advance((client, token) => client.call(routes.device.newCode, { token })))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-activation-code': ActivationCode
  }
}
