import { baseStyles, formatRemaining, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { type Clock, systemClock } from '../holder/clock.ts'
import { type MadeQr, type QrState, RotatingQr } from '../holder/rotating-qr.ts'
import { problemNotice } from './problem-notice.ts'
import { Ticking } from './ticking.ts'

/** A QR that is renewed by itself, with its ring of remaining time. Fires `ikd-qr-ended` when no more can be made. */
@customElement('ikd-rotating-qr')
export class RotatingQrPicture extends LocalisedElement {
  @property({ attribute: false }) make!: () => Promise<MadeQr>
  @property({ attribute: false }) renewBeforeMs = 15_000
  /** Phone's clock; nothing is made from then on. */
  @property({ attribute: false }) endsAt: number | undefined
  @property({ attribute: false }) clock: Clock = systemClock
  @property() label = ''
  @state() private qr: QrState = { at: 'making' }
  #rotation: RotatingQr | undefined
  readonly #ticking = new Ticking(this, () => this.qr.at === 'shown')

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.#seen)
    if (this.hasUpdated) this.restart()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.#seen)
    this.#rotation?.stop()
  }

  protected override firstUpdated(): void {
    this.restart()
  }

  /** Begins anew, for what is to be made has changed. */
  restart(): void {
    this.#rotation?.stop()
    this.#rotation = new RotatingQr({
      make: () => this.make(),
      rule: { renewBeforeMs: this.renewBeforeMs, retryMs: 5_000, ...(this.endsAt === undefined ? {} : { endsAt: this.endsAt }) },
      clock: this.clock,
      onChange: (qr) => this.#show(qr),
    })
    this.#rotation.start()
  }

  replaceUsed(): void {
    this.#rotation?.replaceUsed()
  }

  override render() {
    switch (this.qr.at) {
      case 'making':
        return html`<ikd-progress label=${say({ id: 'Membuat QR', en: 'Making the QR' })}></ikd-progress>`
      case 'failed':
        return problemNotice(this.qr.problem, () => this.restart())
      case 'ended':
        return nothing
      case 'shown':
        return this.#picture(this.qr.qr)
    }
  }

  #picture(qr: MadeQr) {
    const remaining = Math.max(0, qr.deadAt - this.clock.now())
    return html`
      <ikd-qr .text=${qr.text} label=${this.label}></ikd-qr>
      <div class="life">
        <ikd-ring .total=${qr.deadAt - qr.madeAt} .remaining=${remaining} label=${say({ id: 'Sisa waktu QR', en: 'Time left of this QR' })}></ikd-ring>
        <p>${say({ id: `Berlaku ${formatRemaining(remaining)}, lalu diganti sendiri.`, en: `Good for ${formatRemaining(remaining)}, then replaced by itself.` })}</p>
      </div>
      ${qr.freshness === 'offline'
        ? html`<ikd-notice kind="info" heading=${say({ id: 'Dibuat tanpa internet', en: 'Made without internet' })}>
            <p>${say({ id: 'Pemindai akan melihat bahwa ponsel ini sedang tanpa internet.', en: 'Whoever scans it will see that this phone is offline.' })}</p>
          </ikd-notice>`
        : nothing}
    `
  }

  readonly #seen = (): void => {
    if (document.visibilityState === 'visible') this.#rotation?.lookAgain()
  }

  #show(qr: QrState): void {
    this.qr = qr
    if (qr.at === 'ended') this.dispatchEvent(new Event('ikd-qr-ended'))
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-3);
        justify-items: center;
      }
      ikd-qr {
        inline-size: min(100%, 26rem);
      }
      .life {
        display: flex;
        align-items: center;
        gap: var(--ikd-space-3);
        font-variant-numeric: tabular-nums;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-rotating-qr': RotatingQrPicture
  }
}
