import { type DeviceStatus, routes } from '@ikd/contract'
import { Doing, type IkdDigits, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'

/** Which office, desk and officer opened the case, and the desk's code that proves the person there holds this phone. */
@customElement('ikd-desk-confirmation')
export class DeskConfirmation extends Part {
  @property({ attribute: false }) status!: DeviceStatus
  @query('ikd-digits') private readonly digits!: IkdDigits | null
  readonly #sending = new Doing(this)

  override render() {
    const { desk } = this.status
    if (!desk) return nothing
    return html`
      <ikd-card heading=${say({ id: 'Yang membuka pendaftaran Anda', en: 'Who has opened your registration' })}>
        <dl>
          <div>
            <dt>${say({ id: 'Kantor', en: 'Office' })}</dt>
            <dd><strong>${desk.office.name}</strong><br />${desk.office.address}</dd>
          </div>
          <div>
            <dt>${say({ id: 'Loket', en: 'Desk' })}</dt>
            <dd>${desk.workstation}</dd>
          </div>
          <div>
            <dt>${say({ id: 'Petugas', en: 'Officer' })}</dt>
            <dd>${desk.officer}</dd>
          </div>
        </dl>
      </ikd-card>
      <p>
        ${say({
          id: 'Bila cocok dengan loket di depan Anda, ketik enam angka yang tampil di layar loket itu. Bila Anda tidak sedang di kantor ini, jangan ketik apa pun.',
          en: 'If this is the desk in front of you, type the six digits shown on its screen. If you are not at this office, type nothing.',
        })}
      </p>
      <ikd-digits
        label=${say({ id: 'Kode dari layar loket', en: 'Code on the desk’s screen' })}
        length="6"
        @ikd-complete=${this.#send}
      ></ikd-digits>
      ${this.#sending.busy ? html`<ikd-progress label=${say({ id: 'Memeriksa kode', en: 'Checking the code' })}></ikd-progress>` : nothing}
      ${this.#sending.problem === undefined
        ? html`<p class="muted small">${say({ id: `Kesempatan tersisa: ${desk.codeTriesLeft}`, en: `Tries left: ${desk.codeTriesLeft}` })}</p>`
        : problemNotice(this.#sending.problem)}
    `
  }

  readonly #send = async (event: CustomEvent<{ value: string }>): Promise<void> => {
    const { session } = this.ports
    const { value: code } = event.detail
    await this.#sending.run(() => session.advance((client, token) => client.call(routes.device.confirmCase, { token, body: { code } })))
    if (this.#sending.problem === undefined) return
    this.digits?.clear()
    void session.refresh().catch(() => {})
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-desk-confirmation': DeskConfirmation
  }
}
