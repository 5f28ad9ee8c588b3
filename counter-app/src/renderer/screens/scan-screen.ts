import '../components/qr-intake.ts'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { Covered } from '../desk/covered.ts'
import type { Desk } from '../desk/desk.ts'

/** The next resident's registration QR; a case opens from it. */
@customElement('scan-screen')
export class ScanScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  readonly #covered = new Covered(this, () => this.desk)

  override render() {
    return html`<div class="stack">
      <h1>${say({ id: 'Pindai QR pendaftaran', en: 'Scan the registration QR' })}</h1>
      <ikd-card><qr-intake ?covered=${this.#covered.now} .accept=${this.#accept}></qr-intake></ikd-card>
    </div>`
  }

  readonly #accept = async (qr: string): Promise<void> => {
    const opened = await this.desk.api.openCase({ from: 'registration', qr })
    this.desk.go({ at: 'case', caseId: opened.id })
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'scan-screen': ScanScreen
  }
}
