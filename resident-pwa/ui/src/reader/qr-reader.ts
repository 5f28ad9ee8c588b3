import { html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import '../elements/button.ts'
import '../elements/notice.ts'
import '../elements/progress.ts'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { cameraProblemText, cameraQuestionMs, cameraQuestionText } from '../problems/camera-problem-text.ts'
import { baseStyles } from '../styles/base-styles.ts'
import { type Camera, type CameraChoice, chooseCamera, listCameras, openCamera } from './camera.ts'
import { createFrameGrabber } from './frame-grabber.ts'
import { createQrDecoder, type QrDecoder } from './qr-decoder.ts'
import { readerStyles } from './reader-styles.ts'

/** What `ikd-qr` carries. */
export interface QrDetail {
  readonly text: string
}

type ReaderState =
  | { readonly kind: 'starting' }
  /** The browser does not answer: it may be asking the person. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'reading'; readonly camera: Camera }
  | { readonly kind: 'problem'; readonly error: unknown }

const intervalMs = 125
const sameTextAgainMs = 3_000

/**
 * The camera's picture, read for QR codes until it leaves the page. Fires `ikd-qr` with `QrDetail`; the same code again only
 * after three seconds out of sight or after a pause. Set `paused` while its result is being dealt with.
 */
@customElement('ikd-qr-reader')
export class IkdQrReader extends LocalisedElement {
  /** Reads nothing, and does not open a camera that is not open yet. */
  @property({ type: Boolean }) paused = false
  /** What to hold before the camera, e.g. `Arahkan ke QR warga`. */
  @property() label = ''

  @state() private now: ReaderState = { kind: 'starting' }
  @state() private cameras: readonly CameraChoice[] = []
  @state() private torch = false
  @query('video') private readonly video!: HTMLVideoElement | null

  readonly #grab = createFrameGrabber()
  #decoder: QrDecoder | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #patience: ReturnType<typeof setTimeout> | undefined
  #last: { readonly text: string; readonly seenAt: number } | undefined
  /** Counts openings: an answer to an older one is thrown away. */
  #opening = 0

  override connectedCallback(): void {
    super.connectedCallback()
    navigator.mediaDevices?.addEventListener('devicechange', this.#list)
    if (!this.paused) void this.#open()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    navigator.mediaDevices?.removeEventListener('devicechange', this.#list)
    this.#close()
    this.#decoder?.close()
    this.#decoder = undefined
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    const camera = this.now.kind === 'reading' ? this.now.camera : undefined
    if (this.video && camera && this.video.srcObject !== camera.stream) this.video.srcObject = camera.stream
    if (!changed.has('paused')) return
    if (this.paused) this.video?.pause()
    else if (camera) void this.video?.play().catch(() => undefined)
    else if (this.now.kind === 'starting' && changed.get('paused') === true) void this.#open()
    if (this.paused) return
    // Whoever goes on reading wants to hear of the code again, even of one still in sight.
    this.#last = undefined
    this.#schedule()
  }

  override render() {
    const { now } = this
    if (now.kind === 'problem') return this.#problem(now.error)
    if (now.kind === 'starting') {
      return this.paused ? nothing : html`<ikd-progress label=${say({ id: 'Membuka kamera', en: 'Opening the camera' })}></ikd-progress>`
    }
    if (now.kind === 'asking') {
      return html`
        <ikd-progress label=${cameraQuestionText()}></ikd-progress>
        <div class="controls"><ikd-button variant="secondary" @click=${this.#open}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button></div>
      `
    }
    const label = this.label || say({ id: 'Arahkan kamera ke kode QR', en: 'Point the camera at the QR code' })
    return html`
      <p class="label">${label}</p>
      <div class="picture">
        <video class=${now.camera.facesUser ? 'mirrored' : ''} aria-label=${say({ id: 'Gambar kamera', en: 'Camera picture' })} autoplay muted playsinline></video>
        <div class="aim" aria-hidden="true"></div>
      </div>
      <div class="controls">${this.#choice(now.camera)} ${now.camera.hasTorch ? this.#torchButton(now.camera) : nothing}</div>
    `
  }

  #problem(error: unknown) {
    const { title, text } = cameraProblemText(error)
    return html`
      <ikd-notice kind="error" heading=${title}>${text}</ikd-notice>
      <div class="controls">
        <ikd-button @click=${this.#open}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button>
        ${this.#choice(undefined)}
      </div>
    `
  }

  #choice(camera: Camera | undefined) {
    if (this.cameras.length < 2) return nothing
    return html`<div class="choice">
      <label for="camera">${say({ id: 'Kamera', en: 'Camera' })}</label>
      <select id="camera" @change=${this.#chosen}>
        ${this.cameras.map(
          ({ deviceId, label }, place) =>
            html`<option value=${deviceId} ?selected=${deviceId === camera?.deviceId}>
              ${label || say({ id: `Kamera ${place + 1}`, en: `Camera ${place + 1}` })}
            </option>`,
        )}
      </select>
    </div>`
  }

  #torchButton(camera: Camera) {
    const toggle = async () => {
      await camera.setTorch(!this.torch)
      this.torch = !this.torch
    }
    return html`<ikd-button variant="secondary" @click=${toggle}>
      ${this.torch ? say({ id: 'Matikan lampu', en: 'Light off' }) : say({ id: 'Nyalakan lampu', en: 'Light on' })}
    </ikd-button>`
  }

  readonly #chosen = (event: Event): void => {
    chooseCamera((event.target as HTMLSelectElement).value)
    void this.#open()
  }

  readonly #open = async (): Promise<void> => {
    this.#close()
    const opening = ++this.#opening
    this.now = { kind: 'starting' }
    this.#patience = setTimeout(() => {
      this.now = { kind: 'asking' }
    }, cameraQuestionMs)
    try {
      const camera = await openCamera()
      if (opening !== this.#opening || !this.isConnected) return camera.close()
      clearTimeout(this.#patience)
      camera.stream.getVideoTracks()[0]?.addEventListener('ended', this.#ended)
      this.now = { kind: 'reading', camera }
      this.#schedule()
      void this.#list()
    } catch (error) {
      if (opening !== this.#opening) return
      clearTimeout(this.#patience)
      this.now = { kind: 'problem', error }
    }
  }

  #close(): void {
    this.#opening++
    clearTimeout(this.#timer)
    clearTimeout(this.#patience)
    this.torch = false
    if (this.now.kind === 'reading') this.now.camera.close()
    this.now = { kind: 'starting' }
  }

  readonly #ended = (): void => {
    this.#close()
    this.now = { kind: 'problem', error: new DOMException('the camera was taken away', 'InvalidStateError') }
  }

  /** A page out of sight is not told; the choice alone waits for it. */
  readonly #list = async (): Promise<void> => {
    this.cameras = await listCameras().catch(() => this.cameras)
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#read(), intervalMs)
  }

  async #read(): Promise<void> {
    if (this.paused || this.now.kind !== 'reading') return
    const image = document.hidden || !this.video ? undefined : this.#grab(this.video)
    if (image) {
      this.#decoder ??= createQrDecoder()
      const opening = this.#opening
      try {
        const text = await this.#decoder.decode(image)
        if (opening !== this.#opening) return
        if (text && !this.paused) this.#found(text)
      } catch (error) {
        this.#close()
        this.now = { kind: 'problem', error }
        return
      }
    }
    this.#schedule()
  }

  #found(text: string): void {
    const seenAt = performance.now()
    const known = this.#last?.text === text && seenAt - this.#last.seenAt < sameTextAgainMs
    this.#last = { text, seenAt }
    if (!known) this.dispatchEvent(new CustomEvent<QrDetail>('ikd-qr', { detail: { text }, bubbles: true, composed: true }))
  }

  static override readonly styles = [baseStyles, readerStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-qr-reader': IkdQrReader
  }
}
