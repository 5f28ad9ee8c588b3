import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base-styles.ts'
import { type QrPicture, qrPicture } from './qr-picture.ts'

const leastModule = 4
const largestModule = 10

/**
 * A QR code, always black on white with its quiet zone. A module is a whole number of CSS pixels, four at least and as many
 * as the width allows, so that its edges stay sharp.
 */
@customElement('ikd-qr')
export class IkdQr extends LitElement {
  @property({ attribute: false }) text = ''
  /** What the code is for, e.g. `QR KTP Digital`. */
  @property() label = ''

  #picture: QrPicture | undefined
  readonly #resize = new ResizeObserver(() => this.#fit())

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resize.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resize.disconnect()
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('text')) this.#picture = this.text ? qrPicture(this.text) : undefined
  }

  override render() {
    if (!this.#picture) return nothing
    const { size, path } = this.#picture
    return html`<svg role="img" aria-label=${this.label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
      <rect width=${size} height=${size} fill="#fff" />
      <path d=${path} fill="#000" />
    </svg>`
  }

  override updated(): void {
    this.#fit()
  }

  #fit(): void {
    const svg = this.renderRoot.querySelector('svg')
    if (!svg || !this.#picture) return
    const room = Math.floor(this.clientWidth / this.#picture.size)
    const pixels = this.#picture.size * Math.min(largestModule, Math.max(leastModule, room))
    svg.style.setProperty('inline-size', `${pixels}px`)
    svg.style.setProperty('block-size', `${pixels}px`)
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        justify-content: center;
      }
      /* Scanners want dark on light whatever the person's colours are. */
      svg {
        forced-color-adjust: none;
        border-radius: var(--ikd-radius-small);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-qr': IkdQr
  }
}
