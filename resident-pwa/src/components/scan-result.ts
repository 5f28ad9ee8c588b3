import type { Scan } from '@ikd/contract'
import { fieldLabel, formatRemaining, formatTime, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { fieldList, valueText } from '../texts/identity-text.ts'
import { Part } from './part.ts'
import { Ticking } from './ticking.ts'

/**
 * What a scan discloses: photo and name first and large, for a decision within ten seconds; then the rest; then nothing,
 * when its time is over. `visibleUntil` is by the phone's clock.
 */
@customElement('ikd-scan-result')
export class ScanResult extends Part {
  @property({ attribute: false }) scan!: Scan
  @property({ attribute: false }) visibleUntil = 0
  @property({ attribute: false }) shownFor = 60_000
  readonly #ticking = new Ticking(this, () => this.scan.disclosed !== undefined)

  protected override willUpdate(): void {
    // Gone from memory, not only from sight.
    if (this.scan.disclosed && this.#remaining() <= 0) {
      const { disclosed: _gone, ...rest } = this.scan
      this.scan = rest
    }
  }

  override render() {
    const { scan } = this
    if (!scan.disclosed) return this.#hidden()
    const values = scan.disclosed.values
    const name = values.find(({ field }) => field === 'name')?.value
    return html`
      <ikd-notice kind="success" heading=${say({ id: 'Asli dan berlaku', en: 'Genuine and valid' })}>
        <p>${say({ id: 'Cocokkan foto ini dengan orang di depan Anda.', en: 'Compare this photo with the person in front of you.' })}</p>
      </ikd-notice>
      <div class="person">
        ${scan.fields.includes('photo') || scan.disclosed.photo !== undefined
          ? html`<ikd-photo .jpeg=${scan.disclosed.photo} alt=${say({ id: `Foto ${name ?? ''}`, en: `Photo ${name ?? ''}` }).trim()}></ikd-photo>`
          : nothing}
        ${name === undefined ? nothing : html`<p class="name">${name}</p>`}
      </div>
      ${this.#flags()}
      <dl>
        ${values
          .filter(({ field }) => field !== 'name')
          .map(
            ({ field, value }) => html`<div>
              <dt>${fieldLabel(field)}</dt>
              <dd>${valueText(field, value)}</dd>
            </div>`,
          )}
      </dl>
      <div class="row">
        <ikd-ring .total=${this.shownFor} .remaining=${this.#remaining()} label=${say({ id: 'Sisa waktu tampil', en: 'Time left on show' })}></ikd-ring>
        <p>${say({ id: `Disembunyikan dalam ${formatRemaining(this.#remaining())}`, en: `Hidden in ${formatRemaining(this.#remaining())}` })}</p>
      </div>
    `
  }

  #flags() {
    const { scan } = this
    return html`
      ${scan.freshness === 'offline'
        ? html`<ikd-notice kind="warning" heading=${say({ id: 'Dibuat tanpa internet: cocokkan foto dengan teliti', en: 'Made without internet: compare the photo with care' })}>
            <p>${say({ id: 'Waktunya menurut jam ponsel itu sendiri. Untuk urusan penting, minta QR baru saat ponsel itu tersambung internet.', en: 'Its time is by that phone’s own clock. For anything important ask for a new QR made online.' })}</p>
          </ikd-notice>`
        : html`<p class="flag">${say({ id: 'QR baru, dibuat saat tersambung internet', en: 'A new QR, made while online' })}</p>`}
      ${scan.newlyBound
        ? html`<ikd-notice kind="warning" heading=${say({ id: 'Ponsel baru', en: 'New phone' })}>
            <p>${say({ id: 'IKD ini baru diaktifkan di ponsel ini kurang dari 24 jam lalu. Periksa foto dengan teliti.', en: 'This IKD was activated on this phone less than 24 hours ago. Look at the photo with care.' })}</p>
          </ikd-notice>`
        : nothing}
    `
  }

  #hidden() {
    const { scan } = this
    return html`<ikd-notice kind="info" heading=${say({ id: 'Data disembunyikan', en: 'The data is hidden' })}>
      <p>
        ${say({ id: 'Waktu tampil sudah habis. Yang tersimpan hanya tanda terima:', en: 'Its time on show is over. Only the receipt remains:' })}
        ${formatTime(scan.at)} · <bdi>${scan.purpose}</bdi> · ${fieldList(scan.fields)}
      </p>
    </ikd-notice>`
  }

  #remaining(): number {
    return Math.max(0, this.visibleUntil - Date.now())
  }

  static override readonly styles = [
    ...Part.styles,
    css`
      :host {
        display: flex;
      }
      .person {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-3);
        justify-items: center;
        text-align: center;
      }
      .person ikd-photo {
        inline-size: min(100%, 15rem);
      }
      .name {
        font-size: var(--ikd-size-display);
        line-height: 1.2;
        font-weight: 800;
        overflow-wrap: anywhere;
      }
      .flag {
        font-weight: 600;
        color: var(--ikd-success);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-scan-result': ScanResult
  }
}
