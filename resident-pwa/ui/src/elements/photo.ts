import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'

/** A photograph from the register, or an honest word that there is none. */
@customElement('ikd-photo')
export class IkdPhoto extends LocalisedElement {
  /** Base64 of a JPEG, as the contract carries it; empty or undefined when the register has none. */
  @property({ attribute: false }) jpeg: string | undefined
  /** Whose photograph, e.g. `Foto KTP-el Budi`. */
  @property() alt = ''

  @state() private broken = false

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('jpeg')) this.broken = false
  }

  override render() {
    if (this.jpeg && !this.broken) {
      return html`<img src=${`data:image/jpeg;base64,${this.jpeg}`} alt=${this.alt} decoding="async" @error=${this.#failed} />`
    }
    return html`<div class="none">
      <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        <path d="M12 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm0 2c-5 0-9 2.7-9 6v2h18v-2c0-3.3-4-6-9-6Z" />
      </svg>
      <p>
        ${this.alt ? html`<span class="visually-hidden">${this.alt}: </span>` : ''}${this.broken
          ? say({ id: 'Foto tidak dapat ditampilkan', en: 'The photo cannot be shown' })
          : say({ id: 'Tidak ada foto di data', en: 'No photo on record' })}
      </p>
    </div>`
  }

  readonly #failed = (): void => {
    this.broken = true
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        inline-size: 9rem;
        aspect-ratio: 3 / 4;
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius-small);
        overflow: hidden;
        background: var(--ikd-surface-sunken);
      }
      img {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      .none svg {
        inline-size: 40%;
      }
      .none {
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: var(--ikd-space-2);
        block-size: 100%;
        padding: var(--ikd-space-2);
        color: var(--ikd-text-muted);
        font-size: var(--ikd-size-small);
        line-height: 1.25;
        text-align: center;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-photo': IkdPhoto
  }
}
