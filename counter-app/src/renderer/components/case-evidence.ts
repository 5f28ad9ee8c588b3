import './evidence-dialog.ts'
import type { Case } from '@ikd/contract'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { DeskApi } from '../desk/desk-api.ts'
import { evidenceSuggestions } from '../texts/case-button-texts.ts'
import { deskStyles } from './desk-styles.ts'

/** The way to what the camera saw in this visit, for whoever may look: who decides by eye, and who judges it later. */
@customElement('case-evidence')
export class CaseEvidence extends LocalisedElement {
  @property({ attribute: false }) api!: DeskApi
  @property({ attribute: false }) shown!: Pick<Case, 'id' | 'captures'>
  @state() private open = false

  override render() {
    const { id, captures } = this.shown
    return html`<ikd-card>
      <div class="stack">
        <p>${say({ id: `Wajah difoto ${captures.length} kali dalam kunjungan ini. Gambarnya disimpan terkunci.`, en: `The face was captured ${captures.length} ${captures.length === 1 ? 'time' : 'times'} in this visit. Pictures are kept under seal.` })}</p>
        <ikd-button variant="secondary" @click=${() => (this.open = true)}>${say({ id: 'Lihat gambar…', en: 'See the pictures…' })}</ikd-button>
        <p class="muted">${say({ id: 'Setiap kali dibuka, hal itu dicatat dan warga diberi tahu.', en: 'Every look is recorded, and told to the resident.' })}</p>
      </div>
      <evidence-dialog
        ?open=${this.open}
        .suggestions=${evidenceSuggestions}
        .look=${(reason: string) => this.api.lookAtEvidence(id, reason)}
        @dialog-closed=${() => (this.open = false)}
      ></evidence-dialog>
    </ikd-card>`
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'case-evidence': CaseEvidence
  }
}
