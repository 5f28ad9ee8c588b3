import type { DocumentAnswer, DocumentKind } from '@ikd/contract'
import { documentKindText, formatDateTime, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { getDocument } from '../holder/record.ts'
import { documentValueText } from '../texts/identity-text.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'

/** One document with a state of its own: on its way, there, none, or out of reach with a way to try again. */
@customElement('ikd-document-card')
export class DocumentCard extends Part {
  @property() kind!: DocumentKind
  @property() source = ''

  readonly #document = new Task(this, { task: ([kind]) => getDocument(this.ports.session, kind), args: () => [this.kind] as const })

  override render() {
    const waiting = () =>
      html`<ikd-progress label=${say({ id: `Bertanya kepada ${this.source}`, en: `Asking ${this.source}` })}></ikd-progress>`
    return html`<ikd-card heading=${documentKindText(this.kind)}>
      <div class="stack tight" aria-live="polite">
        ${this.#document.render({
          initial: waiting,
          pending: waiting,
          error: (problem) => problemNotice(problem, this.#again),
          complete: (answer) => this.#answer(answer),
        })}
      </div>
    </ikd-card>`
  }

  #answer(answer: DocumentAnswer) {
    switch (answer.state) {
      case 'available':
        return html`
          ${answer.items.map(
            (item) => html`<section>
              <h3>${item.title}</h3>
              <dl>
                ${item.fields.map(
                  ({ label, value }) => html`<div>
                    <dt lang="id">${label}</dt>
                    <dd>${documentValueText(value)}</dd>
                  </div>`,
                )}
              </dl>
            </section>`,
          )}
          <p class="muted small">
            ${say({ id: `Dari ${answer.source}, diambil ${formatDateTime(answer.retrievedAt)}`, en: `From ${answer.source}, fetched ${formatDateTime(answer.retrievedAt)}` })}
          </p>
        `
      case 'none':
        return html`<p>${say({ id: `${answer.source} tidak mempunyai dokumen ini atas NIK Anda.`, en: `${answer.source} has no such document for your NIK.` })}</p>`
      case 'unreachable':
        return this.#unreachable(answer.source)
    }
  }

  #unreachable(source: string) {
    return html`
      <p>${say({ id: `${source} sedang tidak menjawab. Dokumen Anda tidak hilang.`, en: `${source} does not answer now. Your document is not lost.` })}</p>
      <ikd-button variant="secondary" @click=${this.#again}>
        ${say({ id: 'Coba lagi', en: 'Try again' })}<span class="visually-hidden">: ${documentKindText(this.kind)}</span>
      </ikd-button>
    `
  }

  readonly #again = (): void => {
    void this.#document.run()
  }

  static override readonly styles = [
    ...Part.styles,
    css`
      section + section {
        margin-block-start: var(--ikd-space-3);
        padding-block-start: var(--ikd-space-3);
        border-block-start: 1px solid var(--ikd-border);
      }
      h3 {
        margin-block-end: var(--ikd-space-2);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-document-card': DocumentCard
  }
}
