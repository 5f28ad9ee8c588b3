import { css, html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'

/**
 * A question or a piece of work that comes before everything else: a native modal `<dialog>`, which keeps the focus inside,
 * gives it back at the end, and closes on Esc. Buttons go into the slot `actions`.
 *
 * `--dialog-size` is its width where there is room.
 *
 * Fires `ikd-close` when the person closes it (Esc or the cross); `open` is then already false.
 */
@customElement('ikd-dialog')
export class IkdDialog extends LocalisedElement {
  @property({ type: Boolean, reflect: true }) open = false
  @property() heading = ''
  /** Cannot be waved away: only its own buttons end it. */
  @property({ type: Boolean }) persistent = false

  @query('dialog') private readonly dialog!: HTMLDialogElement | null

  override render() {
    return html`
      <dialog aria-labelledby="heading" @cancel=${this.#cancelled} @close=${this.#closed} @keydown=${this.#escape}>
        <div class="head">
          <h2 id="heading" tabindex="-1">${this.heading}</h2>
          ${this.persistent
            ? nothing
            : html`<button type="button" class="cross" aria-label=${say({ id: 'Tutup', en: 'Close' })} @click=${this.#dismiss}>
                <svg viewBox="0 0 20 20" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" aria-hidden="true">
                  <path d="M4 4l12 12M16 4 4 16" />
                </svg>
              </button>`}
        </div>
        <slot></slot>
        <div class="actions"><slot name="actions"></slot></div>
      </dialog>
    `
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('open') || !this.dialog) return
    if (this.open && !this.dialog.open) {
      this.dialog.showModal()
      this.#focusFirst()
    }
    if (!this.open && this.dialog.open) this.dialog.close()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.dialog?.close()
  }

  /** What the page marks with `autofocus`, else the heading: a screen reader then begins at the beginning. */
  #focusFirst(): void {
    const wanted = this.querySelector<HTMLElement>('[autofocus]')
    if (wanted) wanted.focus()
    else this.renderRoot.querySelector<HTMLElement>('#heading')?.focus()
  }

  readonly #dismiss = (): void => {
    this.open = false
    this.dispatchEvent(new CustomEvent('ikd-close', { bubbles: true, composed: true }))
  }

  // Chromium lets a second Esc through whatever `cancel` says; the key itself can be held back.
  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.persistent) event.preventDefault()
  }

  readonly #cancelled = (event: Event): void => {
    event.preventDefault()
    if (!this.persistent) this.#dismiss()
  }

  /** The browser may close a dialog by itself, e.g. Android's back gesture. */
  readonly #closed = (): void => {
    if (this.open) this.#dismiss()
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }
      dialog {
        inline-size: min(var(--dialog-size, 34rem), calc(100vw - 2rem));
        max-block-size: calc(100dvh - 2rem);
        padding: var(--ikd-space-5);
        border: 2px solid var(--ikd-border);
        border-radius: var(--ikd-radius-large);
        background: var(--ikd-surface);
        color: var(--ikd-text);
        overflow: auto;
      }
      dialog::backdrop {
        background: rgb(6 20 24 / 0.6);
      }
      .head {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--ikd-space-3);
        margin-block-end: var(--ikd-space-3);
      }
      .head h2 {
        padding-block: var(--ikd-space-2);
      }
      .cross {
        display: grid;
        place-items: center;
        min-inline-size: var(--ikd-target);
        min-block-size: var(--ikd-target);
        border: 0;
        border-radius: var(--ikd-radius);
        background: transparent;
        color: var(--ikd-text-muted);
        cursor: pointer;
      }
      .cross svg {
        inline-size: 1.25rem;
        block-size: 1.25rem;
      }
      .cross:hover {
        background: var(--ikd-surface-sunken);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--ikd-space-3);
        margin-block-start: var(--ikd-space-5);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-dialog': IkdDialog
  }
}
