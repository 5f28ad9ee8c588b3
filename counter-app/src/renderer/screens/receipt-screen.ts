import { baseStyles, LocalisedElement, problemText, say } from '@ikd/ui'
import type { Case } from '@ikd/contract'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { CaseWatch } from '../desk/case-watch.ts'
import type { Desk } from '../desk/desk.ts'
import { type Receipt, serviceReceipt, visitReceipt } from '../view/receipt.ts'
import { ShortcutController } from '../view/shortcut-controller.ts'

/** The paper a resident takes home: of a request for service, or of a visit that blocked, unblocked or changed something. */
@customElement('receipt-screen')
export class ReceiptScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property() caseId = ''
  /** Absent: the paper of the whole visit. */
  @property() requestId: string | undefined
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
    if (!shown) {
      if (this.#watch.error === undefined) return html`<ikd-progress label=${say({ id: 'Memuat tanda terima…', en: 'Loading the receipt…' })}></ikd-progress>`
      const { title, text } = problemText(this.#watch.error)
      return html`<ikd-notice kind="error" heading=${title}><p>${text}</p></ikd-notice>`
    }
    const receipt = this.requestId === undefined ? visitReceipt(shown) : serviceReceipt(shown, this.requestId)
    if (!receipt) {
      return html`<ikd-notice kind="info" heading=${say({ id: 'Belum ada tanda terima', en: 'There is no receipt yet' })}>
        <p>${say({ id: 'Tanda terima dapat dicetak setelah urusan ini selesai.', en: 'The receipt can be printed once this visit is done.' })}</p>
        <ikd-button variant="secondary" @click=${() => this.#back()}>${say({ id: 'Kembali ke kasus', en: 'Back to the case' })}<kbd>F9</kbd></ikd-button>
      </ikd-notice>`
    }
    return html`<div class="stack narrow">
      <div class="row no-print">
        <ikd-button @click=${() => void this.#print()}>${say({ id: 'Cetak', en: 'Print' })}<kbd>F8</kbd></ikd-button>
        <ikd-button variant="secondary" @click=${() => this.#back()}>${say({ id: 'Kembali ke kasus', en: 'Back to the case' })}<kbd>F9</kbd></ikd-button>
      </div>
      ${this.printError === undefined
        ? nothing
        : html`<ikd-notice class="no-print" kind="error" heading=${say({ id: 'Belum tercetak', en: 'Not printed' })}>
            <p>${say({ id: 'Periksa printer, lalu tekan Cetak lagi. Semuanya sudah tercatat.', en: 'Check the printer and press Print again. Everything is recorded.' })}</p>
          </ikd-notice>`}
      ${this.#paper(shown, receipt)}
    </div>`
  }

  #paper({ office }: Case, { title, number, rows, advice }: Receipt) {
    return html`<article class="paper" aria-label=${say({ id: 'Tanda terima', en: 'Receipt' })}>
      <header>
        <p class="office">${office.name}</p>
        <p>${office.address}</p>
      </header>
      <h1>${title.id} <span lang="en">/ ${title.en}</span></h1>
      ${number === undefined ? nothing : html`<p class="number">${number}</p>`}
      <dl>
        ${rows.map(
          ([{ id, en }, value]) => html`<dt>${id}${en === id ? nothing : html` <span lang="en">/ ${en}</span>`}</dt>
            <dd>${typeof value === 'string' ? html`<bdi>${value}</bdi>` : html`${value.id} <span lang="en">/ ${value.en}</span>`}</dd>`,
        )}
      </dl>
      <p lang="id">${advice.id}</p>
      <p lang="en">${advice.en}</p>
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
