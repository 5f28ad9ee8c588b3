import { type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { ActionDialog } from './action-dialog.ts'

/** Says what will happen and does it when the person still wants it. */
@customElement('confirm-dialog')
export class ConfirmDialog extends ActionDialog {
  @property({ attribute: false }) override heading: Phrase = { id: '', en: '' }
  @property({ attribute: false }) override confirm: Phrase = { id: 'Ya', en: 'Yes' }
  @property({ attribute: false }) explanation: Phrase = { id: '', en: '' }
  @property({ attribute: false }) run!: () => Promise<void>
  protected override readonly danger = true

  protected override body() {
    return html`<p>${say(this.explanation)}</p>`
  }

  protected override isComplete(): boolean {
    return true
  }

  protected override act(): Promise<void> {
    return this.run()
  }
}

/** A question of a list's row, asked one at a time; the row's element renders `question(asked)`. */
export interface Question {
  readonly heading: Phrase
  readonly explanation: Phrase
  readonly confirm: Phrase
  readonly run: () => Promise<void>
}

export function question(asked: Question | undefined, closed: () => void) {
  return html`<confirm-dialog
    ?open=${asked !== undefined}
    .heading=${asked?.heading ?? { id: '', en: '' }}
    .explanation=${asked?.explanation ?? { id: '', en: '' }}
    .confirm=${asked?.confirm ?? { id: '', en: '' }}
    .run=${asked?.run ?? (async () => undefined)}
    @dialog-closed=${closed}
  ></confirm-dialog>`
}

declare global {
  interface HTMLElementTagNameMap {
    'confirm-dialog': ConfirmDialog
  }
}
