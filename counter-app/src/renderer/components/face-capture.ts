import './picture-marks.ts'
import type { Case } from '@ikd/contract'
import { baseStyles, cameraProblemText, cameraQuestionText, captureReasonText, LocalisedElement, problemText, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { browserBurstTools, type BurstTools, type Frame, frameToShow } from '../capture/burst.ts'
import { CameraSession } from '../capture/camera-session.ts'
import { type CapturePort, CaptureRun, type RunState } from '../capture/capture-run.ts'
import { GuidanceLoop, type GuideState } from '../capture/guidance-loop.ts'
import { type Mark, type ShownGuidance, SteadyGuidance } from '../capture/marks.ts'
import type { OpenGuide } from '../capture/guide.ts'
import { PoliteVoice } from '../capture/polite-voice.ts'
import { Steadiness } from '../capture/steadiness.ts'
import { arrowInPicture, challengeStepText } from '../texts/challenge-texts.ts'
import { deskStyles } from './desk-styles.ts'

export interface CaptureDone {
  readonly answer: Case
  /** Base64 JPEG for the side-by-side view; kept in memory until the case is decided. */
  readonly liveFrame: string | undefined
}

export interface CaptureFailed {
  /** The frames were taken and can be sent again. */
  readonly hasUnsent: boolean
}

/**
 * The desk camera: picture, live guidance, and the burst, by itself when guidance is content or by the button.
 * Frames exist in memory only and are let go once the server has answered.
 *
 * @fires capture-starting when an order is asked for
 * @fires capture-step with the step of the challenge that is shown now
 * @fires capture-sending when the frames leave for the server
 * @fires capture-done with CaptureDone
 * @fires capture-failed with CaptureFailed, when the server refused them or could not be reached
 */
@customElement('face-capture')
export class FaceCapture extends LocalisedElement {
  @property({ attribute: false }) port!: CapturePort
  @property({ attribute: false }) openGuide!: OpenGuide
  /** Face attempts of this resident still open today. */
  @property({ type: Number }) attemptsLeft = 0
  /** Whether the burst may begin by itself. Not after a failure: every attempt counts for the resident. */
  @property({ type: Boolean }) automatic = false
  /** The button takes no press yet; guidance may begin the burst all the same. */
  @property({ type: Boolean }) resting = false

  @state() private guide: GuideState['kind'] = 'loading'
  /** What guidance shows, changing only when it does. */
  @state({ hasChanged: (now, before) => JSON.stringify(now) !== JSON.stringify(before) }) private shown: ShownGuidance | undefined
  /** What a screen reader is given. */
  @state() private spoken = ''
  @query('video') private readonly video!: HTMLVideoElement

  readonly #run = new CaptureRun(
    () => this.port,
    (state) => this.#tell(state),
  )
  readonly #steadiness = new Steadiness()
  readonly #camera = new CameraSession(this, {
    video: () => this.video,
    onLive: () => this.#startGuidance(),
    onClosed: () => this.#stopGuidance(),
  })
  #loop: GuidanceLoop | undefined
  #steady = new SteadyGuidance()
  readonly #voice = new PoliteVoice()
  /** What guidance saw last, for the burst. */
  #seen: ReturnType<BurstTools['seen']>

  /** F8 of the screen. */
  async capture(): Promise<void> {
    if (this.#run.hasUnsent) return this.#run.sendAgain()
    if (this.#camera.state.kind !== 'live' || this.#run.isBusy) return
    this.#steadiness.disarm()
    await this.#run.take(browserBurstTools(this.video, () => this.#seen))
  }

  #tell(state: RunState): void {
    this.requestUpdate()
    const fire = (name: string, detail?: unknown) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
    if (state.kind === 'starting') fire('capture-starting')
    else if (state.kind === 'taking') fire('capture-step', state.step)
    else if (state.kind === 'sending') fire('capture-sending')
    else if (state.kind === 'failed') fire('capture-failed', { hasUnsent: state.unsent !== undefined } satisfies CaptureFailed)
    else if (state.kind === 'done') {
      const detail: CaptureDone = { answer: state.answer, liveFrame: frameToShow(state.frames.frames as readonly Frame[]) }
      fire('capture-done', detail)
    }
  }

  #startGuidance(): void {
    if (this.automatic) this.#steadiness.arm()
    else this.#steadiness.disarm()
    this.#steady = new SteadyGuidance()
    this.#loop = new GuidanceLoop(this.openGuide, this.video, this.#guided)
    void this.#loop.run()
  }

  #stopGuidance(): void {
    this.#loop?.stop()
    this.#loop = undefined
    this.#seen = undefined
  }

  readonly #guided = (guide: GuideState): void => {
    this.guide = guide.kind
    this.#see(guide)
    const now = performance.now()
    this.shown = guide.kind === 'looking' && guide.guidance ? this.#steady.observe(guide.guidance, now) : undefined
    // What had to wait for its turn is said when it comes, though nothing else has changed.
    this.#speak()
    if (this.#run.state.kind !== 'idle' || guide.kind !== 'looking' || !guide.guidance) return
    if (this.#steadiness.observe(guide.guidance.problems.length === 0, now)) void this.capture()
  }

  override willUpdate(): void {
    this.#speak()
  }

  #see(guide: GuideState): void {
    if (guide.kind !== 'looking') this.#seen = undefined
    else if (guide.guidance) this.#seen = guide.guidance.bearing ? { at: guide.at, bearing: guide.guidance.bearing } : 'none'
  }

  override render() {
    const camera = this.#camera.state
    const run = this.#run.state
    const failed = camera.kind === 'failed'
    return html`
      <div class="stage" ?hidden=${failed}>
        <video muted playsinline aria-label=${say({ id: 'Gambar kamera', en: 'Camera picture' })}></video>
        <div class="oval" aria-hidden="true" data-good=${this.#isGood() ? 'yes' : 'no'}></div>
        ${run.kind === 'taking' ? html`<p class="arrow" aria-hidden="true">${arrowInPicture[run.step]}</p>` : nothing}
        <p class="guidance ${run.kind === 'taking' ? 'instruction' : ''}" aria-hidden="true">${this.#message()}</p>
        <p class="visually-hidden" role="status">${this.spoken}</p>
      </div>
      ${camera.kind === 'failed' ? this.#noCamera(camera.error) : camera.kind === 'asking' ? this.#unanswered() : nothing}
      <div class="stack">
        ${run.kind === 'failed' ? this.#failure(run.error) : nothing}
        ${this.guide === 'absent' ? nothing : html`<picture-marks .marks=${this.#marks()}></picture-marks>`}
        <ikd-button ?disabled=${!this.#isReady()} ?busy=${this.#run.isBusy} @click=${() => void this.capture()}>
          ${this.#run.hasUnsent
            ? say({ id: 'Kirim lagi', en: 'Send again' })
            : say({ id: 'Ambil wajah', en: 'Capture the face' })}
          <kbd>F8</kbd>
        </ikd-button>
        <p class="muted">
          ${this.automatic && this.guide !== 'absent'
            ? say({ id: 'Gambar diambil sendiri begitu wajah terlihat jelas; tombol selalu dapat dipakai.', en: 'Pictures are taken by themselves once the face is clear; the button always works.' })
            : say({ id: 'Pastikan wajah jelas, lalu tekan tombol. Setelah tiga kali, supervisor yang memutuskan.', en: 'Make sure the face is clear, then press the button. After three tries a supervisor decides.' })}
        </p>
        <p class="muted">${say({ id: `Sisa percobaan hari ini: ${this.attemptsLeft}`, en: `Attempts left today: ${this.attemptsLeft}` })}</p>
        ${this.#camera.cameras.length > 1
          ? html`<label
              >${say({ id: 'Kamera', en: 'Camera' })}
              <select @change=${(event: Event) => this.#camera.choose((event.target as HTMLSelectElement).value)}>
                ${this.#camera.cameras.map(({ deviceId, label }) => html`<option value=${deviceId} ?selected=${deviceId === this.#camera.deviceId}>${label}</option>`)}
              </select></label
            >`
          : nothing}
      </div>
    `
  }

  /** Whether a press does something now: a camera that is still opening takes none. */
  #isReady(): boolean {
    if (this.resting) return false
    if (this.#run.isBusy || this.#run.hasUnsent) return true
    return this.#camera.state.kind === 'live' && this.attemptsLeft > 0
  }

  /** None while a head moves as it was told to. */
  #marks(): readonly Mark[] {
    return this.#run.isBusy ? [] : (this.shown?.marks ?? [])
  }

  /** The message to somebody who listens: at their pace, except for what the resident is to do now. */
  #speak(): void {
    const now = performance.now()
    this.spoken = this.#run.isBusy ? this.#voice.interrupt(this.#message(), now) : this.#voice.hear(this.#message(), now)
  }

  #noCamera(error: unknown) {
    const { title, text } = cameraProblemText(error)
    return html`<ikd-notice kind="error" heading=${title}>
      <p>${text}</p>
      <ikd-button variant="secondary" @click=${() => void this.#camera.open()}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button>
    </ikd-notice>`
  }

  #unanswered() {
    return html`<ikd-notice kind="info" heading=${say({ id: 'Kamera belum terbuka', en: 'The camera is not open yet' })}>
      <p>${cameraQuestionText()}</p>
      <ikd-button variant="secondary" @click=${() => void this.#camera.open()}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button>
    </ikd-notice>`
  }

  #failure(error: unknown) {
    const { title, text } = problemText(error)
    return html`<ikd-notice kind="error" heading=${title}><p>${text}</p></ikd-notice>`
  }

  #message(): string {
    const run = this.#run.state
    switch (run.kind) {
      case 'starting':
        return say(challengeStepText.look)
      case 'taking':
        return say(challengeStepText[run.step])
      case 'sending':
        return say({ id: 'Server sedang membandingkan wajah…', en: 'The server is comparing the face…' })
      default:
        return this.#advice()
    }
  }

  #advice(): string {
    if (this.#camera.state.kind === 'opening' || this.#camera.state.kind === 'asking') return say({ id: 'Membuka kamera…', en: 'Opening the camera…' })
    switch (this.guide) {
      case 'loading':
        return say({ id: 'Menyiapkan panduan… tombol sudah dapat dipakai.', en: 'Preparing guidance… the button works already.' })
      case 'absent':
        return say({ id: 'Panduan otomatis tidak tersedia di komputer ini. Ambil wajah dengan tombol.', en: 'Live guidance is not available on this computer. Capture with the button.' })
      case 'looking': {
        if (this.shown && this.shown.say !== 'good') return captureReasonText(this.shown.say)
        if (!this.shown) return say({ id: 'Mencari wajah…', en: 'Looking for a face…' })
        return this.automatic
          ? say({ id: 'Bagus. Tahan sebentar…', en: 'Good. Hold still…' })
          : say({ id: 'Bagus. Tekan Ambil wajah.', en: 'Good. Press Capture the face.' })
      }
    }
  }

  #isGood(): boolean {
    return this.shown !== undefined && (this.shown.say === 'good' || this.shown.isHint)
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(18rem, 32rem) minmax(14rem, 1fr);
        gap: var(--ikd-space-4);
        align-items: start;
      }
      .stage {
        position: relative;
        inline-size: 100%;
        max-inline-size: 32rem;
        aspect-ratio: 4 / 3;
        border-radius: var(--ikd-radius);
        overflow: hidden;
        background: #000;
      }
      video {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      .oval {
        position: absolute;
        inset: 10% 30% 22%;
        border: 3px dashed #fff;
        border-radius: 50%;
      }
      .oval[data-good='yes'] {
        border: 4px solid #5ee08a;
      }
      .guidance {
        position: absolute;
        inset-inline: 0;
        inset-block-end: 0;
        padding: var(--ikd-space-2) var(--ikd-space-3);
        background: rgb(0 0 0 / 0.75);
        color: #fff;
        text-align: center;
        font-weight: 600;
      }
      .instruction {
        font-size: var(--ikd-size-large);
        padding-block: var(--ikd-space-4);
      }
      .arrow {
        position: absolute;
        inset: 4% 0 auto;
        margin: 0;
        text-align: center;
        font-size: 5rem;
        line-height: 1;
        color: #fff;
        text-shadow: 0 0 0.2em #000;
      }
      select {
        display: block;
        max-inline-size: 14rem;
        min-block-size: 2.5rem;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'face-capture': FaceCapture
  }
}
