import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base-styles.ts'

/** Nothing here yet: says so, why, and what to do (the slot takes a button). */
@customElement('ikd-empty')
export class IkdEmpty extends LitElement {
  @property() heading = ''
  @property() text = ''

  override render() {
    return html`
      <svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="2.5" aria-hidden="true">
        <path d="M8 14h32v26H8zM8 14l6-7h20l6 7M18 24h12" stroke-linejoin="round" stroke-linecap="round" />
      </svg>
      <h2>${this.heading}</h2>
      ${this.text ? html`<p>${this.text}</p>` : nothing}
      <slot></slot>
    `
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--ikd-space-3);
        padding: var(--ikd-space-6) var(--ikd-space-4);
        text-align: center;
      }
      svg {
        inline-size: 3rem;
        block-size: 3rem;
      }
      svg,
      p {
        color: var(--ikd-text-muted);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-empty': IkdEmpty
  }
}
