import type { AnswerOf, routes } from '@ikd/contract'
import { baseStyles, Doing, formatDateTime, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { problemNotice } from '../components/problem-notice.ts'
import { screenStyles } from '../components/screen-styles.ts'
import { fieldList } from '../texts/identity-text.ts'

type Page = AnswerOf<typeof routes.scans.list>

/** The institution's own receipts: time, purpose, names of fields; never values. */
@customElement('ikd-receipt-list')
export class ReceiptList extends LocalisedElement {
  @property({ attribute: false }) fetch!: (before?: number) => Promise<Page>
  @state() private pages: readonly Page[] = []
  readonly #loading = new Doing(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.refresh()
  }

  async refresh(): Promise<void> {
    const page = await this.#loading.run(() => this.fetch())
    if (page) this.pages = [page]
  }

  override render() {
    const receipts = this.pages.flatMap((page) => page.scans)
    const next = this.pages.at(-1)?.next
    return html`
      <h2>${say({ id: 'Tanda terima pemindaian', en: 'Receipts of scans' })}</h2>
      ${receipts.length === 0 && !this.#loading.busy ? html`<p class="muted">${say({ id: 'Belum ada pemindaian.', en: 'No scans yet.' })}</p>` : nothing}
      <ol>
        ${receipts.map(
          (receipt) => html`<li>
            <p><time datetime=${new Date(receipt.at).toISOString()}>${formatDateTime(receipt.at)}</time> · <bdi>${receipt.by}</bdi></p>
            <p class="muted"><bdi>${receipt.purpose}</bdi> · ${fieldList(receipt.fields)}</p>
          </li>`,
        )}
      </ol>
      ${this.#loading.busy ? html`<ikd-progress label=${say({ id: 'Mengambil tanda terima', en: 'Fetching the receipts' })}></ikd-progress>` : nothing}
      ${problemNotice(this.#loading.problem, () => void this.refresh())}
      ${next !== undefined ? html`<ikd-button variant="secondary" ?busy=${this.#loading.busy} @click=${() => this.#older(next)}>${say({ id: 'Lihat yang lebih lama', en: 'Show older ones' })}</ikd-button>` : nothing}
    `
  }

  async #older(before: number): Promise<void> {
    const page = await this.#loading.run(() => this.fetch(before))
    if (page) this.pages = [...this.pages, page]
  }

  static override readonly styles = [
    baseStyles,
    screenStyles,
    css`
      ol {
        list-style: none;
        padding: 0;
      }
      li {
        padding-block: var(--ikd-space-2);
        border-block-end: 1px solid var(--ikd-border);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-receipt-list': ReceiptList
  }
}
