import './qr-input.ts'
import './scan-result.ts'
import type { Scan } from '@ikd/contract'
import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { Doing } from './doing.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'

interface Shown {
  readonly scan: Scan
  readonly visibleUntil: number
  readonly shownFor: number
}

/** Read, ask the server, show, hide, next: the same for a resident and for an institution's staff. */
@customElement('ikd-scanning')
export class Scanning extends Part {
  /** Consumes the presentation; rejects with the refusal. */
  @property({ attribute: false }) scan!: (qr: string, purpose: string) => Promise<Scan>
  @property() purpose = ''
  @state() private shown: Shown | undefined
  @state() private purposeMissing = false
  readonly #asking = new Doing(this)

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
    if (this.#asking.busy) return html`<ikd-progress label=${say({ id: 'Memeriksa QR di server', en: 'Checking the QR with the server' })}></ikd-progress>`
    if (this.#asking.problem !== undefined) return html`${problemNotice(this.#asking.problem)}${this.#next()}`
    return html`
      <ikd-field
        label=${say({ id: 'Keperluan', en: 'Purpose' })}
        hint=${say({ id: 'Pemilik KTP akan membaca ini di Histori-nya.', en: 'The holder will read this in their history.' })}
        maxlength="120"
        required
        .value=${this.purpose}
        error=${this.purposeMissing ? say({ id: 'Isi keperluannya dulu, lalu pindai lagi.', en: 'Enter the purpose first, then scan again.' }) : ''}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => {
          this.purpose = event.detail.value
          this.purposeMissing = false
        }}
      ></ikd-field>
      <ikd-qr-input
        .ports=${this.ports}
        ?paused=${this.purpose.trim() === ''}
        label=${say({ id: 'Arahkan kamera ke QR KTP Digital', en: 'Point the camera at the Digital KTP QR' })}
        @ikd-qr=${(event: CustomEvent<{ text: string }>) => this.#ask(event.detail.text)}
      ></ikd-qr-input>
    `
  }

  #next() {
    return html`<ikd-button @click=${this.#again}>${say({ id: 'Pindai berikutnya', en: 'Scan the next one' })}</ikd-button>`
  }

  async #ask(qr: string): Promise<void> {
    const purpose = this.purpose.trim()
    this.purposeMissing = purpose === ''
    if (this.purposeMissing) return
    const askedAt = Date.now()
    const scan = await this.#asking.run(() => this.scan(qr, purpose))
    if (!scan) return
    // Both instants are the server's; the span between them needs no common clock.
    const shownFor = Math.max(0, scan.visibleUntil - scan.at)
    this.shown = { scan, shownFor, visibleUntil: askedAt + shownFor }
    this.dispatchEvent(new Event('ikd-scanned', { bubbles: true, composed: true }))
  }

  readonly #again = (): void => {
    this.shown = undefined
    this.#asking.forget()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-scanning': Scanning
  }
}
