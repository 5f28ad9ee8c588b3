import { baseStyles, formatDateTime, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OneTimeCode } from '../desk/admin-api.ts'
import { deskStyles } from './desk-styles.ts'

/**
 * A code that is seen once: the server keeps its hash only.
 *
 * @fires code-done when the admin has passed it on
 */
@customElement('one-time-code')
export class OneTimeCodeDialog extends LocalisedElement {
  @property({ attribute: false }) made!: OneTimeCode
  @property({ attribute: false }) heading: Phrase = { id: '', en: '' }
  @property({ attribute: false }) explanation: Phrase = { id: '', en: '' }

  override render() {
    return html`<ikd-dialog open persistent heading=${say(this.heading)}>
      <div class="stack">
        <p>${say(this.explanation)}</p>
        <p class="code" aria-label=${say({ id: 'Kode sekali pakai', en: 'One-time code' })}>${this.made.code}</p>
        <p>${say({ id: `Berlaku sekali, sampai ${formatDateTime(this.made.expiresAt)}. Kode ini tidak dapat ditampilkan lagi.`, en: `Works once, until ${formatDateTime(this.made.expiresAt)}. It cannot be shown again.` })}</p>
        <div class="row end">
          <ikd-button autofocus @click=${() => this.dispatchEvent(new CustomEvent('code-done', { bubbles: true, composed: true }))}>${say({ id: 'Sudah dicatat', en: 'I have noted it' })}</ikd-button>
        </div>
      </div>
    </ikd-dialog>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .code {
        padding: var(--ikd-space-3);
        border: 2px solid var(--ikd-border);
        border-radius: var(--ikd-radius-small);
        font-family: ui-monospace, monospace;
        font-size: var(--ikd-size-display);
        font-weight: 700;
        letter-spacing: 0.06em;
        text-align: center;
        overflow-wrap: anywhere;
        -webkit-user-select: all;
        user-select: all;
      }
      .end {
        justify-content: flex-end;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'one-time-code': OneTimeCodeDialog
  }
}
