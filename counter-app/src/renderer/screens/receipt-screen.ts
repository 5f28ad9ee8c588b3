import { baseStyles, formatDateTime, LocalisedElement, problemText, say, serviceKindText } from '@ikd/ui'
import type { Case, ServiceRequest } from '@ikd/contract'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { CaseWatch } from '../desk/case-watch.ts'
import type { Desk } from '../desk/desk.ts'
import { ShortcutController } from '../view/shortcut-controller.ts'

/** The paper a resident without a phone takes home. */
@customElement('receipt-screen')
export class ReceiptScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property() caseId = ''
  @property() requestId = ''
  @state() private printError: unknown
  readonly #watch = new CaseWatch(this, () => this.desk)

  constructor() {
    super()
    new ShortcutController(this, { primary: () => void this.#print(), second: () => this.#back() })
  }

  override willUpdate(): void {
    this.#watch.follow(this.caseId)
  }

  override render() {
    const shown = this.#watch.shown
    const request = shown?.serviceRequests.find(({ id }) => id === this.requestId)
    if (!shown || !request) {
      if (this.#watch.error === undefined) return html`<ikd-progress label=${say({ id: 'Memuat tanda terima…', en: 'Loading the receipt…' })}></ikd-progress>`
      const { title, text } = problemText(this.#watch.error)
      return html`<ikd-notice kind="error" heading=${title}><p>${text}</p></ikd-notice>`
    }
    return html`<div class="stack narrow">
      <div class="row no-print">
        <ikd-button @click=${() => void this.#print()}>${say({ id: 'Cetak', en: 'Print' })}<kbd>F8</kbd></ikd-button>
        <ikd-button variant="secondary" @click=${() => this.#back()}>${say({ id: 'Kembali ke kasus', en: 'Back to the case' })}<kbd>F9</kbd></ikd-button>
      </div>
      ${this.printError === undefined
        ? nothing
        : html`<ikd-notice class="no-print" kind="error" heading=${say({ id: 'Belum tercetak', en: 'Not printed' })}>
            <p>${say({ id: 'Periksa printer, lalu tekan Cetak lagi. Permohonan sudah tercatat.', en: 'Check the printer and press Print again. The request is recorded.' })}</p>
          </ikd-notice>`}
      ${this.#paper(shown, request)}
    </div>`
  }

  // The paper's own words are in both languages whatever the officer reads: it is the resident's.
  #paper(shown: Case, request: ServiceRequest) {
    return html`<article class="paper" aria-label=${say({ id: 'Tanda terima', en: 'Receipt' })}>
      <header>
        <p class="office">${shown.office.name}</p>
        <p>${shown.office.address}</p>
      </header>
      <h1>Tanda terima layanan <span lang="en">/ Service receipt</span></h1>
      <p class="number">${request.number}</p>
      <dl>
        <dt>Nama <span lang="en">/ Name</span></dt>
        <dd>${shown.resident?.name ?? '—'}</dd>
        <dt>NIK</dt>
        <dd>${shown.resident?.nikMasked ?? '—'}</dd>
        <dt>Layanan <span lang="en">/ Service</span></dt>
        <dd>${serviceKindText(request.kind)}</dd>
        <dt>Diterima <span lang="en">/ Received</span></dt>
        <dd>${formatDateTime(request.at)}</dd>
        <dt>Petugas <span lang="en">/ Officer</span></dt>
        <dd><bdi>${shown.officer.name}</bdi> · <bdi>${shown.workstation}</bdi></dd>
        ${request.note ? html`<dt>Catatan <span lang="en">/ Note</span></dt><dd>${request.note}</dd>` : nothing}
      </dl>
      <p>Bawa tanda terima ini saat mengambil. Layanan tidak dipungut biaya.</p>
      <p lang="en">Bring this receipt when you collect. The service is free of charge.</p>
    </article>`
  }

  async #print(): Promise<void> {
    this.printError = undefined
    try {
      await this.desk.host.print()
    } catch (error) {
      this.printError = error
    }
  }

  #back(): void {
    this.desk.go({ at: 'case', caseId: this.caseId })
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .paper {
        display: grid;
        gap: var(--ikd-space-3);
        padding: var(--ikd-space-5);
        border: 1px solid var(--ikd-border);
        background: #fff;
        color: #000;
      }
      .paper dt {
        color: #333;
      }
      .office {
        font-weight: 700;
        font-size: var(--ikd-size-large);
      }
      .number {
        font-size: var(--ikd-size-display);
        font-weight: 700;
        letter-spacing: 0.06em;
      }
      @media print {
        .no-print {
          display: none !important;
        }
        .narrow {
          max-inline-size: none;
        }
        .paper {
          border: 0;
          padding: 0;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'receipt-screen': ReceiptScreen
  }
}
