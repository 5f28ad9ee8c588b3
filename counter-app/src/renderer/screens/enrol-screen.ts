import { baseStyles, Doing, LocalisedElement, problemText, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Desk } from '../desk/desk.ts'
import { deskStyles } from '../components/desk-styles.ts'

/** This machine's key is not known to the server: an administrator's one-time code makes it a workstation. */
@customElement('enrol-screen')
export class EnrolScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @state() private code = ''
  readonly #enrolling = new Doing(this)

  override connectedCallback(): void {
    super.connectedCallback()
    this.code ||= this.desk.host.takeEnrolmentCode() ?? ''
  }

  override firstUpdated(): void {
    const field = this.renderRoot.querySelector('ikd-field')
    void field?.updateComplete.then(() => field.focus())
  }

  override render() {
    const problem = this.#enrolling.problem === undefined ? undefined : problemText(this.#enrolling.problem)
    return html`<div class="narrow">
      <ikd-card>
        <form class="stack" @submit=${this.#submitted}>
          <h1>${say({ id: 'Daftarkan komputer ini sebagai loket', en: 'Enrol this computer as a desk' })}</h1>
          <p>
            ${say({
              id: 'Minta kode pendaftaran loket kepada admin kantor. Nama loket sudah ada di kode itu, dan kode hanya dapat dipakai sekali. Kunci komputer ini dibuat di sini dan tidak dapat disalin.',
              en: 'Ask the office administrator for an enrolment code. The code already holds the desk’s name and works once. This computer’s key is made here and cannot be copied.',
            })}
          </p>
          <ikd-field
            label=${say({ id: 'Kode pendaftaran loket', en: 'Enrolment code' })}
            autocomplete="off"
            maxlength="64"
            .value=${this.code}
            @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.code = event.detail.value)}
          ></ikd-field>
          ${this.desk.host.limits.length > 0
            ? html`<ikd-notice kind="info" heading=${say({ id: 'Tentang komputer ini', en: 'About this computer' })}>
                <ul>
                  ${this.desk.host.limits.map((limit) => html`<li>${say(limit)}</li>`)}
                </ul>
              </ikd-notice>`
            : nothing}
          ${problem ? html`<ikd-notice kind="error" heading=${problem.title}><p>${problem.text}</p></ikd-notice>` : nothing}
          <ikd-button type="submit" ?busy=${this.#enrolling.busy} ?disabled=${this.code.trim().length < 8}>
            ${say({ id: 'Daftarkan', en: 'Enrol' })}
          </ikd-button>
        </form>
      </ikd-card>
    </div>`
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const code = this.code.trim()
    if (code.length < 8) return
    await this.#enrolling.run(() => this.desk.session.enrol(code))
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'enrol-screen': EnrolScreen
  }
}
