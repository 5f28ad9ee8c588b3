import type { Case } from '@ikd/contract'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Desk } from './desk.ts'

/**
 * One case, kept current: fetched at first, again at every hint about it, and taken from the answers of the officer's own actions.
 * A fetch begun before such an answer is older than it and is dropped.
 */
export class CaseWatch implements ReactiveController {
  shown: Case | undefined
  /** Why the case could not be fetched; the last one known stays shown. */
  error: unknown
  readonly #host: ReactiveControllerHost
  readonly #desk: () => Desk
  #caseId: string | undefined
  #version = 0
  #fetching = false
  #again = false
  #stop: (() => void) | undefined

  constructor(host: ReactiveControllerHost, desk: () => Desk) {
    this.#host = host
    this.#desk = desk
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#caseId = undefined
  }

  follow(caseId: string): void {
    if (caseId === this.#caseId) return
    this.#stop?.()
    this.#caseId = caseId
    this.shown = undefined
    this.error = undefined
    this.#version++
    this.#stop = this.#desk().live.listen((hint) => {
      if (hint === 'all' || hint.caseId === caseId) void this.refetch()
    })
    void this.refetch()
  }

  adopt(answer: Case): void {
    if (answer.id !== this.#caseId) return
    this.#version++
    this.shown = answer
    this.error = undefined
    this.#host.requestUpdate()
  }

  async refetch(): Promise<void> {
    if (this.#fetching) {
      this.#again = true
      return
    }
    this.#fetching = true
    try {
      do {
        this.#again = false
        await this.#fetchOnce()
      } while (this.#again)
    } finally {
      this.#fetching = false
    }
  }

  async #fetchOnce(): Promise<void> {
    const caseId = this.#caseId
    if (caseId === undefined) return
    const version = this.#version
    try {
      const answer = await this.#desk().api.getCase(caseId)
      if (version === this.#version) this.adopt(answer)
    } catch (error) {
      if (version !== this.#version) return
      this.error = error
      this.#host.requestUpdate()
    }
  }
}
