import { type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { CancelReason } from '../desk/desk-api.ts'
import { ActionDialog } from './action-dialog.ts'

const reasons: readonly { readonly reason: Exclude<CancelReason, 'finished'>; readonly text: Phrase }[] = [
  { reason: 'left', text: { id: 'Warga pergi', en: 'The resident left' } },
  { reason: 'wrong-person', text: { id: 'Orang lain yang datang', en: 'Somebody else came' } },
  { reason: 'technical', text: { id: 'Gangguan teknis', en: 'A technical fault' } },
]

/** Ends a visit without a decision. */
@customElement('cancel-dialog')
export class CancelDialog extends ActionDialog {
  @property({ attribute: false }) run!: (reason: CancelReason) => Promise<void>
  @state() private reason: CancelReason = 'left'
  protected override readonly heading: Phrase = { id: 'Tutup kasus tanpa keputusan', en: 'Close the case without a decision' }
  protected override readonly confirm: Phrase = { id: 'Tutup kasus', en: 'Close the case' }

  protected override body() {
    return html`<p>${say({ id: 'Pendaftaran warga tetap ada; kasus baru dapat dibuka kapan saja.', en: 'The resident’s registration stays; a new case can be opened at any time.' })}</p>
      <div class="stack" role="radiogroup" aria-label=${say({ id: 'Alasan', en: 'Reason' })}>
        ${reasons.map(
          ({ reason, text }) => html`<label class="row"><input type="radio" name="reason" .checked=${reason === this.reason} @change=${() => (this.reason = reason)} />${say(text)}</label>`,
        )}
      </div>`
  }

  protected override isComplete(): boolean {
    return true
  }

  protected override act(): Promise<void> {
    return this.run(this.reason)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cancel-dialog': CancelDialog
  }
}
