import type { WorkstationPower } from '@ikd/contract'
import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { OneTimeCode } from '../desk/admin-api.ts'
import { powerText } from '../texts/staff-texts.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

/**
 * What a new workstation is called and may do.
 *
 * @fires enrolment-made with the OneTimeCode
 */
@customElement('enrolment-form')
export class EnrolmentForm extends LocalisedElement {
  /** The next free number of the office, for the name that is proposed. */
  @property({ type: Number }) number = 1
  /** What this office's workstations may be given. */
  @property({ attribute: false }) powers: readonly WorkstationPower[] = []
  @property({ attribute: false }) make!: (label: string, powers: readonly WorkstationPower[]) => Promise<OneTimeCode>
  /** As typed; until then the proposal. */
  @state() private typed: string | undefined
  @state() private chosen: readonly WorkstationPower[] = ['activate']
  readonly #making = new Doing(this)

  override render() {
    return html`<form class="stack" @submit=${this.#submitted}>
      <ikd-field
        label=${say({ id: 'Nama loket baru', en: 'Name of the new workstation' })}
        hint=${say({ id: 'Dibaca warga di ponselnya.', en: 'Residents read it on their phone.' })}
        maxlength="200"
        autocomplete="off"
        .value=${this.#label}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.typed = event.detail.value)}
      ></ikd-field>
      <fieldset>
        <legend>${say({ id: 'Wewenang loket ini', en: 'Powers of this workstation' })}</legend>
        ${this.powers.map(
          (power) => html`<label>
            <input type="checkbox" .checked=${this.chosen.includes(power)} @change=${() => this.#toggle(power)} />
            <span><strong>${say(powerText[power].name)}</strong> — ${say(powerText[power].what)}</span>
          </label>`,
        )}
      </fieldset>
      ${problemNotice(this.#making.problem)}
      <div><ikd-button type="submit" ?busy=${this.#making.busy} ?disabled=${!this.#label.trim() || this.chosen.length === 0}>${say({ id: 'Buat kode pendaftaran', en: 'Make an enrolment code' })}</ikd-button></div>
    </form>`
  }

  get #label(): string {
    // Residents read it on their phones, whatever the admin reads.
    return this.typed ?? `Loket ${this.number}`
  }

  #toggle(power: WorkstationPower): void {
    this.chosen = this.chosen.includes(power) ? this.chosen.filter((each) => each !== power) : [...this.chosen, power]
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const label = this.#label.trim()
    const { chosen } = this
    if (!label || chosen.length === 0) return
    const made = await this.#making.run(() => this.make(label, chosen))
    if (!made) return
    this.typed = undefined
    this.chosen = ['activate']
    this.dispatchEvent(new CustomEvent<OneTimeCode>('enrolment-made', { detail: made, bubbles: true, composed: true }))
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      label {
        display: flex;
        align-items: center;
        gap: var(--ikd-space-2);
        min-block-size: 2.5rem;
        cursor: pointer;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'enrolment-form': EnrolmentForm
  }
}
