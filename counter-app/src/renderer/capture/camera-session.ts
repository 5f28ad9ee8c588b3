import { cameraQuestionMs } from '@ikd/ui'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { cameraLost, chooseCamera, listCameras, openCamera } from './camera.ts'

export type CameraState =
  | { readonly kind: 'opening' }
  /** The browser does not answer: it may be asking the person. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'live' }
  | { readonly kind: 'failed'; readonly error: unknown }

/** The desk camera while its element is in the page: opened, watched, chosen, and let go. */
export class CameraSession implements ReactiveController {
  state: CameraState = { kind: 'opening' }
  cameras: readonly { readonly deviceId: string; readonly label: string }[] = []
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #video: () => HTMLVideoElement
  readonly #onLive: () => void
  readonly #onClosed: () => void
  #stream: MediaStream | undefined
  #patience: ReturnType<typeof setTimeout> | undefined
  /** Counts openings: an answer to an older one is thrown away. */
  #opening = 0

  constructor(host: ReactiveControllerHost & HTMLElement, parts: { video: () => HTMLVideoElement; onLive: () => void; onClosed: () => void }) {
    this.#host = host
    this.#video = parts.video
    this.#onLive = parts.onLive
    this.#onClosed = parts.onClosed
    host.addController(this)
  }

  get deviceId(): string | undefined {
    return this.#stream?.getVideoTracks()[0]?.getSettings().deviceId
  }

  hostConnected(): void {
    navigator.mediaDevices?.addEventListener('devicechange', this.#devicesChanged)
    void this.#host.updateComplete.then(() => this.open())
  }

  hostDisconnected(): void {
    navigator.mediaDevices?.removeEventListener('devicechange', this.#devicesChanged)
    this.#close()
  }

  async open(): Promise<void> {
    this.#close()
    const opening = this.#opening
    this.#become({ kind: 'opening' })
    this.#patience = setTimeout(() => this.#become({ kind: 'asking' }), cameraQuestionMs)
    try {
      const stream = await openCamera()
      if (opening !== this.#opening || !this.#host.isConnected) return stop(stream)
      this.#stream = stream
      stream.getVideoTracks()[0]?.addEventListener('ended', this.#lost)
      const video = this.#video()
      video.srcObject = stream
      await video.play()
      if (opening !== this.#opening) return
      clearTimeout(this.#patience)
      this.#become({ kind: 'live' })
      this.#onLive()
      void this.#list()
    } catch (error) {
      if (opening !== this.#opening) return
      this.#close()
      if (this.#host.isConnected) this.#become({ kind: 'failed', error })
    }
  }

  choose(deviceId: string): void {
    chooseCamera(deviceId)
    void this.open()
  }

  #close(): void {
    this.#opening += 1
    clearTimeout(this.#patience)
    this.#onClosed()
    if (!this.#stream) return
    stop(this.#stream)
    this.#stream = undefined
    this.#video().srcObject = null
  }

  #become(state: CameraState): void {
    this.state = state
    this.#host.requestUpdate()
  }

  readonly #lost = (): void => {
    this.#close()
    this.#become({ kind: 'failed', error: cameraLost() })
  }

  readonly #devicesChanged = async (): Promise<void> => {
    await this.#list()
    if (this.state.kind === 'failed' && this.cameras.length > 0) await this.open()
  }

  /** Nothing waits for it: a page out of sight is not told. */
  async #list(): Promise<void> {
    this.cameras = await listCameras().catch(() => this.cameras)
    this.#host.requestUpdate()
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
