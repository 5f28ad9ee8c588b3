import type { FaceGuide, Guidance, OpenGuide } from './guide.ts'

export type GuideState =
  | { readonly kind: 'loading' }
  /** No guide on this machine: the button still works. */
  | { readonly kind: 'absent' }
  /** `at`: when the picture was taken that guidance is about, by the page's clock. */
  | { readonly kind: 'looking'; readonly guidance: Guidance | undefined; readonly at: number }

/** Twelve looks a second guide a face; more would only take the processor from the video. */
const periodMs = 80

/** Feeds the camera's pictures to the guide, one at a time, until stopped. */
export class GuidanceLoop {
  readonly #open: OpenGuide
  readonly #video: HTMLVideoElement
  readonly #onState: (state: GuideState) => void
  #stopped = false
  #guide: FaceGuide | undefined

  constructor(open: OpenGuide, video: HTMLVideoElement, onState: (state: GuideState) => void) {
    this.#open = open
    this.#video = video
    this.#onState = onState
  }

  async run(): Promise<void> {
    this.#tell({ kind: 'loading' })
    try {
      this.#guide = await this.#open()
      if (this.#stopped) return this.#guide.close()
      this.#tell({ kind: 'looking', guidance: undefined, at: performance.now() })
      while (!this.#stopped) {
        const at = performance.now()
        const guidance = await this.#lookOnce(this.#guide)
        if (guidance) this.#tell({ kind: 'looking', guidance, at })
        // Measured from the beginning of a look: a slow machine gets a short breath, never none.
        await new Promise((resolve) => setTimeout(resolve, Math.max(10, at + periodMs - performance.now())))
      }
    } catch (error) {
      // Advice only: the desk goes on with the button, and whoever looks after it finds the reason in the console.
      console.warn('face guide:', error)
      this.#tell({ kind: 'absent' })
    }
  }

  stop(): void {
    this.#stopped = true
    this.#guide?.close()
  }

  async #lookOnce(guide: FaceGuide): Promise<Guidance | undefined> {
    if (this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || this.#video.videoWidth === 0) return undefined
    return guide.look(await pictureOf(this.#video))
  }

  #tell(state: GuideState): void {
    if (!this.#stopped) this.#onState(state)
  }
}

/** The video's present picture, without a copy on the page's thread where the browser can (WebCodecs, VideoFrame of an image source). */
async function pictureOf(video: HTMLVideoElement): Promise<ImageBitmap | VideoFrame> {
  return 'VideoFrame' in globalThis ? new VideoFrame(video, { timestamp: 0 }) : createImageBitmap(video)
}
