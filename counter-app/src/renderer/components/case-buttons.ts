import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { caseButtonText } from '../texts/case-button-texts.ts'
import type { CaseButton, CaseView } from '../view/case-view.ts'
import { deskStyles } from './desk-styles.ts'

/**
 * The case's actions in a row, each with its key.
 *
 * @fires case-press with the CaseButton that was pressed
 */
@customElement('case-buttons')
export class CaseButtons extends LocalisedElement {
  @property({ attribute: false }) view!: CaseView
  @property({ attribute: false }) busy: CaseButton | undefined
  /** The buttons have just changed and take no press yet. */
  @property({ type: Boolean }) resting = false

  async focusPrimary(): Promise<void> {
    await this.updateComplete
    const button = this.renderRoot.querySelector<HTMLElementTagNameMap['ikd-button']>(`ikd-button[data-button="${this.view.primary ?? ''}"]`)
    await button?.updateComplete
    button?.focus()
  }

  override render() {
    const { primary, others } = this.view
    return html`<div class="row ${primary || others.length > 0 ? 'apart' : ''}" @keydown=${this.#held}>
      ${primary ? this.#button(primary, primary === 'refuse' ? 'danger' : 'primary', 'F8') : nothing}
      ${others.map((button, place) => this.#button(button, button === 'cancel' ? 'quiet' : 'secondary', place === 0 ? 'F9' : ''))}
    </div>`
  }

  #button(button: CaseButton, variant: 'primary' | 'secondary' | 'quiet' | 'danger', key: string) {
    return html`<ikd-button
      data-button=${button}
      variant=${variant}
      ?busy=${this.busy === button}
      ?disabled=${this.resting || (this.busy !== undefined && this.busy !== button)}
      @click=${() => this.dispatchEvent(new CustomEvent<CaseButton>('case-press', { detail: button, bubbles: true, composed: true }))}
    >
      ${say(caseButtonText[button])}${key ? html`<kbd>${key}</kbd>` : nothing}
    </ikd-button>`
  }

  /** Enter held down presses a button again and again, also one that the focus reached while it was held. */
  readonly #held = (event: KeyboardEvent): void => {
    if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault()
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .apart {
        margin-block-start: var(--ikd-space-4);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'case-buttons': CaseButtons
  }
}
