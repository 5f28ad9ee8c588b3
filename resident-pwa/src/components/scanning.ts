import './qr-input.ts'
import './scan-result.ts'
import { presentationPrefix, type Scan } from '@ikd/contract'
import { Doing, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'

interface Shown {
  readonly scan: Scan
  readonly visibleUntil: number
  readonly shownFor: number
}

/** Who stops typing for so long has finished, though the cursor still stands in the field. */
const typingPauseMs = 1_200

/**
 * Read, ask the server, show, hide, next: the same for a resident and for an institution's staff. Fires `ikd-purpose`
 * with `{purpose}` when one has been chosen or typed to its end, `ikd-scanned` after each scan.
 */
@customElement('ikd-scanning')
export class Scanning extends Part {
  /** Consumes the presentation; rejects with the refusal. */
  @property({ attribute: false }) scan!: (qr: string, purpose: string) => Promise<Scan>
  @property() purpose = ''
  /** What may be scanned for, when that is registered: one is chosen then, and none typed. */
  @property({ attribute: false }) purposes?: readonly string[]
  @state() private shown: Shown | undefined
  /** The purpose has been typed to its end: until then a QR in view would be scanned for half a word. */
  @state() private purposeGiven = false
  /** What was read is no QR of *KTP Digital* at all: a payment or a shop, not a forgery for the server to judge. */
  @state() private foreign = false
  readonly #asking = new Doing(this)

  #pause: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#typed()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#pause)
  }

  override render() {
    return html`<div class="stack" aria-live="polite">${this.#face()}</div>`
  }

  #face() {
    if (this.shown) {
      const { scan, visibleUntil, shownFor } = this.shown
      return html`
        <ikd-scan-result .scan=${scan} .visibleUntil=${visibleUntil} .shownFor=${shownFor}></ikd-scan-result>
        ${this.#next()}
      `
    }
    if (this.foreign) {
      return html`
        <ikd-notice kind="warning" heading=${say({ id: 'Ini bukan QR IKD', en: 'This is not an IKD QR' })}>
          <p>${say({ id: 'Minta orangnya membuka KTP Digital di aplikasi IKD.', en: 'Ask the person to open Digital KTP in the IKD app.' })}</p>
        </ikd-notice>
        ${this.#next()}
      `
    }
    if (this.#asking.busy) return html`<ikd-progress label=${say({ id: 'Memeriksa QR di server', en: 'Checking the QR with the server' })}></ikd-progress>`
    if (this.#asking.problem !== undefined) return html`${problemNotice(this.#asking.problem)}${this.#next()}`
    return html`
      ${this.purposes ? this.#choice(this.purposes) : this.#writing()}
      <ikd-qr-input
        .ports=${this.ports}
        ?paused=${!this.purposeGiven}
        label=${this.purposeGiven
          ? say({ id: 'Arahkan kamera ke QR KTP Digital', en: 'Point the camera at the Digital KTP QR' })
          : say({ id: 'Tentukan keperluan dulu, lalu pindai', en: 'Say the purpose first, then scan' })}
        @ikd-qr=${(event: CustomEvent<{ text: string }>) => this.#ask(event.detail.text)}
      ></ikd-qr-input>
    `
  }

  #writing() {
    return html`<ikd-field
      label=${say({ id: 'Keperluan', en: 'Purpose' })}
      hint=${say({ id: 'Isi dulu, lalu kamera terbuka. Pemilik KTP akan membacanya di Histori.', en: 'Enter it first, then the camera opens. The holder will read it in their history.' })}
      maxlength="120"
      required
      .value=${this.purpose}
      @ikd-input=${this.#typing}
      @ikd-change=${this.#typed}
    ></ikd-field>`
  }

  #choice(purposes: readonly string[]) {
    return html`<label class="stack">
      <span>${say({ id: 'Keperluan', en: 'Purpose' })}</span>
      <select required aria-describedby="purpose-hint" @change=${this.#chosen}>
        <option value="" ?selected=${!purposes.includes(this.purpose)}>${say({ id: 'Pilih keperluan', en: 'Choose a purpose' })}</option>
        ${purposes.map((purpose) => html`<option value=${purpose} ?selected=${purpose === this.purpose}>${purpose}</option>`)}
      </select>
      <span class="muted small" id="purpose-hint">
        ${say({
          id: 'Pilih dulu, lalu kamera terbuka. Pemilik KTP akan membacanya di Histori.',
          en: 'Choose it first, then the camera opens. The holder will read it in their history.',
        })}
      </span>
    </label>`
  }

  #next() {
    return html`<ikd-button @click=${this.#again}>${say({ id: 'Pindai berikutnya', en: 'Scan the next one' })}</ikd-button>`
  }

  readonly #typing = (event: CustomEvent<{ value: string }>): void => {
    this.purpose = event.detail.value
    this.purposeGiven = false
    clearTimeout(this.#pause)
    this.#pause = setTimeout(this.#typed, typingPauseMs)
  }

  readonly #chosen = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return
    this.purpose = event.target.value
    this.#typed()
  }

  readonly #typed = (): void => {
    this.purposeGiven = this.purposes ? this.purposes.includes(this.purpose) : this.purpose.trim() !== ''
    if (this.purposeGiven) this.dispatchEvent(new CustomEvent('ikd-purpose', { detail: { purpose: this.purpose } }))
  }

  async #ask(qr: string): Promise<void> {
    this.foreign = !qr.startsWith(presentationPrefix)
    if (this.foreign) return
    const askedAt = Date.now()
    const scan = await this.#asking.run(() => this.scan(qr, this.purpose.trim()))
    if (!scan) return
    // Both instants are the server's; the span between them needs no common clock.
    const shownFor = Math.max(0, scan.visibleUntil - scan.at)
    this.shown = { scan, shownFor, visibleUntil: askedAt + shownFor }
    this.dispatchEvent(new Event('ikd-scanned', { bubbles: true, composed: true }))
  }

  readonly #again = (): void => {
    this.shown = undefined
    this.foreign = false
    this.#asking.forget()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-scanning': Scanning
  }
}
