import type { Case } from '@ikd/contract'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { caseView, isFaceCompared, isReferenceReleased, newestCapture } from '../view/case-view.ts'
import type { Desk } from './desk.ts'

/**
 * The two faces side by side: the KTP-el photograph, once the server releases it, which is let go with the screen; and the frame just
 * taken, which the desk keeps until the case is decided, for the supervisor may come when the officer has moved on.
 */
export class CaseFaces implements ReactiveController {
  /** Base64 JPEG. */
  reference: string | undefined
  readonly #host: ReactiveControllerHost
  readonly #desk: () => Desk
  readonly #onError: (error: unknown) => void
  #askedFor: string | undefined

  constructor(host: ReactiveControllerHost, desk: () => Desk, onError: (error: unknown) => void) {
    this.#host = host
    this.#desk = desk
    this.#onError = onError
    host.addController(this)
  }

  /** Base64 JPEG. */
  liveFrame(shown: Case): string | undefined {
    return this.#desk().frames.find(shown.id)
  }

  /** A face that could not be read does not take the place of one that was compared; where none was, it is what a supervisor has. */
  captured(answer: Case, liveFrame: string | undefined): void {
    const { frames } = this.#desk()
    if (!isFaceCompared(answer) || newestCapture(answer)?.outcome !== 'failure-to-acquire') frames.keep(answer.id, liveFrame)
  }

  hostDisconnected(): void {
    this.forget()
  }

  /** Fetches what the case now releases, forgets what it no longer needs. */
  follow(shown: Case): void {
    this.#desk().frames.follow(shown)
    // What another desk's officer compares is theirs: here the supervisor's dialog asks for its own look.
    const { step } = caseView(shown)
    if (step !== 'decision' && step !== 'supervision') this.forget()
    else if (this.#askedFor !== shown.id && isReferenceReleased(shown)) void this.#fetch(shown.id)
  }

  forget(): void {
    this.reference = undefined
    this.#askedFor = undefined
  }

  async #fetch(caseId: string): Promise<void> {
    this.#askedFor = caseId
    try {
      const jpeg = await this.#desk().api.getReference(caseId)
      if (this.#askedFor !== caseId) return
      this.reference = jpeg
      this.#host.requestUpdate()
    } catch (error) {
      // Not asked again by itself: the client has repeated what could pass, and a refusal would only be refused again.
      if (this.#askedFor === caseId) this.#onError(error)
    }
  }
}
