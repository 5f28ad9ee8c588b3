import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'
import { errorLine, fieldStyles } from '../styles/field-styles.ts'
import { focusInSight } from '../work/focus-in-sight.ts'

/** What `ikd-input`, `ikd-change` and `ikd-complete` carry. */
export interface ValueDetail {
  readonly value: string
}

/**
 * One line (or, `multiline`, several lines) of text with its label, hint and error.
 * Fires `ikd-input` at every key and `ikd-change` when the person leaves it; both carry `ValueDetail`.
 * Enter submits the form it stands in.
 */
@customElement('ikd-field')
export class IkdField extends LocalisedElement {
  static readonly formAssociated = true
  static override readonly shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }

  @property() label = ''
  @property() hint = ''
  /** What is wrong and what to do about it; the field then counts as invalid. */
  @property() error = ''
  @property() value = ''
  @property() type: 'text' | 'email' | 'tel' | 'password' | 'date' | 'search' = 'text'
  @property({ attribute: 'inputmode' }) override inputMode = ''
  @property() autocomplete: AutoFill | '' = ''
  @property({ attribute: 'autocapitalize' }) override autocapitalize = ''
  @property({ type: Number }) maxlength: number | undefined
  @property({ type: Boolean }) required = false
  @property({ type: Boolean }) disabled = false
  @property({ type: Boolean }) readonly = false
  @property({ type: Boolean }) multiline = false

  /** A typed password may be looked at: people who cannot see what they type lock themselves out. */
  @state() private revealed = false
  @query('#control') private readonly control!: HTMLInputElement | HTMLTextAreaElement | null

  readonly #internals = this.attachInternals()

  override focus(options?: FocusOptions): void {
    const { control } = this
    if (control) focusInSight(control, options, this.renderRoot.querySelector('label') ?? control)
  }

  override render() {
    return html`
      <label for="control">${this.label}</label>
      ${this.hint ? html`<p id="hint" class="hint">${this.hint}</p>` : nothing}
      <div class="row">${this.multiline ? this.#textArea() : this.#input()} ${this.type === 'password' ? this.#reveal() : nothing}</div>
      <div id="error" aria-live="polite">${errorLine(this.error)}</div>
    `
  }

  #input() {
    return html`<input
      id="control"
      type=${this.type === 'password' && this.revealed ? 'text' : this.type}
      inputmode=${this.inputMode || nothing}
      autocomplete=${(this.autocomplete || nothing) as AutoFill}
      autocapitalize=${this.autocapitalize || nothing}
      autocorrect="off"
      spellcheck="false"
      maxlength=${this.maxlength ?? nothing}
      .value=${live(this.value)}
      ?required=${this.required}
      ?disabled=${this.disabled}
      ?readonly=${this.readonly}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${this.#describedBy()}
      @input=${this.#typed}
      @change=${this.#changed}
      @keydown=${this.#enter}
    />`
  }

  #textArea() {
    return html`<textarea
      id="control"
      rows="3"
      maxlength=${this.maxlength ?? nothing}
      .value=${live(this.value)}
      ?required=${this.required}
      ?disabled=${this.disabled}
      ?readonly=${this.readonly}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${this.#describedBy()}
      @input=${this.#typed}
      @change=${this.#changed}
    ></textarea>`
  }

  #reveal() {
    return html`<button type="button" class="reveal" aria-pressed=${this.revealed ? 'true' : 'false'} @click=${this.#toggleReveal}>
      ${say({ id: 'Lihat', en: 'Show' })}<span class="visually-hidden"> ${this.label}</span>
    </button>`
  }

  #describedBy() {
    return [this.hint ? 'hint' : '', this.error ? 'error' : ''].filter(Boolean).join(' ') || nothing
  }

  readonly #toggleReveal = (): void => {
    this.revealed = !this.revealed
  }

  readonly #typed = (): void => {
    this.value = this.control?.value ?? ''
    this.#tell('ikd-input')
  }

  readonly #changed = (): void => {
    this.value = this.control?.value ?? ''
    this.#tell('ikd-change')
  }

  readonly #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing) this.#internals.form?.requestSubmit()
  }

  #tell(type: 'ikd-input' | 'ikd-change'): void {
    this.dispatchEvent(new CustomEvent<ValueDetail>(type, { detail: { value: this.value }, bubbles: true, composed: true }))
  }

  static override readonly styles = [
    baseStyles,
    fieldStyles,
    css`
      .row {
        display: flex;
        align-items: stretch;
        gap: var(--ikd-space-2);
      }
      input,
      textarea {
        flex: 1 1 auto;
        min-inline-size: 0;
        inline-size: 100%;
        min-block-size: var(--ikd-target);
        padding: var(--ikd-space-2) var(--ikd-space-3);
        border: 2px solid var(--ikd-border-control);
        border-radius: var(--ikd-radius-small);
        background: var(--ikd-surface);
        color: var(--ikd-text);
      }
      textarea {
        resize: vertical;
      }
      [aria-invalid='true'] {
        border-color: var(--ikd-danger);
      }
      :is(input, textarea):is(:disabled, :read-only) {
        background: var(--ikd-surface-sunken);
      }
      .reveal {
        flex: none;
        flex: none;
        min-inline-size: var(--ikd-target);
        padding-inline: var(--ikd-space-3);
        border: 2px solid var(--ikd-border-control);
        border-radius: var(--ikd-radius-small);
        background: var(--ikd-surface);
        color: var(--ikd-link);
        cursor: pointer;
      }
      .reveal[aria-pressed='true'] {
        background: var(--ikd-primary-soft);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-field': IkdField
  }
}
