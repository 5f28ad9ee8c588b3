import '../components/document-card.ts'
import { say } from '@ikd/ui'
import { Task } from '@lit/task'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { renderTask } from '../components/load.ts'
import { Screen } from '../components/screen.ts'
import { getDocumentKinds } from '../holder/record.ts'

export const tag = 'ikd-documents-screen'

/** *Dokumen*: each document is fetched by itself; a slow agency keeps no other waiting. */
@customElement(tag)
export class DocumentsScreen extends Screen {
  readonly #kinds = new Task(this, { task: () => getDocumentKinds(this.ports.session), args: () => [] as const })

  protected heading() {
    return say({ id: 'Dokumen', en: 'Documents' })
  }

  protected body() {
    return renderTask(this.#kinds, say({ id: 'Mengambil daftar dokumen', en: 'Fetching the list of documents' }), (kinds) =>
      kinds.map(({ kind, source }) => html`<ikd-document-card .ports=${this.ports} .kind=${kind} .source=${source}></ikd-document-card>`),
    )
  }
}
