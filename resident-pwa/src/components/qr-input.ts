import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { Part } from './part.ts'

type Way = 'loading' | 'camera' | 'typing' | 'unavailable'

/**
 * A QR's text, by camera or, where there is none, pasted or typed. The camera reader is large and is fetched only here.
 * Fires `ikd-qr` with `{text}`.
 */
@customElement('ikd-qr-input')
export class QrInput extends Part {
  @property({ type: Boolean }) paused = false
  @property() label = ''
  @state() private way: Way = 'loading'
  @state() private typed = ''

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    // Above the camera: its picture comes and goes, and a button that moves away under a finger is pressed in vain.
    return html`
      ${this.way === 'typing' || this.way === 'unavailable'
        ? this.#form()
        : html`<ikd-button variant="quiet" @click=${this.#type}>
            ${say({ id: 'Kamera tidak bisa? Tempel teks QR', en: 'No camera? Paste the QR’s text' })}
          </ikd-button>`}
      ${this.#camera()}
    `
  }

  #camera() {
    switch (this.way) {
      case 'loading':
        return html`<ikd-progress label=${say({ id: 'Menyiapkan kamera', en: 'Preparing the camera' })}></ikd-progress>`
      case 'camera':
        return html`<ikd-qr-reader ?paused=${this.paused} label=${this.label} @ikd-qr=${this.#read}></ikd-qr-reader>`
      case 'unavailable':
        return html`<ikd-notice kind="warning" heading=${say({ id: 'Pembaca kamera belum terunduh', en: 'The camera reader is not downloaded' })}>
          <p>${say({ id: 'Sambungkan internet dan coba lagi, atau tempel teks QR.', en: 'Connect to the internet and try again, or paste the QR’s text.' })}</p>
          <ikd-button variant="secondary" @click=${this.#load}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button>
        </ikd-notice>`
      case 'typing':
        return html`<ikd-button variant="quiet" @click=${this.#load}>${say({ id: 'Pakai kamera', en: 'Use the camera' })}</ikd-button>`
    }
  }

  #form() {
    return html`<form novalidate @submit=${this.#submit}>
      <ikd-field
        label=${say({ id: 'Teks QR', en: 'Text of the QR' })}
        hint=${say({ id: 'Diawali IKD1:', en: 'It begins with IKD1:' })}
        autocomplete="off"
        autocapitalize="none"
        .value=${this.typed}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => {
          this.typed = event.detail.value
        }}
      ></ikd-field>
      <ikd-button type="submit" ?disabled=${this.typed.trim() === '' || this.paused}>${say({ id: 'Periksa', en: 'Check' })}</ikd-button>
    </form>`
  }

  readonly #load = async (): Promise<void> => {
    this.way = 'loading'
    try {
      await import('@ikd/ui/reader')
      this.way = this.way === 'loading' ? 'camera' : this.way
    } catch {
      this.way = 'unavailable'
    }
  }

  readonly #type = (): void => {
    this.way = 'typing'
  }

  readonly #read = (event: CustomEvent<{ text: string }>): void => {
    event.stopPropagation()
    this.#tell(event.detail.text)
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault()
    const text = this.typed.trim()
    this.typed = ''
    if (text !== '') this.#tell(text)
  }

  #tell(text: string): void {
    this.dispatchEvent(new CustomEvent('ikd-qr', { detail: { text } }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-qr-input': QrInput
  }
}
