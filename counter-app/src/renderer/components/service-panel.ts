import { type Case, type ServiceKind, serviceKinds } from '@ikd/contract'
import { baseStyles, Doing, formatTime, LocalisedElement, problemText, say, serviceKindText } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ServiceRecord } from '../desk/desk-api.ts'
import { fragmentOf } from '../view/place.ts'
import { deskStyles } from './desk-styles.ts'

/** Requests for physical service: what is recorded, with its receipt, and the next one. */
@customElement('service-panel')
export class ServicePanel extends LocalisedElement {
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) record!: (request: ServiceRecord) => Promise<void>
  @property({ type: Boolean }) mayRecord = false
  @state() private kind: ServiceKind | undefined
  @state() private note = ''
  readonly #recording = new Doing(this)

  override render() {
    return html`<div class="stack">
      ${this.shown.serviceRequests.length > 0
        ? html`<ul>
            ${this.shown.serviceRequests.map(
              ({ id, number, kind, at }) => html`<li>
                <strong>${number}</strong> ${serviceKindText(kind)} · ${formatTime(at)} ·
                <a href=${fragmentOf({ at: 'receipt', caseId: this.shown.id, requestId: id })}>${say({ id: 'Cetak tanda terima', en: 'Print the receipt' })}</a>
              </li>`,
            )}
          </ul>`
        : nothing}
      ${this.mayRecord ? this.#form() : nothing}
    </div>`
  }

  #form() {
    const problem = this.#recording.problem === undefined ? undefined : problemText(this.#recording.problem)
    return html`<form class="stack" @submit=${this.#submitted}>
      <fieldset>
        <legend>${say({ id: 'Layanan yang diminta', en: 'Service requested' })}</legend>
        <div class="kinds">
          ${serviceKinds.map(
            (kind) => html`<label class=${kind === this.kind ? 'chosen' : nothing}><input type="radio" name="kind" .checked=${kind === this.kind} @change=${() => (this.kind = kind)} />${serviceKindText(kind)}</label>`,
          )}
        </div>
      </fieldset>
      <ikd-field
        label=${say({ id: 'Catatan (boleh kosong)', en: 'Note (may be empty)' })}
        maxlength="500"
        autocomplete="off"
        .value=${this.note}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.note = event.detail.value)}
      ></ikd-field>
      ${problem ? html`<ikd-notice kind="error" heading=${problem.title}><p>${problem.text}</p></ikd-notice>` : nothing}
      <div><ikd-button type="submit" ?busy=${this.#recording.busy} ?disabled=${!this.kind}>${say({ id: 'Catat permohonan', en: 'Record the request' })}</ikd-button></div>
    </form>`
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const { kind, note } = this
    if (!kind) return
    await this.#recording.run(async () => {
      await this.record({ kind, note: note.trim() })
      this.kind = undefined
      this.note = ''
    })
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .kinds {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
        gap: var(--ikd-space-2);
      }
      .kinds label {
        display: flex;
        align-items: center;
        gap: var(--ikd-space-2);
        min-block-size: 2.5rem;
        padding-inline: var(--ikd-space-3);
        border: 1px solid var(--ikd-border-control);
        border-radius: var(--ikd-radius-small);
        cursor: pointer;
      }
      .kinds .chosen {
        background: var(--ikd-primary-soft);
        border-color: var(--ikd-primary);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'service-panel': ServicePanel
  }
}
