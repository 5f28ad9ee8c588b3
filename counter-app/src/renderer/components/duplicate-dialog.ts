import { type Duplicate, type DuplicateOutcome, duplicateOutcomes } from '@ikd/contract'
import { type Phrase, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { DuplicateFaces, DuplicatesApi } from '../desk/duplicates-api.ts'
import { duplicateConsequenceText, duplicateOutcomeText, otherText, photoFromText } from '../texts/duplicate-texts.ts'
import { problemNotice } from './problem-notice.ts'
import { ReasonedDialog } from './reasoned-dialog.ts'

/** Two faces side by side, and whether they are one person's. The photographs are fetched when it opens, which both residents hear of. */
@customElement('duplicate-dialog')
export class DuplicateDialog extends ReasonedDialog {
  protected override readonly heading: Phrase = { id: 'Apakah ini orang yang sama?', en: 'Is this the same person?' }
  protected override readonly confirm: Phrase = { id: 'Putuskan', en: 'Decide' }
  @property({ attribute: false }) api!: DuplicatesApi
  @property({ attribute: false }) duplicate!: Duplicate
  @state() private faces: DuplicateFaces | undefined
  @state() private failure: unknown
  @state() private outcome: DuplicateOutcome | undefined

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('open') && !changed.has('duplicate')) return
    this.faces = undefined
    this.outcome = undefined
    this.reason = ''
    if (this.open) void this.#look()
  }

  async #look(): Promise<void> {
    const { id } = this.duplicate
    this.failure = undefined
    try {
      const faces = await this.api.look(id)
      if (this.open && this.duplicate.id === id) this.faces = faces
    } catch (error) {
      this.failure = error
    }
  }

  protected override body() {
    return html`${this.#photographs()}
      <p class="muted">
        ${say({ id: 'Perhatikan telinga, bentuk hidung dan rahang, tahi lalat dan bekas luka; bukan rambut, kerudung, kacamata atau cahaya. Saudara kembar bisa sangat mirip: tanyakan.', en: 'Look at ears, the shape of nose and jaw, moles and scars; not at hair, headscarf, glasses or light. Twins can be very alike: ask.' })}
      </p>
      <fieldset ?disabled=${!this.faces}>
        <legend>${say({ id: 'Keputusan', en: 'Decision' })}</legend>
        ${duplicateOutcomes.map(
          (outcome) => html`<label>
            <input type="radio" name="outcome" .checked=${this.outcome === outcome} @change=${() => (this.outcome = outcome)} />
            <span><strong>${say(duplicateOutcomeText[outcome])}</strong><br />${say(duplicateConsequenceText[outcome])}</span>
          </label>`,
        )}
      </fieldset>
      ${this.reasonField()}`
  }

  #photographs() {
    if (this.failure !== undefined) {
      return html`${problemNotice(this.failure)}
        <div><ikd-button variant="secondary" @click=${() => void this.#look()}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button></div>`
    }
    const { faces } = this
    if (!faces) return html`<ikd-progress label=${say({ id: 'Memuat foto…', en: 'Loading photographs…' })}></ikd-progress>`
    const theirs = this.duplicate.other
    const figures = [
      { jpeg: faces.own, from: faces.ownFrom, whose: { id: `Kasus ini: ${this.duplicate.case.residentName}`, en: `This case: ${this.duplicate.case.residentName}` } },
      { jpeg: faces.other, from: faces.otherFrom, whose: theirs ? otherText(theirs) : { id: '', en: '' } },
    ]
    return html`<div class="pair">
      ${figures.map(
        ({ jpeg, from, whose }) => html`<figure>
          <ikd-photo .jpeg=${jpeg} alt=${`${say(photoFromText[from])}, ${say(whose)}`}></ikd-photo>
          <figcaption>${say(photoFromText[from])}<br />${say(whose)}</figcaption>
        </figure>`,
      )}
    </div>`
  }

  protected override isComplete(): boolean {
    return this.faces !== undefined && this.outcome !== undefined && super.isComplete()
  }

  protected override async give(reason: string): Promise<void> {
    if (this.outcome) await this.api.decide(this.duplicate.id, this.outcome, reason)
  }

  static override readonly styles = [
    ...ReasonedDialog.styles,
    css`
      .pair {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 12rem));
        justify-content: center;
        gap: var(--ikd-space-3);
      }
      figure {
        margin: 0;
      }
      ikd-photo {
        inline-size: 100%;
      }
      figcaption {
        text-align: center;
        font-size: var(--ikd-size-small);
        color: var(--ikd-text-muted);
        overflow-wrap: anywhere;
      }
      fieldset {
        display: grid;
        gap: var(--ikd-space-2);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius-small);
      }
      label {
        display: flex;
        gap: var(--ikd-space-2);
        align-items: start;
        padding-block: var(--ikd-space-1);
      }
      input[type='radio'] {
        inline-size: 1.5rem;
        block-size: 1.5rem;
        flex: none;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'duplicate-dialog': DuplicateDialog
  }
}
