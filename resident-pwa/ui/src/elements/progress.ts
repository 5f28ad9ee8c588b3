import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'

/** A wait of unknown length. Says what is going on, and after eight seconds that it takes longer: never a mute spinner. */
@customElement('ikd-progress')
export class IkdProgress extends LocalisedElement {
  static readonly patienceMs = 8_000

  /** What is going on, e.g. `Mengambil dokumen dari Ditjen Pajak`. */
  @property() label = ''

  @state() private long = false
  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#startOver()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('label') && this.hasUpdated) this.#startOver()
  }

  override render() {
    return html`
      <span class="spinner" aria-hidden="true"></span>
      <div role="status">
        <p class="label">${this.label}</p>
        ${this.long
          ? html`<p class="long">
              ${say({
                id: 'Ini lebih lama dari biasanya. Mohon tunggu, jangan ditutup.',
                en: 'This is taking longer than usual. Please wait and keep this open.',
              })}
            </p>`
          : ''}
      </div>
    `
  }

  #startOver(): void {
    clearTimeout(this.#timer)
    this.long = false
    this.#timer = setTimeout(() => {
      this.long = true
    }, IkdProgress.patienceMs)
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--ikd-space-3);
        padding-block: var(--ikd-space-3);
      }
      .spinner {
        inline-size: 1.75rem;
        block-size: 1.75rem;
        border: 4px solid var(--ikd-primary);
        border-inline-end-color: transparent;
        border-radius: 50%;
        animation: turn 1s linear infinite;
        flex: none;
      }
      @media (forced-colors: active) {
        .spinner {
          border-inline-end-color: Canvas;
        }
      }
      .long {
        color: var(--ikd-text-muted);
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-progress': IkdProgress
  }
}
