import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base-styles.ts'

/** A surface that holds things that belong together; a region of its own when it has a heading. */
@customElement('ikd-card')
export class IkdCard extends LitElement {
  @property() heading = ''

  override render() {
    if (!this.heading) return html`<div class="card"><slot></slot></div>`
    return html`<section class="card" aria-labelledby="heading">
      <h2 id="heading">${this.heading}</h2>
      <slot></slot>
    </section>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .card {
        padding: var(--ikd-space-4) min(var(--ikd-space-5), 5vw);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius);
        background: var(--ikd-surface);
        box-shadow: var(--ikd-shadow);
      }
      h2 {
        margin-block-end: var(--ikd-space-3);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-card': IkdCard
  }
}
