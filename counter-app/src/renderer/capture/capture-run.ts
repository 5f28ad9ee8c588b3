import { NetworkError } from '@ikd/client'
import type { Case, ChallengeStep } from '@ikd/contract'
import type { CaptureChallenge, CaptureFrames } from '../desk/desk-api.ts'
import { type BurstTools, takeBurst } from './burst.ts'

/** Where an order comes from, and its frames go to. */
export interface CapturePort {
  start(): Promise<CaptureChallenge>
  submit(captureId: string, frames: CaptureFrames): Promise<Case>
}

type Unsent = { readonly captureId: string; readonly frames: CaptureFrames }

export type RunState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'taking'; readonly step: ChallengeStep }
  | { readonly kind: 'sending' }
  /** `unsent`: the frames were taken and may be sent again as they are. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly unsent?: Unsent }
  /** The frames are let go with the next state. */
  | { readonly kind: 'done'; readonly answer: Case; readonly frames: CaptureFrames }

/** One capture after another: the order, the frames that answer it, and what the server says of them. */
export class CaptureRun {
  readonly #port: () => CapturePort
  readonly #onState: (state: RunState) => void
  #state: RunState = { kind: 'idle' }

  constructor(port: () => CapturePort, onState: (state: RunState) => void) {
    this.#port = port
    this.#onState = onState
  }

  get state(): RunState {
    return this.#state
  }

  get isBusy(): boolean {
    return this.#state.kind === 'starting' || this.#state.kind === 'taking' || this.#state.kind === 'sending'
  }

  /** Frames that did not reach the server are here, to be sent again. */
  get hasUnsent(): boolean {
    return this.#state.kind === 'failed' && this.#state.unsent !== undefined
  }

  /** Asks for an order and answers it. Nothing while one is under way. */
  async take(tools: BurstTools): Promise<void> {
    if (this.isBusy) return
    this.#go({ kind: 'starting' })
    try {
      const order = await this.#port().start()
      const frames = await takeBurst(order, tools, (step) => this.#go({ kind: 'taking', step }))
      await this.#send({ captureId: order.captureId, frames: { nonce: order.nonce, frames: [...frames] } })
    } catch (error) {
      this.#go({ kind: 'failed', error })
    }
  }

  async sendAgain(): Promise<void> {
    if (this.#state.kind === 'failed' && this.#state.unsent) await this.#send(this.#state.unsent)
  }

  async #send(unsent: Unsent): Promise<void> {
    this.#go({ kind: 'sending' })
    try {
      const answer = await this.#port().submit(unsent.captureId, unsent.frames)
      this.#go({ kind: 'done', answer, frames: unsent.frames })
      this.#go({ kind: 'idle' })
    } catch (error) {
      this.#go(error instanceof NetworkError ? { kind: 'failed', error, unsent } : { kind: 'failed', error })
    }
  }

  #go(state: RunState): void {
    this.#state = state
    this.#onState(state)
  }
}
