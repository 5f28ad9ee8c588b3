import { type LookupPurpose, lookupPurposes, parseNik } from '@ikd/contract'
import { baseStyles, formatDate, LocalisedElement, lookupPurposeText, problemText, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import type { Desk } from '../desk/desk.ts'
import type { FoundResident, ResidentSearch } from '../desk/desk-api.ts'
import { lookupWayText } from '../texts/lookup-texts.ts'
import { nikProblemText } from '../texts/nik-texts.ts'
import { type LookupKind, lookupWays } from '../view/lookup-ways.ts'

type Answer =
  | { readonly kind: 'none' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly purpose: LookupPurpose; readonly residents: readonly FoundResident[] }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Looks a resident up: the purpose first, since the resident will read it in their history. */
@customElement('lookup-screen')
export class LookupScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @state() private purpose: LookupPurpose | undefined
  @state() private by: 'nik' | 'name' = 'nik'
  @state() private nik = ''
  @state() private name = ''
  @state() private birthDate = ''
  @state() private wrong = ''
  @state() private answer: Answer = { kind: 'none' }
  @state() private opening: { readonly resident: string; readonly kind: LookupKind } | undefined

  override render() {
    return html`<div class="stack">
      <h1>${say({ id: 'Cari penduduk', en: 'Look a resident up' })}</h1>
      <ikd-card>
        <form class="stack" @submit=${this.#submitted}>
          <fieldset>
            <legend>${say({ id: '1. Untuk keperluan apa?', en: '1. For which purpose?' })}</legend>
            <div class="row">
              ${lookupPurposes.map(
                (purpose) => html`<label class="choice ${purpose === this.purpose ? 'chosen' : ''}">
                  <input type="radio" name="purpose" .checked=${purpose === this.purpose} @change=${() => this.#choosePurpose(purpose)} />
                  ${lookupPurposeText(purpose)}
                </label>`,
              )}
            </div>
            <p class="muted">${say({ id: 'Warga melihat keperluan ini di Histori IKD-nya.', en: 'The resident sees this purpose in their history.' })}</p>
          </fieldset>
          ${this.purpose ? this.#search() : nothing}
        </form>
      </ikd-card>
      ${this.#answer()}
    </div>`
  }

  #search() {
    return html`<fieldset>
      <legend>${say({ id: '2. Cari dengan', en: '2. Search by' })}</legend>
      <div class="row">
        <label class="choice ${this.by === 'nik' ? 'chosen' : ''}"><input type="radio" name="by" .checked=${this.by === 'nik'} @change=${() => (this.by = 'nik')} />NIK</label>
        <label class="choice ${this.by === 'name' ? 'chosen' : ''}"><input type="radio" name="by" .checked=${this.by === 'name'} @change=${() => (this.by = 'name')} />${say({ id: 'Nama dan tanggal lahir', en: 'Name and birth date' })}</label>
      </div>
      <div class="fields">
        ${this.by === 'nik'
          ? html`<ikd-field
              id="nik"
              label="NIK"
              inputmode="numeric"
              maxlength="16"
              autocomplete="off"
              error=${this.wrong}
              .value=${this.nik}
              @ikd-input=${(event: CustomEvent<{ value: string }>) => this.#typedNik(event.detail.value)}
            ></ikd-field>`
          : html`<ikd-field
                label=${say({ id: 'Nama', en: 'Name' })}
                autocomplete="off"
                maxlength="100"
                error=${this.wrong}
                .value=${this.name}
                @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.name = event.detail.value)}
              ></ikd-field>
              <ikd-field
                label=${say({ id: 'Tanggal lahir', en: 'Birth date' })}
                type="date"
                .value=${this.birthDate}
                @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.birthDate = event.detail.value)}
              ></ikd-field>`}
        <ikd-button type="submit" ?busy=${this.answer.kind === 'searching'}>${say({ id: 'Cari', en: 'Search' })}</ikd-button>
      </div>
    </fieldset>`
  }

  #answer() {
    switch (this.answer.kind) {
      case 'none':
        return nothing
      case 'searching':
        return html`<ikd-progress label=${say({ id: 'Mencari…', en: 'Searching…' })}></ikd-progress>`
      case 'failed': {
        const { title, text } = problemText(this.answer.error)
        return html`<ikd-notice kind="error" heading=${title}><p>${text}</p></ikd-notice>`
      }
      case 'found': {
        const { residents, purpose } = this.answer
        if (residents.length === 0) {
          return html`<ikd-empty
            heading=${say({ id: 'Tidak ditemukan', en: 'Not found' })}
            text=${say({ id: 'Cocokkan ejaan dengan KTP-el atau KK, lalu cari lagi.', en: 'Compare the spelling with the KTP-el or family card, then search again.' })}
          ></ikd-empty>`
        }
        return html`<div class="stack" role="region" aria-label=${say({ id: 'Hasil', en: 'Results' })}>${residents.map((resident) => this.#resident(resident, purpose))}</div>`
      }
    }
  }

  #resident(resident: FoundResident, purpose: LookupPurpose) {
    const resting = resident.boundDevice === 'blocked' || resident.boundDevice === 'suspended'
    return html`<ikd-card>
      <div class="found">
        <div>
          <h2>${resident.name}</h2>
          <p class="muted">NIK ${resident.nikMasked} · ${formatDate(resident.birthDate)} · ${resident.address}</p>
          <p>${this.#boundDevice(resident)}</p>
          ${resting ? html`<p class="muted">${say({ id: 'Untuk membukanya lagi, pindai QR dari ponsel itu sendiri (F2).', en: 'To open it again, scan the QR of that very phone (F2).' })}</p>` : nothing}
        </div>
        <div class="row">
          ${lookupWays(purpose, resident.boundDevice).map(
            (kind, place) => html`<ikd-button
              variant=${place === 0 ? 'primary' : 'secondary'}
              ?busy=${this.opening?.resident === resident.id && this.opening.kind === kind}
              @click=${() => void this.#open(resident, kind, purpose)}
              >${say(lookupWayText[kind])}</ikd-button
            >`,
          )}
        </div>
      </div>
    </ikd-card>`
  }

  #boundDevice({ boundDevice }: FoundResident): string {
    switch (boundDevice) {
      case undefined:
        return say({ id: 'Belum ada ponsel terpasang.', en: 'No phone is bound.' })
      case 'active':
        return say({ id: 'Ponsel terpasang dan aktif.', en: 'A phone is bound and active.' })
      case 'blocked':
        return say({ id: 'Ponsel terpasang, diblokir.', en: 'A phone is bound, blocked.' })
      case 'suspended':
        return say({ id: 'Ponsel terpasang, ditangguhkan warga.', en: 'A phone is bound, suspended by the resident.' })
    }
  }

  #choosePurpose(purpose: LookupPurpose): void {
    this.purpose = purpose
    this.answer = { kind: 'none' }
    void this.updateComplete.then(() => this.renderRoot.querySelector('ikd-field')?.focus())
  }

  #typedNik(value: string): void {
    this.nik = value.replaceAll(/\D/g, '')
    this.wrong = ''
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!this.purpose || this.answer.kind === 'searching') return
    const by = this.#criteria()
    if (by) void this.#run({ purpose: this.purpose, by })
  }

  #criteria(): ResidentSearch['by'] | undefined {
    this.wrong = ''
    if (this.by === 'name') {
      if (this.name.trim().length >= 3 && this.birthDate) return { name: this.name.trim(), birthDate: this.birthDate }
      this.wrong = say({ id: 'Isi nama (sedikitnya tiga huruf) dan tanggal lahir.', en: 'Enter a name (at least three letters) and the birth date.' })
      return undefined
    }
    const parsed = parseNik(this.nik)
    if ('parts' in parsed) return { nik: this.nik }
    this.wrong = say(nikProblemText[parsed.problem])
    return undefined
  }

  async #run(search: ResidentSearch): Promise<void> {
    this.answer = { kind: 'searching' }
    try {
      this.answer = { kind: 'found', purpose: search.purpose, residents: await this.desk.api.searchResidents(search) }
      await this.updateComplete
      this.renderRoot.querySelector<HTMLElement>('.found ikd-button')?.focus()
    } catch (error) {
      this.answer = { kind: 'failed', error }
    }
  }

  async #open(resident: FoundResident, kind: LookupKind, purpose: LookupPurpose): Promise<void> {
    if (this.opening) return
    this.opening = { resident: resident.id, kind }
    try {
      const opened = await this.desk.api.openCase({ from: 'lookup', kind, residentId: resident.id, purpose })
      this.desk.go({ at: 'case', caseId: opened.id })
    } catch (error) {
      this.answer = { kind: 'failed', error }
    } finally {
      this.opening = undefined
    }
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      fieldset {
        display: grid;
        gap: var(--ikd-space-2);
      }
      .choice {
        display: inline-flex;
        align-items: center;
        gap: var(--ikd-space-2);
        min-block-size: 2.75rem;
        padding-inline: var(--ikd-space-3);
        border: 1px solid var(--ikd-border-control);
        border-radius: var(--ikd-radius-small);
        cursor: pointer;
      }
      .choice.chosen {
        background: var(--ikd-primary-soft);
        border-color: var(--ikd-primary);
      }
      .fields {
        display: grid;
        grid-template-columns: minmax(14rem, 24rem) auto auto;
        gap: var(--ikd-space-3);
        align-items: end;
        justify-content: start;
      }
      .found {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: var(--ikd-space-4);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'lookup-screen': LookupScreen
  }
}
