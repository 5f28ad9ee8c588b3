import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { formatRemaining } from '../language/format.ts'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'

const radius = 44
const circumference = 2 * Math.PI * radius

/** Time that runs out, as a ring and in words. The page sets `remaining`; the ring has no clock of its own. */
@customElement('ikd-ring')
export class IkdRing extends LocalisedElement {
  /** Milliseconds. */
  @property({ type: Number }) total = 1
  /** Milliseconds. */
  @property({ type: Number }) remaining = 0
  /** What runs out, e.g. `QR berlaku`. */
  @property() label = ''

  override render() {
    const left = Math.max(0, this.remaining)
    const share = this.total > 0 ? Math.min(1, left / this.total) : 0
    const seconds = Math.ceil(left / 1000)
    // A timer is read when one comes to it, not at every tick (WAI-ARIA 1.2, `timer`).
    return html`<div role="timer" aria-label=${`${this.label}: ${say({ id: 'sisa', en: 'left:' })} ${formatRemaining(left)}`}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r=${radius} />
        <circle
          class=${share <= 0.2 ? 'rest low' : 'rest'}
          cx="50"
          cy="50"
          r=${radius}
          stroke-dasharray=${circumference.toFixed(1)}
          stroke-dashoffset=${(circumference * (1 - share)).toFixed(1)}
          transform="rotate(-90 50 50)"
        />
        <text x="50" y="50" text-anchor="middle" dominant-baseline="central">${seconds}</text>
      </svg>
    </div>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
        inline-size: 4.5rem;
      }
      svg {
        inline-size: 100%;
        block-size: auto;
      }
      circle {
        fill: none;
        stroke-width: 9;
      }
      .track {
        stroke: var(--ikd-border);
      }
      .rest {
        stroke: var(--ikd-primary);
        stroke-linecap: butt;
      }
      .low {
        stroke: var(--ikd-danger);
      }
      text {
        fill: currentColor;
        font-size: 30px;
        font-weight: 700;
        font-variant-numeric: tabular-nums;
      }
      @media (forced-colors: active) {
        .track {
          stroke: Canvas;
        }
        .rest,
        .low {
          stroke: Highlight;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-ring': IkdRing
  }
}
