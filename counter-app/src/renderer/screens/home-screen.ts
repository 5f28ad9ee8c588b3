import '../components/case-list.ts'
import { baseStyles, LocalisedElement, type Phrase, problemText, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { CaseGroups } from '../desk/case-groups.ts'
import type { Desk } from '../desk/desk.ts'
import type { CaseGroup } from '../desk/desk-api.ts'

const groups: readonly { readonly group: CaseGroup; readonly heading: Phrase; readonly empty: Phrase }[] = [
  { group: 'open', heading: { id: 'Sedang berjalan', en: 'In progress' }, empty: { id: 'Tidak ada kasus terbuka.', en: 'No open cases.' } },
  { group: 'awaiting-supervisor', heading: { id: 'Menunggu supervisor', en: 'Waiting for a supervisor' }, empty: { id: 'Tidak ada yang menunggu.', en: 'Nothing is waiting.' } },
  { group: 'today', heading: { id: 'Selesai hari ini', en: 'Ended today' }, empty: { id: 'Belum ada hari ini.', en: 'None yet today.' } },
]

/** Home: the next resident, and the office's cases. */
@customElement('home-screen')
export class HomeScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  readonly #groups = new CaseGroups(this, () => this.desk, groups.map(({ group }) => group))

  override firstUpdated(): void {
    const next = this.renderRoot.querySelector('ikd-button')
    void next?.updateComplete.then(() => next.focus())
  }

  override render() {
    return html`<div class="stack">
      <h1 class="visually-hidden">${say({ id: 'Beranda loket', en: 'Desk home' })}</h1>
      <div class="row next">
        <ikd-button @click=${() => this.desk.go({ at: 'scan' })}>${say({ id: 'Pindai QR pendaftaran', en: 'Scan a registration QR' })}<kbd>F2</kbd></ikd-button>
        <ikd-button variant="secondary" @click=${() => this.desk.go({ at: 'lookup' })}>${say({ id: 'Cari penduduk', en: 'Look a resident up' })}<kbd>F4</kbd></ikd-button>
      </div>
      <div class="groups">${groups.map(({ group, heading, empty }) => this.#group(group, heading, empty))}</div>
    </div>`
  }

  #group(group: CaseGroup, heading: Phrase, empty: Phrase) {
    const state = this.#groups.state(group)
    const count = state.kind === 'known' && state.cases.length > 0 ? ` (${state.cases.length})` : ''
    return html`<ikd-card heading=${say(heading) + count}>
      ${state.kind === 'loading' ? html`<ikd-progress label=${say({ id: 'Memuat kasus…', en: 'Loading cases…' })}></ikd-progress>` : nothing}
      ${state.kind === 'failed'
        ? html`<ikd-notice kind="error" heading=${problemText(state.error).title}>
            <p>${problemText(state.error).text}</p>
            <ikd-button variant="secondary" @click=${() => this.#groups.refetch()}>${say({ id: 'Muat lagi', en: 'Load again' })}</ikd-button>
          </ikd-notice>`
        : nothing}
      ${state.kind === 'known' && state.cases.length === 0 ? html`<p class="muted">${say(empty)}</p>` : nothing}
      ${state.kind === 'known' && state.cases.length > 0 ? html`<case-list .cases=${state.cases}></case-list>` : nothing}
    </ikd-card>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .next ikd-button {
        flex: 1 1 16rem;
        font-size: var(--ikd-size-large);
      }
      .groups {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr));
        gap: var(--ikd-space-4);
        align-items: start;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'home-screen': HomeScreen
  }
}
