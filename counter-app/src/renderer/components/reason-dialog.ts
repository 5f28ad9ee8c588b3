import { type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ActionDialog } from './action-dialog.ts'

/** Asks for a reason in a sentence; common ones are a click away. */
@customElement('reason-dialog')
export class ReasonDialog extends ActionDialog {
  @property({ attribute: false }) override heading: Phrase = { id: 'Alasan', en: 'Reason' }
  @property({ attribute: false }) override confirm: Phrase = { id: 'Lanjut', en: 'Continue' }
  @property({ type: Boolean }) override danger = false
  @property({ attribute: false }) explanation: Phrase = { id: '', en: '' }
  @property({ attribute: false }) suggestions: readonly Phrase[] = []
  /** The reason that nearly always holds here; stands in the field from the beginning and may be changed. */
  @property({ attribute: false }) expected: Phrase | undefined
  @property({ attribute: false }) run!: (reason: string) => Promise<void>
  @state() private reason = ''

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('open') && this.open && this.reason === '' && this.expected) this.reason = say(this.expected)
  }

  protected override body() {
    return html`<p>${say(this.explanation)}</p>
      <div class="row suggestions">${this.suggestions.map((each) => html`<button type="button" @click=${() => (this.reason = say(each))}>${say(each)}</button>`)}</div>
      <ikd-field
        label=${say({ id: 'Alasan', en: 'Reason' })}
        maxlength="200"
        autocomplete="off"
        .value=${this.reason}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.reason = event.detail.value)}
      ></ikd-field>`
  }

  protected override isComplete(): boolean {
    return this.reason.trim() !== ''
  }

  protected override async act(): Promise<void> {
    await this.run(this.reason.trim())
    this.reason = ''
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reason-dialog': ReasonDialog
  }
}
