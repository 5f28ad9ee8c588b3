import { type Phrase, say } from '@ikd/ui'
import { css, html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { ActionDialog } from './action-dialog.ts'

/** A dialog whose one thing is done for a reason, said in a sentence; common ones are a click away. */
export abstract class ReasonedDialog extends ActionDialog {
  @property({ attribute: false }) suggestions: readonly Phrase[] = []
  /** As typed; stays until it has served. */
  @state() protected reason = ''

  /** What is done, with the reason given; `more` as in `act`. */
  protected abstract give(reason: string): Promise<'more' | void>

  protected reasonField(): TemplateResult {
    return html`${this.suggestions.length === 0
        ? nothing
        : html`<div class="row suggestions">${this.suggestions.map((each) => html`<button type="button" @click=${() => (this.reason = say(each))}>${say(each)}</button>`)}</div>`}
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

  protected override async act(): Promise<'more' | void> {
    const next = await this.give(this.reason.trim())
    this.reason = ''
    return next
  }

  static override readonly styles = [
    ...ActionDialog.styles,
    css`
      .suggestions button {
        padding: var(--ikd-space-1) var(--ikd-space-3);
        min-block-size: 2.25rem;
        border: 1px solid var(--ikd-border-control);
        border-radius: 999px;
        background: var(--ikd-surface);
        cursor: pointer;
      }
      .suggestions button:hover {
        background: var(--ikd-primary-soft);
      }
    `,
  ]
}
