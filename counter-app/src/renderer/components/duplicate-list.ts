import './duplicate-dialog.ts'
import './reason-dialog.ts'
import type { Duplicate } from '@ikd/contract'
import { baseStyles, caseStateText, formatDateTime, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Desk } from '../desk/desk.ts'
import { Loaded } from '../desk/loaded.ts'
import { duplicateKindText, duplicateOutcomeText, otherText } from '../texts/duplicate-texts.ts'
import { fragmentOf } from '../view/place.ts'
import { deskStyles } from './desk-styles.ts'
import { loadedPart } from './loaded-part.ts'
import { rowStyles } from './row-styles.ts'

/** A supervisor's daily list: faces of the office's cases that are like somebody else's, those that hold a mail first. */
@customElement('duplicate-list')
export class DuplicateList extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @state() private compared: Duplicate | undefined
  @state() private letGo: Duplicate | undefined
  readonly #list = new Loaded(this, () => this.desk.duplicates.list())
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = this.desk.live.listen(() => void this.#list.refetch())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  override render() {
    return html`${loadedPart(this.#list, say({ id: 'Memuat daftar…', en: 'Loading the list…' }), (rows) => this.#rows(rows))}
      ${this.compared
        ? html`<duplicate-dialog open .api=${this.desk.duplicates} .duplicate=${this.compared} @dialog-closed=${this.#closed}></duplicate-dialog>`
        : nothing}
      ${this.letGo ? this.#letting(this.letGo) : nothing}`
  }

  #rows(rows: readonly Duplicate[]) {
    if (rows.length > 0) return html`<ul class="rows" aria-live="polite">${rows.map((row) => this.#row(row))}</ul>`
    return html`<ikd-empty
      heading=${say({ id: 'Tidak ada wajah yang mirip', en: 'No faces alike' })}
      text=${say({ id: 'Setiap wajah yang disetujui dicari di antara semua penduduk yang sudah aktif. Yang mirip muncul di sini untuk Anda bandingkan.', en: 'Every approved face is searched among all active residents. Those alike appear here for you to compare.' })}
    ></ikd-empty>`
  }

  #row(row: Duplicate) {
    const { decision } = row
    return html`<li>
      <div>
        <p class=${row.kind !== 'listed' && !decision ? 'bad' : ''}>${decision ? say(duplicateOutcomeText[decision.outcome]) : say(duplicateKindText[row.kind])}</p>
        <p>
          <a href=${fragmentOf({ at: 'case', caseId: row.case.id })}><bdi>${row.case.residentName}</bdi></a> · ${caseStateText(row.case.state)} ·
          ${say({ id: `petugas ${row.case.officer}`, en: `officer ${row.case.officer}` })}
        </p>
        ${row.other ? html`<p>${say({ id: 'Mirip: ', en: 'Like: ' })}${say(otherText(row.other))}</p>` : nothing}
        <p class="muted">
          ${formatDateTime(row.at)}${decision ? html` · ${say({ id: `diputuskan ${decision.by}, ${formatDateTime(decision.at)}: “${decision.reason}”`, en: `decided by ${decision.by}, ${formatDateTime(decision.at)}: “${decision.reason}”` })}` : nothing}
        </p>
      </div>
      ${decision
        ? nothing
        : row.kind === 'unsearched'
          ? html`<ikd-button variant="secondary" @click=${() => (this.letGo = row)}>${say({ id: 'Lepas tanpa pencarian…', en: 'Let go without a search…' })}</ikd-button>`
          : html`<ikd-button @click=${() => (this.compared = row)}>${say({ id: 'Bandingkan…', en: 'Compare…' })}</ikd-button>`}
    </li>`
  }

  #letting({ case: own }: Duplicate) {
    return html`<reason-dialog
      open
      danger
      .heading=${{ id: 'Lepas tanpa pencarian wajah ganda', en: 'Let go without a search for a duplicate face' }}
      .explanation=${{
        id: `E-mail aktivasi ${own.residentName} terkirim tanpa diperiksa apakah wajah ini sudah terdaftar dengan nama lain. Keputusan ini dicatat atas nama Anda.`,
        en: `The activation mail of ${own.residentName} leaves without a look whether this face is registered under another name. The decision is recorded under your name.`,
      }}
      .confirm=${{ id: 'Lepas', en: 'Let go' }}
      .run=${async (reason: string) => void (await this.desk.duplicates.letGo(own.id, reason))}
      @dialog-closed=${this.#closed}
    ></reason-dialog>`
  }

  readonly #closed = (): void => {
    this.compared = undefined
    this.letGo = undefined
    void this.#list.refetch()
  }

  static override readonly styles = [baseStyles, deskStyles, rowStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'duplicate-list': DuplicateList
  }
}
