import './face-pair.ts'
import type { Capture, CaptureOutcome, FrameReason } from '@ikd/contract'
import { baseStyles, captureOutcomeText, captureReasonForResident, captureReasonText, LocalisedElement, type NoticeKind, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { captureBandText, frameReasonText } from '../texts/case-texts.ts'
import { captureReasonsToShow } from '../view/capture-reasons.ts'
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
  /** No other capture is asked for, so nothing is to be done better. */
  @property({ type: Boolean }) last = false

  override render() {
    const { outcome, band, framesUsed, framesReceived } = this.capture
    const { reasons, unusedFor } = captureReasonsToShow(this.capture)
    return html`<div class="result">
      ${this.released ? html`<face-pair .reference=${this.reference} .liveFrame=${this.liveFrame}></face-pair>` : nothing}
      <div class="stack">
        <ikd-notice kind=${kinds[outcome]} heading=${captureOutcomeText(outcome)}>
          ${band ? html`<p class="band">${say(captureBandText[band])}</p>` : nothing}
          ${reasons.length > 0 ? html`<ul>${reasons.map((reason) => html`<li>${captureReasonText(reason)}</li>`)}</ul>` : nothing}
        </ikd-notice>
        ${reasons[0] && !this.last ? html`<p>${say({ id: 'Katakan kepada warga:', en: 'Say to the resident:' })} “${say(captureReasonForResident(reasons[0]))}”</p>` : nothing}
        <p class="muted">${say({ id: `${framesUsed} dari ${framesReceived} gambar dipakai. Dihitung oleh server.`, en: `${framesUsed} of ${framesReceived} pictures used. Computed by the server.` })}</p>
        ${unusedFor.length > 0 ? html`<p class="muted">${this.#unused(framesReceived - framesUsed, unusedFor)}</p>` : nothing}
      </div>
    </div>`
  }

  #unused(count: number, unusedFor: readonly FrameReason[]): string {
    const why = unusedFor.map((reason) => say(frameReasonText[reason])).join(', ')
    return say({ id: `${count} gambar tidak dipakai: ${why}.`, en: `${count} ${count === 1 ? 'picture' : 'pictures'} not used: ${why}.` })
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .result {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-4);
      }
      .result > .stack {
        flex: 1 1 14rem;
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
