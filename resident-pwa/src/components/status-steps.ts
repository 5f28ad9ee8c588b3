import type { DeviceState } from '@ikd/contract'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { findStep, type Step, steps, stepText } from '../texts/status-text.ts'

/** The whole way, with where the person is. */
@customElement('ikd-status-steps')
export class StatusSteps extends LocalisedElement {
  @property() state: DeviceState = 'registered'

  override render() {
    const current = findStep(this.state)
    if (!current) return nothing
    return html`<h2>${say({ id: 'Langkah Anda', en: 'Your steps' })}</h2>
      <ol>
        ${steps.map((step) => this.#step(step, steps.indexOf(step) - steps.indexOf(current)))}
      </ol>`
  }

  #step(step: Step, distance: number) {
    if (distance < 0) {
      return html`<li class="done">
        <span class="mark" aria-hidden="true">✓</span>
        <span>${stepText(step)}<span class="visually-hidden"> (${say({ id: 'selesai', en: 'done' })})</span></span>
      </li>`
    }
    return html`<li class=${distance === 0 ? 'now' : 'later'} aria-current=${distance === 0 ? 'step' : nothing}>
      <span class="mark" aria-hidden="true">${steps.indexOf(step) + 1}</span><span>${stepText(step)}</span>
    </li>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      ol {
        list-style: none;
        margin: var(--ikd-space-3) 0 0;
        padding: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-2);
      }
      li {
        display: flex;
        gap: var(--ikd-space-3);
        align-items: center;
      }
      .mark {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: 2rem;
        block-size: 2rem;
        border: 2px solid var(--ikd-border-control);
        border-radius: 50%;
        font-weight: 700;
      }
      .done .mark {
        border-color: var(--ikd-success);
        color: var(--ikd-success);
      }
      .now {
        font-weight: 700;
      }
      .now .mark {
        border-color: var(--ikd-primary);
        background: var(--ikd-primary);
        color: var(--ikd-on-primary);
      }
      .later {
        color: var(--ikd-text-muted);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-status-steps': StatusSteps
  }
}
