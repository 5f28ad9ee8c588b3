import { type BlockReason, blockReasons, type Case } from '@ikd/contract'
import { blockReasonText, type Phrase, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ActionDialog } from './action-dialog.ts'

/** Why the phone is blocked, and what that does at once. */
@customElement('block-dialog')
export class BlockDialog extends ActionDialog {
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) run!: (reason: BlockReason) => Promise<void>
  @state() private reason: BlockReason | undefined
  protected override readonly heading: Phrase = { id: 'Blokir ponsel warga', en: 'Block the resident’s phone' }
  protected override readonly confirm: Phrase = { id: 'Blokir sekarang', en: 'Block now' }
  protected override readonly danger = true

  protected override body() {
    return html`<p>
        ${say({
          id: `IKD di ponsel ${this.shown.resident?.name ?? ''} langsung mati. Membukanya lagi perlu ponsel itu di loket dan dua petugas. Warga mendapat e-mail dan melihatnya di Histori.`,
          en: `IKD on ${this.shown.resident?.name ?? ''}’s phone is dead at once. Undoing it takes that phone at a desk and two officers. The resident gets an e-mail and sees it in their history.`,
        })}
      </p>
      <div class="stack" role="radiogroup" aria-label=${say({ id: 'Alasan', en: 'Reason' })}>
        ${blockReasons.map(
          (reason) => html`<label class="row"><input type="radio" name="reason" .checked=${reason === this.reason} @change=${() => (this.reason = reason)} />${blockReasonText(reason)}</label>`,
        )}
      </div>`
  }

  protected override isComplete(): boolean {
    return this.reason !== undefined
  }

  protected override async act(): Promise<void> {
    if (this.reason) await this.run(this.reason)
    this.reason = undefined
  }

  static override readonly styles = [
    ...ActionDialog.styles,
    css`
      label {
        min-block-size: 2rem;
        cursor: pointer;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'block-dialog': BlockDialog
  }
}
