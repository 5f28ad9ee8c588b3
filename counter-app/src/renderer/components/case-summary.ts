import './eligibility-list.ts'
import type { Case } from '@ikd/contract'
import { baseStyles, caseKindText, formatDate, formatDateTime, formatTime, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { boundPhoneText, suspendedByText } from '../texts/phone-texts.ts'
import { deskStyles } from './desk-styles.ts'

/** Who the resident is and what is known of this visit; stays beside the step. */
@customElement('case-summary')
export class CaseSummaryPanel extends LocalisedElement {
  @property({ attribute: false }) shown!: Case
  /** The step shows the rules itself. */
  @property({ type: Boolean }) hideRules = false

  override render() {
    const { resident, contact, eligibility, phone } = this.shown
    return html`<ikd-card>
      <div class="stack">
        <dl>
          ${resident
            ? html`<dt>NIK</dt>
                <dd>${resident.nikMasked}</dd>
                <dt>${say({ id: 'Lahir', en: 'Born' })}</dt>
                <dd>${formatDate(resident.birthDate)}</dd>
                <dt>${say({ id: 'Alamat', en: 'Address' })}</dt>
                <dd>${resident.address}</dd>
                <dt>${say({ id: 'Foto KTP-el', en: 'KTP-el photo' })}</dt>
                <dd>${resident.hasReference ? say({ id: 'Ada', en: 'On record' }) : say({ id: 'Tidak ada', en: 'None' })}</dd>
                <dt>${say({ id: 'Ponsel terpasang', en: 'Bound phone' })}</dt>
                <dd>${phone ? this.#phone(phone) : this.#boundDevice(resident.boundDevice)}</dd>`
            : nothing}
          ${contact
            ? html`<dt>E-mail</dt>
                <dd>${contact.emailMasked}</dd>
                <dt>${say({ id: 'Telepon', en: 'Phone' })}</dt>
                <dd>${contact.phoneMasked}</dd>`
            : nothing}
          <dt>${say({ id: 'Kasus', en: 'Case' })}</dt>
          <dd>${caseKindText(this.shown.kind)}, ${formatTime(this.shown.openedAt)}</dd>
          <dt>${say({ id: 'Petugas', en: 'Officer' })}</dt>
          <dd><bdi>${this.shown.officer.name}</bdi> · <bdi>${this.shown.workstation}</bdi></dd>
        </dl>
        ${this.hideRules || eligibility.length === 0
          ? nothing
          : html`<details>
              <summary>${say({ id: `Syarat terpenuhi: ${this.#passed()} dari ${eligibility.length}`, en: `Rules met: ${this.#passed()} of ${eligibility.length}` })}</summary>
              <eligibility-list .findings=${eligibility}></eligibility-list>
            </details>`}
      </div>
    </ikd-card>`
  }

  #passed(): number {
    return this.shown.eligibility.filter(({ passed }) => passed).length
  }

  /** The phone a case is about, with since when and by whom it rests. */
  #phone({ state, since, suspendedBy }: NonNullable<Case['phone']>): string {
    return [say(boundPhoneText[state]), suspendedBy ? say(suspendedByText[suspendedBy]) : '', since === undefined ? '' : formatDateTime(since)].filter(Boolean).join(', ')
  }

  #boundDevice(state: 'active' | 'blocked' | 'suspended' | undefined): string {
    return state === undefined ? say({ id: 'Belum ada', en: 'None' }) : say(boundPhoneText[state])
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      dl {
        font-size: var(--ikd-size-small);
      }
      summary {
        cursor: pointer;
        min-block-size: 2rem;
        font-weight: 600;
        font-size: var(--ikd-size-small);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'case-summary': CaseSummaryPanel
  }
}
