import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'

/**
 * A button. `click` is the native event and comes only when the button may be pressed.
 * `type="submit"` submits the form it stands in.
 */
@customElement('ikd-button')
export class IkdButton extends LocalisedElement {
  static readonly formAssociated = true
  static override readonly shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }

  @property({ reflect: true }) variant: 'primary' | 'secondary' | 'danger' | 'quiet' = 'primary'
  @property() type: 'button' | 'submit' = 'button'
  /** Work is going on: the button keeps its focus, says so, and takes no press. */
  @property({ type: Boolean, reflect: true }) busy = false
  @property({ type: Boolean, reflect: true }) disabled = false
  /** Name for screen readers, where the content is only a picture. */
  @property() label = ''

  readonly #internals = this.attachInternals()

  override click(): void {
    this.renderRoot.querySelector('button')?.click()
  }

  override render() {
    return html`
      <button
        part="button"
        type="button"
        ?disabled=${this.disabled}
        aria-disabled=${this.busy ? 'true' : nothing}
        aria-label=${this.label || nothing}
        @click=${this.#pressed}
      >
        ${this.busy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
        <slot></slot>
      </button>
      <span class="visually-hidden" role="status">${this.busy ? say({ id: 'Sedang diproses', en: 'Working' }) : ''}</span>
    `
  }

  readonly #pressed = (event: MouseEvent): void => {
    if (this.busy) {
      event.stopPropagation()
      event.preventDefault()
      return
    }
    // A button in a shadow root has no form of its own.
    if (this.type === 'submit') this.#internals.form?.requestSubmit()
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
      }
      button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: var(--ikd-space-2);
        inline-size: 100%;
        min-block-size: var(--ikd-target);
        min-inline-size: var(--ikd-target);
        padding: var(--ikd-space-2) var(--ikd-space-5);
        border: 2px solid transparent;
        border-radius: var(--ikd-radius);
        font-weight: 600;
        line-height: 1.3;
        text-align: center;
        cursor: pointer;
        transition: background-color var(--ikd-motion);
        touch-action: manipulation;
      }
      :host([variant='primary']) button {
        background: var(--ikd-primary);
        color: var(--ikd-on-primary);
      }
      :host([variant='primary']) button:hover {
        background: var(--ikd-primary-strong);
      }
      :host([variant='secondary']) button {
        background: var(--ikd-surface);
        color: var(--ikd-link);
        border-color: currentColor;
      }
      :host([variant='secondary']) button:hover,
      :host([variant='quiet']) button:hover {
        background: var(--ikd-primary-soft);
      }
      :host([variant='danger']) button {
        background: var(--ikd-danger);
        color: var(--ikd-on-danger);
      }
      :host([variant='danger']) button:hover {
        background: var(--ikd-danger-strong);
      }
      :host([variant='quiet']) button {
        background: transparent;
        color: var(--ikd-link);
        text-decoration: underline;
        text-underline-offset: 0.2em;
        padding-inline: var(--ikd-space-3);
      }
      button:disabled {
        background: var(--ikd-surface-sunken) !important;
        color: var(--ikd-text-muted) !important;
        border-color: var(--ikd-border);
        cursor: not-allowed;
      }
      button[aria-disabled='true'] {
        cursor: progress;
      }
      .spinner {
        inline-size: 1.125em;
        block-size: 1.125em;
        border: 3px solid currentColor;
        border-inline-end-color: transparent;
        border-radius: 50%;
        animation: turn 900ms linear infinite;
        flex: none;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
      @media (forced-colors: active) {
        /* Transparent borders turn solid here: the gap of the spinner must be painted. */
        .spinner {
          border-inline-end-color: ButtonFace;
        }
        button {
          border-color: ButtonText;
        }
        button:disabled {
          color: GrayText !important;
          border-color: GrayText;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-button': IkdButton
  }
}
