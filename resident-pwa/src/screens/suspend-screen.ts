import '../components/office-list.ts'
import '../components/suspension-by-link.ts'
import '../components/suspension-request.ts'
import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Observing } from '../components/observing.ts'
import { Screen } from '../components/screen.ts'

export const tag = 'ikd-suspend-screen'

/** *Tangguhkan*: a resident stops their own phone, from any browser, with a mail's link, the receipt code or the NIK. */
@customElement(tag)
export class SuspendScreen extends Screen {
  readonly #link = new Observing(this, () => this.ports.link)

  protected heading() {
    return say({ id: 'Tangguhkan IKD', en: 'Suspend IKD' })
  }

  protected body() {
    const token = this.#link.value
    return html`
      ${token === undefined
        ? html`<ikd-suspension-request .ports=${this.ports} @ikd-suspended=${this.#said}></ikd-suspension-request>`
        : html`<ikd-suspension-by-link .ports=${this.ports} .token=${token} @ikd-suspended=${this.#said}></ikd-suspension-by-link>
            <ikd-button variant="quiet" @click=${this.#otherWay}>${say({ id: 'Pakai kode resi atau NIK', en: 'Use the receipt code or NIK' })}</ikd-button>`}
      <p class="small"><a href="/">${say({ id: 'Kembali ke IKD', en: 'Back to IKD' })}</a></p>
      <ikd-office-list .client=${this.ports.open}></ikd-office-list>
    `
  }

  readonly #said = (): void => this.focusHeading()

  /** For a link that has run out. */
  readonly #otherWay = (): void => {
    this.ports.link.set(undefined)
    this.focusHeading()
  }
}
