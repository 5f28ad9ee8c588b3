import '@ikd/ui/reader'
import { parseRegistrationQr } from '@ikd/contract'
import { baseStyles, Doing, LocalisedElement, problemText, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deskStyles } from './desk-styles.ts'

/**
 * Takes a registration QR from the desk camera, a USB scanner or the clipboard, and hands it to `accept`.
 * A QR of another kind is told apart here at once; whether ours is good, the server says.
 */
@customElement('qr-intake')
export class QrIntake extends LocalisedElement {
  @property({ attribute: false }) accept!: (qr: string) => Promise<void>
  /** The desk is covered: no camera runs behind the cover. */
  @property({ type: Boolean }) covered = false
  @state() private foreign = false
  @state() private pasted = ''
  readonly #opening = new Doing(this)
  #last = ''

  override render() {
    const problem = this.#opening.problem === undefined ? undefined : problemText(this.#opening.problem)
    return html`
      <div class="two">
        <div class="stack">
          ${this.covered
            ? nothing
            : html`<ikd-qr-reader ?paused=${this.#opening.busy} @ikd-qr=${(event: CustomEvent<{ text: string }>) => void this.#take(event.detail.text)}></ikd-qr-reader>`}
        </div>
        <div class="stack">
          ${this.#opening.busy ? html`<ikd-progress label=${say({ id: 'Membuka kasus…', en: 'Opening the case…' })}></ikd-progress>` : nothing}
          ${problem ? html`<ikd-notice kind="error" heading=${problem.title}><p>${problem.text}</p></ikd-notice>` : nothing}
          ${this.foreign
            ? html`<ikd-notice kind="warning" heading=${say({ id: 'Bukan QR pendaftaran', en: 'Not a registration QR' })}>
                <p>${say({ id: 'Minta warga membuka aplikasi IKD, layar Periksa status, lalu tunjukkan QR di sana.', en: 'Ask the resident to open the IKD app, the screen Check status, and show the QR there.' })}</p>
              </ikd-notice>`
            : nothing}
          <p>${say({ id: 'Arahkan QR di ponsel warga ke kamera loket, sekitar 20 cm.', en: 'Hold the QR on the resident’s phone before the desk camera, about 20 cm away.' })}</p>
          <form class="stack" @submit=${this.#submitted}>
            <ikd-field
              label=${say({ id: 'Atau tempel / pindai isi QR', en: 'Or paste / scan the QR’s text' })}
              autocomplete="off"
              maxlength="1024"
              .value=${this.pasted}
              @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.pasted = event.detail.value)}
            ></ikd-field>
            <ikd-button variant="secondary" type="submit" ?busy=${this.#opening.busy}>${say({ id: 'Pakai', en: 'Use' })}</ikd-button>
          </form>
        </div>
      </div>
    `
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    const text = this.pasted.trim()
    this.#last = ''
    if (text) void this.#take(text)
  }

  async #take(text: string): Promise<void> {
    // The camera reads the same picture many times a second; one refusal a picture is enough.
    if (this.#opening.busy || text === this.#last) return
    this.#last = text
    this.#opening.forget()
    this.foreign = parseRegistrationQr(text) === undefined
    if (this.foreign) return
    await this.#opening.run(async () => {
      await this.accept(text)
      this.pasted = ''
    })
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .two {
        display: grid;
        grid-template-columns: minmax(20rem, 3fr) minmax(18rem, 2fr);
        gap: var(--ikd-space-5);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'qr-intake': QrIntake
  }
}
