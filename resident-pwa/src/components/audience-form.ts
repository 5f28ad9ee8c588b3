import type { Audience, DisclosableField } from '@ikd/contract'
import { fieldLabel, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { beginChoice, type Institution, offeredFields, toggleField } from '../holder/audience-choice.ts'
import type { Choice } from '../holder/presentation-maker.ts'
import { getAudiences } from '../holder/record.ts'
import { anyInstitutionText, residentAudienceText } from '../texts/audience-text.ts'
import { renderTask } from './load.ts'
import { Part } from './part.ts'

/** For whom the QR is and what it discloses. Fires `ikd-choice` with the new `Choice` at every change. */
@customElement('ikd-audience-form')
export class AudienceForm extends Part {
  @property({ attribute: false }) choice!: Choice

  readonly #institutions = new Task(this, { task: () => getAudiences(this.ports.session), args: () => [] as const })

  override render() {
    return renderTask(this.#institutions, say({ id: 'Mengambil daftar lembaga', en: 'Fetching the institutions' }), (institutions) => this.#form(institutions))
  }

  #form(institutions: readonly Institution[]) {
    const { audience } = this.choice
    const to = (wanted: Audience) => () => this.#tell(beginChoice(wanted, institutions))
    const first = institutions[0]
    return html`
      <fieldset>
        <legend>${say({ id: 'Untuk siapa QR ini?', en: 'Who is this QR for?' })}</legend>
        ${this.#radio(anyInstitutionText(), audience.to === 'any-institution', to({ to: 'any-institution' }))}
        ${first
          ? this.#radio(
              say({ id: 'Satu lembaga saja', en: 'One institution only' }),
              audience.to === 'institution',
              to({ to: 'institution', number: first.number }),
            )
          : nothing}
        ${audience.to === 'institution' ? this.#select(institutions, audience.number) : nothing}
        ${this.#radio(residentAudienceText(), audience.to === 'resident', to({ to: 'resident' }))}
      </fieldset>
      ${audience.to === 'resident' ? nothing : this.#fields(offeredFields(audience, institutions))}
    `
  }

  #radio(label: string, checked: boolean, choose: () => void) {
    return html`<label class="choice"><input type="radio" name="audience" .checked=${checked} @change=${choose} /><span>${label}</span></label>`
  }

  #select(institutions: readonly Institution[], number: number) {
    const chosen = (event: Event) => {
      if (!(event.target instanceof HTMLSelectElement)) return
      this.#tell(beginChoice({ to: 'institution', number: Number(event.target.value) }, institutions))
    }
    return html`<select aria-label=${say({ id: 'Lembaga', en: 'Institution' })} @change=${chosen}>
      ${institutions.map((institution) => html`<option value=${institution.number} ?selected=${institution.number === number}>${institution.name}</option>`)}
    </select>`
  }

  #fields(offered: readonly DisclosableField[]) {
    return html`<fieldset>
      <legend>${say({ id: 'Data yang boleh dilihat', en: 'What they may see' })}</legend>
      ${offered.map(
        (field) => html`<label class="choice">
          <input type="checkbox" .checked=${this.choice.fields.includes(field)} @change=${() => this.#tell(toggleField(this.choice, field))} />
          <span>${fieldLabel(field)}</span>
        </label>`,
      )}
      <p class="muted small">
        ${say({
          id: 'Lembaga hanya menerima data yang sudah didaftarkannya, walaupun Anda memilih lebih.',
          en: 'An institution receives only what it has registered for, even if you choose more.',
        })}
      </p>
    </fieldset>`
  }

  #tell(choice: Choice): void {
    this.dispatchEvent(new CustomEvent<Choice>('ikd-choice', { detail: choice }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-audience-form': AudienceForm
  }
}
