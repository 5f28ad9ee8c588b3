import { type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { ReasonedDialog } from './reasoned-dialog.ts'

/** Asks for a reason, and for nothing else. */
@customElement('reason-dialog')
export class ReasonDialog extends ReasonedDialog {
  @property({ attribute: false }) override heading: Phrase = { id: 'Alasan', en: 'Reason' }
  @property({ attribute: false }) override confirm: Phrase = { id: 'Lanjut', en: 'Continue' }
  @property({ type: Boolean }) override danger = false
  @property({ attribute: false }) explanation: Phrase = { id: '', en: '' }
  /** The reason that nearly always holds here; stands in the field from the beginning and may be changed. */
  @property({ attribute: false }) expected: Phrase | undefined
  @property({ attribute: false }) run!: (reason: string) => Promise<void>

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('open') && this.open && this.reason === '' && this.expected) this.reason = say(this.expected)
  }

  protected override body() {
    return html`<p>${say(this.explanation)}</p>
      ${this.reasonField()}`
  }

  protected override give(reason: string): Promise<void> {
    return this.run(reason)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reason-dialog': ReasonDialog
  }
}
