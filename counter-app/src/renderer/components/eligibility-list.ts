import type { Case } from '@ikd/contract'
import { baseStyles, eligibilityText, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'

/** Every rule with its answer, the unmet ones first, so that the officer can explain all at once. */
@customElement('eligibility-list')
export class EligibilityList extends LocalisedElement {
  @property({ attribute: false }) findings: Case['eligibility'] = []

  override render() {
    const ordered = [...this.findings].sort((a, b) => Number(a.passed) - Number(b.passed))
    return html`<ul>
      ${ordered.map(
        ({ rule, passed }) => html`<li class=${passed ? 'passed' : 'failed'}>
          <span class="sign" aria-hidden="true">${passed ? '✓' : '✕'}</span>
          <span><span class="visually-hidden">${passed ? say({ id: 'Terpenuhi', en: 'Met' }) : say({ id: 'Belum terpenuhi', en: 'Not met' })}: </span>${eligibilityText(rule, passed)}</span>
        </li>`,
      )}
    </ul>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: var(--ikd-space-1);
      }
      li {
        display: flex;
        gap: var(--ikd-space-2);
        font-size: var(--ikd-size-small);
      }
      .sign {
        font-weight: 700;
      }
      .passed .sign {
        color: var(--ikd-success);
      }
      .failed {
        font-size: var(--ikd-size-body);
        font-weight: 600;
      }
      .failed .sign {
        color: var(--ikd-danger);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'eligibility-list': EligibilityList
  }
}
