import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'
import { errorLine, fieldStyles } from '../styles/field-styles.ts'
import type { ValueDetail } from './field.ts'
import { keypad, type KeypadKey, keypadStyles } from './keypad.ts'
import { focusInSight } from '../work/focus-in-sight.ts'

/**
 * A code or PIN. One text field for keyboards and screen readers; the boxes are only its picture, so that pasting, filling
 * in by the phone, correcting and reading aloud work as in any field.
 *
 * Fires `ikd-input` at every digit and `ikd-complete` when the last one is there; both carry `ValueDetail`. Enter submits the
 * form it stands in.
 */
@customElement('ikd-digits')
export class IkdDigits extends LocalisedElement {
  static readonly formAssociated = true
  static override readonly shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }

  @property() label = ''
  @property() hint = ''
  /** What is wrong and what to do about it. */
  @property() error = ''
  @property({ type: Number }) length = 6
  /** A PIN: shown as dots, never offered for keeping. */
  @property({ type: Boolean }) secret = false
  @property({ type: Boolean }) disabled = false
  @property() value = ''
  /** Shows big keys of our own instead of the phone's keyboard. */
  @property({ type: Boolean }) pad = false

  @state() private caret = 0
  @state() private focused = false
  @query('input') private readonly input!: HTMLInputElement | null

  readonly #internals = this.attachInternals()

  override focus(options?: FocusOptions): void {
    const { input } = this
    if (input) focusInSight(input, options, this.renderRoot.querySelector('label') ?? input)
  }

  /** Empties the field for another try. */
  clear(): void {
    this.value = ''
    this.caret = 0
  }

  override render() {
    const described = [this.hint ? 'hint' : '', this.error ? 'error' : ''].filter(Boolean).join(' ')
    return html`
      <label for="digits">${this.label}</label>
      ${this.hint ? html`<p id="hint" class="hint">${this.hint}</p>` : nothing}
      <div class="field">
        <input
          id="digits"
          type=${this.secret ? 'password' : 'text'}
          inputmode=${this.pad ? 'none' : 'numeric'}
          autocomplete=${this.secret ? 'off' : 'one-time-code'}
          autocorrect="off"
          spellcheck="false"
          .value=${live(this.value)}
          ?disabled=${this.disabled}
          aria-invalid=${this.error ? 'true' : nothing}
          aria-describedby=${described || nothing}
          @input=${this.#typed}
          @focus=${this.#focus}
          @blur=${this.#blur}
          @keydown=${this.#enter}
          @keyup=${this.#follow}
          @pointerup=${this.#follow}
        />
        <div class="boxes" aria-hidden="true">${Array.from({ length: this.length }, (_, place) => this.#box(place))}</div>
      </div>
      <div id="error" aria-live="polite">${errorLine(this.error)}</div>
      ${this.pad ? keypad(this.disabled, this.#pressed) : nothing}
      <span class="visually-hidden" role="status">${this.pad && this.value ? this.#countText() : ''}</span>
    `
  }

  #box(place: number) {
    const digit = this.value.charAt(place)
    const here = this.focused && place === Math.min(this.caret, this.length - 1)
    const shown = digit && this.secret ? html`<span class="dot"></span>` : digit
    return html`<span class=${`box${here ? ' here' : ''}${digit ? ' filled' : ''}`}>${shown}</span>`
  }

  #countText(): string {
    const typed = this.value.length
    return say({ id: `${typed} dari ${this.length} angka`, en: `${typed} of ${this.length} digits` })
  }

  /** Takes the digits out of whatever was typed, pasted or filled in: blanks and dashes are no reason to refuse. */
  readonly #typed = (): void => {
    const typed = this.input?.value ?? ''
    const before = typed.slice(0, this.input?.selectionStart ?? typed.length).replaceAll(/\D/g, '').length
    this.#take(typed.replaceAll(/\D/g, '').slice(0, this.length), before)
  }

  readonly #pressed = (key: KeypadKey): void => {
    this.#take(key === 'delete' ? this.value.slice(0, -1) : (this.value + key).slice(0, this.length), this.length)
  }

  #take(digits: string, caret: number): void {
    const changed = digits !== this.value
    this.value = digits
    this.caret = Math.min(caret, digits.length)
    // Also when nothing changed: what was typed beyond the digits must leave the field.
    if (this.input && this.input.value !== digits) {
      this.input.value = digits
      this.input.setSelectionRange(this.caret, this.caret)
    }
    if (!changed) return
    this.#tell('ikd-input')
    if (digits.length === this.length) this.#tell('ikd-complete')
  }

  readonly #focus = (): void => {
    this.focused = true
    this.input?.setSelectionRange(this.value.length, this.value.length)
    this.#follow()
  }

  readonly #blur = (): void => {
    this.focused = false
  }

  readonly #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing) this.#internals.form?.requestSubmit()
  }

  readonly #follow = (): void => {
    this.caret = this.input?.selectionStart ?? this.value.length
  }

  #tell(type: 'ikd-input' | 'ikd-complete'): void {
    this.dispatchEvent(new CustomEvent<ValueDetail>(type, { detail: { value: this.value }, bubbles: true, composed: true }))
  }

  static override readonly styles = [
    baseStyles,
    fieldStyles,
    keypadStyles,
    css`
      .field {
        position: relative;
        max-inline-size: 24rem;
      }
      /* The field lies over its boxes: taps, caret and filling in by the phone reach it, its own text is not seen. */
      input {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        margin: 0;
        padding: 0;
        border: 0;
        border-radius: var(--ikd-radius-small);
        background: transparent;
        color: transparent;
        caret-color: transparent;
        forced-color-adjust: none;
      }
      input::selection {
        background: transparent;
        color: transparent;
      }
      input:-webkit-autofill {
        -webkit-text-fill-color: transparent;
        transition: background-color 9999s;
      }
      input::-ms-reveal {
        display: none;
      }
      .boxes {
        display: flex;
        gap: var(--ikd-space-2);
      }
      .box {
        flex: 1 1 0;
        min-inline-size: 0;
        display: flex;
        align-items: center;
        justify-content: center;
        min-block-size: 3.5rem;
        border: 2px solid var(--ikd-border-control);
        border-radius: var(--ikd-radius-small);
        background: var(--ikd-surface);
        font-size: var(--ikd-size-title);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .here {
        border-color: var(--ikd-focus);
        border-width: 4px;
      }
      input[aria-invalid='true'] + .boxes .box {
        border-color: var(--ikd-danger);
      }
      input:disabled + .boxes .box {
        background: var(--ikd-surface-sunken);
        color: var(--ikd-text-muted);
      }
      .dot {
        inline-size: 0.875rem;
        block-size: 0.875rem;
        border-radius: 50%;
        background: currentColor;
      }
      @media (forced-colors: active) {
        .dot {
          background: CanvasText;
          forced-color-adjust: none;
        }
        .here {
          border-color: Highlight;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-digits': IkdDigits
  }
}
