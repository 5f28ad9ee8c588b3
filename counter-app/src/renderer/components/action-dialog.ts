import { baseStyles, Doing, LocalisedElement, type Phrase, type ProblemText, problemText, say } from '@ikd/ui'
import { css, html, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

/**
 * A dialog that asks something and does one thing. It stays open, with everything typed in it, until the thing is done.
 *
 * @fires dialog-closed when it was waved away or its work is done
 */
export abstract class ActionDialog extends LocalisedElement {
  @property({ type: Boolean }) open = false
  readonly #doing = new Doing(this)

  protected abstract readonly heading: Phrase
  protected abstract readonly confirm: Phrase
  protected readonly danger: boolean = false
  protected abstract body(): TemplateResult
  protected abstract isComplete(): boolean
  /** `more`: the dialog has another step. */
  protected abstract act(): Promise<'more' | void>

  /** What went wrong, in this dialog's own words where it knows better. */
  protected problem(error: unknown): ProblemText {
    return problemText(error)
  }

  override render() {
    return html`<ikd-dialog ?open=${this.open} heading=${say(this.heading)} @ikd-close=${this.close}>${this.open ? this.content() : nothing}</ikd-dialog>`
  }

  protected content(): TemplateResult {
    return html`<form class="stack" @submit=${this.#submitted} @keydown=${this.#pressed}>
      ${this.body()} ${problemNotice(this.#doing.problem, (error) => this.problem(error))}
      <div class="row end">
        <ikd-button variant="secondary" @click=${this.close}>${say({ id: 'Kembali', en: 'Back' })}</ikd-button>
        <ikd-button variant=${this.danger ? 'danger' : 'primary'} type="submit" ?busy=${this.#doing.busy} ?disabled=${!this.isComplete()}>${say(this.confirm)}</ikd-button>
      </div>
    </form>`
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('open') && this.open) void this.#focusFirst()
  }

  async #focusFirst(): Promise<void> {
    const first = this.renderRoot.querySelector('ikd-field')
    await first?.updateComplete
    first?.focus()
  }

  protected readonly close = (): void => {
    this.open = false
    this.#doing.forget()
    this.dispatchEvent(new CustomEvent('dialog-closed', { bubbles: true, composed: true }))
  }

  /** Enter on a choice does what it does in a field: without a button of the browser's own a form has no such way. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const isChoice = event.target instanceof HTMLInputElement && event.target.type === 'radio'
    if (event.key !== 'Enter' || event.repeat || !isChoice) return
    event.preventDefault()
    if (event.currentTarget instanceof HTMLFormElement) event.currentTarget.requestSubmit()
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (!this.isComplete()) return
    const done = await this.#doing.run(async () => (await this.act()) ?? 'done')
    if (done === 'done') this.close()
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .end {
        justify-content: flex-end;
      }
    `,
  ]
}
