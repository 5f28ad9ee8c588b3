import type { Capture, CaptureOutcome } from '@ikd/contract'
import { baseStyles, captureOutcomeText, captureReasonText, LocalisedElement, type NoticeKind, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { captureBandText } from '../texts/case-texts.ts'
import { deskStyles } from './desk-styles.ts'

const kinds: Record<CaptureOutcome, NoticeKind> = { match: 'success', 'non-match': 'error', inconclusive: 'warning', 'failure-to-acquire': 'warning' }

/** What the server made of a capture: the outcome, its band, its reasons, and both faces side by side once they may be seen. */
@customElement('capture-result')
export class CaptureResult extends LocalisedElement {
  @property({ attribute: false }) capture!: Capture
  /** Base64 JPEGs; absent while not released, or when the app was restarted since. */
  @property({ attribute: false }) reference: string | undefined
  @property({ attribute: false }) liveFrame: string | undefined
  @property({ type: Boolean }) released = false

  override render() {
    const { outcome, band, reasons, framesUsed, framesReceived } = this.capture
    return html`<div class="result">
      ${this.released ? this.#faces() : nothing}
      <div class="stack">
        <ikd-notice kind=${kinds[outcome]} heading=${captureOutcomeText(outcome)}>
          ${band ? html`<p class="band">${say(captureBandText[band])}</p>` : nothing}
          ${reasons.length > 0 ? html`<ul>${reasons.map((reason) => html`<li>${captureReasonText(reason)}</li>`)}</ul>` : nothing}
        </ikd-notice>
        <p class="muted">${say({ id: `${framesUsed} dari ${framesReceived} gambar dipakai. Dihitung oleh server.`, en: `${framesUsed} of ${framesReceived} pictures used. Computed by the server.` })}</p>
      </div>
    </div>`
  }

  #faces() {
    return html`<div class="faces">
      <figure>
        <ikd-photo .jpeg=${this.reference} alt=${say({ id: 'Foto KTP-el', en: 'KTP-el photograph' })}></ikd-photo>
        <figcaption>${say({ id: 'Foto KTP-el', en: 'KTP-el photograph' })}</figcaption>
      </figure>
      <figure>
        ${this.liveFrame
          ? html`<ikd-photo .jpeg=${this.liveFrame} alt=${say({ id: 'Wajah di loket', en: 'Face at the desk' })}></ikd-photo>`
          : html`<p class="gone">${say({ id: 'Gambar loket tidak disimpan. Ambil lagi bila perlu dibandingkan.', en: 'The desk’s pictures are not kept. Capture again to compare.' })}</p>`}
        <figcaption>${say({ id: 'Di loket, baru saja', en: 'At the desk, just now' })}</figcaption>
      </figure>
    </div>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .result {
        display: grid;
        grid-template-columns: auto minmax(14rem, 1fr);
        gap: var(--ikd-space-4);
        align-items: start;
      }
      .result > :only-child {
        grid-column: 1 / -1;
      }
      .faces {
        display: flex;
        gap: var(--ikd-space-3);
      }
      figure {
        margin: 0;
        inline-size: 12rem;
      }
      ikd-photo {
        inline-size: 12rem;
      }
      .gone {
        display: grid;
        place-items: center;
        inline-size: 12rem;
        aspect-ratio: 3 / 4;
        padding: var(--ikd-space-3);
        border: 1px dashed var(--ikd-border-control);
        border-radius: var(--ikd-radius-small);
        color: var(--ikd-text-muted);
        text-align: center;
        font-size: var(--ikd-size-small);
      }
      figcaption {
        text-align: center;
        font-size: var(--ikd-size-small);
        color: var(--ikd-text-muted);
      }
      .band {
        font-weight: 600;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'capture-result': CaptureResult
  }
}
