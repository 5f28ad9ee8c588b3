import { DomainError } from '@ikd/contract'
import { captureOutcomeText, formatDateTime, formatTime, type Phrase, type ProblemText, problemText, say } from '@ikd/ui'
import { css, html, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Evidence } from '../desk/desk-api.ts'
import { ReasonedDialog } from './reasoned-dialog.ts'

/** What is kept of a case's captures, shown for a reason that the resident reads, and let go when the dialog closes. */
@customElement('evidence-dialog')
export class EvidenceDialog extends ReasonedDialog {
  @property({ attribute: false }) look!: (reason: string) => Promise<Evidence>
  @state() private evidence: Evidence | undefined
  protected override readonly heading: Phrase = { id: 'Gambar wajah yang disimpan', en: 'Face pictures on record' }
  protected override readonly confirm: Phrase = { id: 'Lihat gambar', en: 'Show the pictures' }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('open') && !this.open) this.evidence = undefined
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed)
    this.toggleAttribute('shown', this.evidence !== undefined)
    if (changed.has('evidence') && this.evidence) this.renderRoot.querySelector<HTMLElement>('h3')?.focus()
  }

  protected override content(): TemplateResult {
    const { evidence } = this
    if (!evidence) return super.content()
    return html`<div class="stack">
      ${evidence.captures.map(
        ({ at, outcome, frames }, i) => html`<section>
          <h3 tabindex="-1">${say({ id: `Pengambilan ${i + 1}`, en: `Capture ${i + 1}` })} · ${formatTime(at)} · ${captureOutcomeText(outcome)}</h3>
          <div class="frames">
            ${frames.map((jpeg, n) => html`<ikd-photo .jpeg=${jpeg} alt=${say({ id: `Gambar ${n + 1} dari pengambilan ${i + 1}`, en: `Picture ${n + 1} of capture ${i + 1}` })}></ikd-photo>`)}
          </div>
        </section>`,
      )}
      <p class="muted">
        ${evidence.deletedAt === undefined
          ? say({ id: 'Gambar terhapus sendiri beberapa waktu setelah kasus berakhir.', en: 'The pictures delete themselves some time after the case has ended.' })
          : say({ id: `Gambar terhapus sendiri ${formatDateTime(evidence.deletedAt)}.`, en: `The pictures delete themselves on ${formatDateTime(evidence.deletedAt)}.` })}
      </p>
      <div class="row end"><ikd-button @click=${this.close}>${say({ id: 'Tutup gambar', en: 'Close the pictures' })}</ikd-button></div>
    </div>`
  }

  protected override body() {
    return html`<p>${say({ id: 'Tulis untuk apa gambar dilihat. Warga membaca alasan ini di Histori IKD-nya, beserta nama Anda.', en: 'Write what the pictures are looked at for. The resident reads this reason in their history, with your name.' })}</p>
      ${this.reasonField()}`
  }

  protected override async give(reason: string): Promise<'more'> {
    const evidence = await this.look(reason)
    // Closed while they were on their way: nobody asked any more.
    if (this.open) this.evidence = evidence
    return 'more'
  }

  protected override problem(error: unknown): ProblemText {
    if (!(error instanceof DomainError) || error.code !== 'not-found') return problemText(error)
    return {
      title: say({ id: 'Tidak ada gambar', en: 'No pictures' }),
      text: say({ id: 'Gambar kasus ini sudah terhapus karena waktunya habis.', en: 'The pictures of this case have been deleted: their time is over.' }),
    }
  }

  static override readonly styles = [
    ...ReasonedDialog.styles,
    css`
      /* Faces are compared in them: as large as there is room for. */
      :host([shown]) {
        --dialog-size: 60rem;
      }
      h3 {
        font-size: var(--ikd-size-body);
        margin-block-end: var(--ikd-space-2);
      }
      .frames {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
        gap: var(--ikd-space-2);
      }
      /* As the camera took them: what stands beside the face is evidence, too. */
      ikd-photo {
        inline-size: 100%;
        aspect-ratio: 4 / 3;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'evidence-dialog': EvidenceDialog
  }
}
