import type { CaseSummary } from '@ikd/contract'
import { baseStyles, caseKindText, caseStateText, formatTime, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { fragmentOf } from '../view/place.ts'

/** A list of cases, each a link. */
@customElement('case-list')
export class CaseList extends LocalisedElement {
  @property({ attribute: false }) cases: readonly CaseSummary[] = []

  override render() {
    return html`<ul>
      ${this.cases.map(
        (each) => html`<li>
          <a href=${fragmentOf({ at: 'case', caseId: each.id })}>
            <strong>${each.residentName ?? say({ id: 'NIK tidak ditemukan', en: 'NIK not found' })}</strong>
            <span class="state">${caseStateText(each.state)}</span>
            <span class="more">${caseKindText(each.kind)} · ${formatTime(each.openedAt)} · <bdi>${each.officer}</bdi> · <bdi>${each.workstation}</bdi></span>
          </a>
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
        gap: var(--ikd-space-2);
      }
      a {
        display: grid;
        padding: var(--ikd-space-2) var(--ikd-space-3);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius-small);
        color: inherit;
        text-decoration: none;
        background: var(--ikd-surface);
      }
      a:hover {
        background: var(--ikd-primary-soft);
      }
      .state {
        font-size: var(--ikd-size-small);
        color: var(--ikd-link);
        font-weight: 600;
      }
      .more {
        font-size: var(--ikd-size-small);
        color: var(--ikd-text-muted);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'case-list': CaseList
  }
}
