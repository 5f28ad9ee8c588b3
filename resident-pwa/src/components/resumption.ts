import './pin-entry.ts'
import { type DeviceStatus, routes } from '@ikd/contract'
import { Doing, formatDateTime, formatRemaining, type IkdDigits, mailStateText, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { wayBackText } from '../texts/suspension-text.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'
import { registrationQr } from './registration-qr.ts'
import { Ticking } from './ticking.ts'

type Suspension = NonNullable<DeviceStatus['suspension']>

/** A suspended phone: since when, and the way back. The holder's own suspension ends here, with the PIN and then a code from their e-mail. */
@customElement('ikd-resumption')
export class Resumption extends Part {
  @property({ attribute: false }) suspension: Suspension | undefined
  @property() registrationId = ''
  @query('ikd-digits') private readonly digits!: IkdDigits | null
  readonly #sending = new Doing(this)
  readonly #ticking = new Ticking(this, () => this.suspension?.code !== undefined)

  override render() {
    const { suspension } = this
    if (!suspension) return nothing
    return html`
      <ikd-notice kind="warning" heading=${say({ id: `Ditangguhkan sejak ${formatDateTime(suspension.at)}`, en: `Suspended since ${formatDateTime(suspension.at)}` })}>
        <p>
          ${say({
            id: 'IKD di ponsel ini tidak dapat dipakai. Bukan Anda yang menangguhkan? Hubungi kantor di bawah.',
            en: 'IKD on this phone cannot be used. It was not you who suspended it? Contact an office below.',
          })}
        </p>
      </ikd-notice>
      ${suspension.liftedAt === 'office' ? html`<p>${wayBackText('office')}</p> ${registrationQr(this.ports, this.registrationId)}` : this.#own(suspension)}
    `
  }

  #own({ code, codesLeft }: Suspension) {
    if (code && code.mail !== 'bounced' && code.expiresAt > this.ports.clock.now() && code.triesLeft > 0) return this.#code(code)
    if (codesLeft === 0) {
      return html`<p>${say({ id: 'Kode tidak dapat diminta lagi hari ini. Coba lagi besok, atau datang ke kantor.', en: 'No more codes today. Try again tomorrow, or come to an office.' })}</p>`
    }
    return html`
      ${code?.mail === 'bounced' ? html`<p>${mailStateText('bounced')} ${say({ id: 'Datang ke kantor untuk membetulkan alamatnya.', en: 'Come to an office to correct the address.' })}</p>` : nothing}
      <p>
        ${say({
          id: 'Ponsel ini ada di tangan Anda lagi? Ketik PIN Anda. Setelah itu kode dikirim ke e-mail yang terdaftar.',
          en: 'You have this phone back? Type your PIN. A code then goes to the e-mail on file.',
        })}
      </p>
      <ikd-pin-entry .ports=${this.ports} .enter=${this.#start} waitingFor=${say({ id: 'Memeriksa PIN', en: 'Checking the PIN' })}></ikd-pin-entry>
    `
  }

  #code({ expiresAt, triesLeft }: NonNullable<Suspension['code']>) {
    const remaining = formatRemaining(expiresAt - this.ports.clock.now())
    return html`
      <p>${say({ id: 'PIN benar. Kode enam angka sudah dikirim ke e-mail Anda; periksa juga folder spam.', en: 'The PIN is right. A six-digit code has been sent to your e-mail; look in the spam folder too.' })}</p>
      <ikd-digits label=${say({ id: 'Kode dari e-mail', en: 'Code from the e-mail' })} length="6" ?disabled=${this.#sending.busy} @ikd-complete=${this.#finish}></ikd-digits>
      ${this.#sending.busy ? html`<ikd-progress label=${say({ id: 'Memeriksa kode', en: 'Checking the code' })}></ikd-progress>` : nothing}
      ${problemNotice(this.#sending.problem)}
      <p class="muted small">
        ${say({ id: `Kode berlaku ${remaining} lagi. Kesempatan tersisa: ${triesLeft}.`, en: `The code is good for another ${remaining}. Tries left: ${triesLeft}.` })}
        ${say({ id: 'Petugas tidak pernah meminta kode ini.', en: 'No officer ever asks for this code.' })}
      </p>
    `
  }

  readonly #start = (pin: string): Promise<void> => this.ports.session.advance((client, token) => client.call(routes.resumption.start, { token, body: { pin } }))

  readonly #finish = async (event: CustomEvent<{ value: string }>): Promise<void> => {
    const { session } = this.ports
    const { value: code } = event.detail
    await this.#sending.run(() => session.advance((client, token) => client.call(routes.resumption.finish, { token, body: { code } })))
    if (this.#sending.problem === undefined) return
    this.digits?.clear()
    void session.refresh().catch(() => {})
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-resumption': Resumption
  }
}
