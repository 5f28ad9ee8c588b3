import { css, html, nothing, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { LocalisedElement } from '../language/localised.ts'
import { type Phrase, say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'

export type NoticeKind = 'info' | 'success' | 'warning' | 'error'

const names: Record<NoticeKind, Phrase> = {
  info: { id: 'Keterangan', en: 'Note' },
  success: { id: 'Berhasil', en: 'Done' },
  warning: { id: 'Perhatian', en: 'Attention' },
  error: { id: 'Masalah', en: 'Problem' },
}

// A shape of its own for each kind, so that nobody depends on its colour (WCAG 1.4.1).
const signs: Record<NoticeKind, ReturnType<typeof svg>> = {
  info: svg`<path d="M10 0a10 10 0 1 0 0 20 10 10 0 0 0 0-20ZM9 4h2v2H9V4Zm0 4h2v8H9V8Z" />`,
  success: svg`<path d="M10 0a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.5 14.7-4.2-4.2 1.4-1.4 2.8 2.8 6-6 1.4 1.4-7.4 7.4Z" />`,
  warning: svg`<path d="M10 1 0 19h20L10 1ZM9 8h2v5H9V8Zm0 6.5h2v2H9v-2Z" />`,
  error: svg`<path d="M6 0h8l6 6v8l-6 6H6l-6-6V6l6-6Zm3 4v8h2V4H9Zm0 10v2h2v-2H9Z" />`,
}

/** Something to know, in its place on the page. Errors and warnings are spoken at once, the rest when there is a pause. */
@customElement('ikd-notice')
export class IkdNotice extends LocalisedElement {
  @property({ reflect: true }) kind: NoticeKind = 'info'
  @property() heading = ''

  override render() {
    const urgent = this.kind === 'error' || this.kind === 'warning'
    return html`
      <div class="notice" role=${urgent ? 'alert' : 'status'}>
        <svg viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">${signs[this.kind]}</svg>
        <div class="body">
          <span class="visually-hidden">${say(names[this.kind])}:</span>
          ${this.heading ? html`<p class="heading">${this.heading}</p>` : nothing}
          <slot></slot>
        </div>
      </div>
    `
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        --colour: var(--ikd-info);
        --soft: var(--ikd-info-soft);
      }
      :host([kind='success']) {
        --colour: var(--ikd-success);
        --soft: var(--ikd-success-soft);
      }
      :host([kind='warning']) {
        --colour: var(--ikd-warning);
        --soft: var(--ikd-warning-soft);
      }
      :host([kind='error']) {
        --colour: var(--ikd-danger);
        --soft: var(--ikd-danger-soft);
      }
      .notice {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-1) var(--ikd-space-3);
        padding: var(--ikd-space-2) min(var(--ikd-space-3), 3vw);
        border: 1px solid var(--colour);
        border-inline-start-width: 5px;
        border-radius: var(--ikd-radius-small);
        background: var(--soft);
      }
      svg {
        flex: none;
        inline-size: 1.25em;
        block-size: 1.25em;
        color: var(--colour);
        margin-block-start: 0.15em;
      }
      .body {
        /* Beside its sign where there is room for words, below it where there is not (large text on a small phone). */
        flex: 1 1 10em;
        min-inline-size: 0;
        overflow-wrap: break-word;
      }
      .heading {
        font-weight: 700;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-notice': IkdNotice
  }
}
