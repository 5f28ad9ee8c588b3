import type { Client } from '@ikd/client'
import { type Office, routes } from '@ikd/contract'
import { baseStyles, LocalisedElement, say, topicText } from '@ikd/ui'
import { Task } from '@lit/task'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { renderTask } from './load.ts'

/** The offices where a phone can be activated, with opening hours and a WhatsApp contact for each topic. */
@customElement('ikd-office-list')
export class OfficeList extends LocalisedElement {
  @property({ attribute: false }) client!: Client
  @property() heading = ''

  readonly #offices = new Task(this, {
    task: async ([client], { signal }) => (await client.call(routes.service.offices, { signal })).offices,
    args: () => [this.client] as const,
  })

  override render() {
    return html`<h2>${this.heading || say({ id: 'Kantor dan kontak', en: 'Offices and contacts' })}</h2>
      ${renderTask(this.#offices, say({ id: 'Mengambil daftar kantor', en: 'Fetching the offices' }), (offices) => this.#list(offices))}`
  }

  #list(offices: readonly Office[]) {
    if (offices.length === 0) return html`<ikd-empty heading=${say({ id: 'Belum ada kantor yang terdaftar', en: 'No office is listed yet' })}></ikd-empty>`
    return html`<ul>
      ${offices.map((office) => html`<li>${officeDetails(office)}</li>`)}
    </ul>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-3);
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-3);
      }
      li {
        padding: var(--ikd-space-3) var(--ikd-space-4);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius);
        background: var(--ikd-surface);
      }
      .contacts {
        margin-block-start: var(--ikd-space-2);
        gap: 0;
      }
      .contacts li {
        padding: 0;
        border: 0;
      }
      .contacts a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--ikd-target);
      }
    `,
  ]
}

function officeDetails(office: Office) {
  return html`<h3>${office.name}</h3>
    <p>${office.address}</p>
    <p>${office.hours}</p>
    ${office.contacts.length === 0
      ? nothing
      : html`<ul class="contacts">
          ${office.contacts.map(
            ({ topic, whatsapp }) => html`<li>
              <a href=${`https://wa.me/${whatsapp.replaceAll(/\D/g, '')}`} target="_blank" rel="noreferrer noopener">
                WhatsApp: ${topicText(topic)}
              </a>
            </li>`,
          )}
        </ul>`}`
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-office-list': OfficeList
  }
}
