import type { Case } from '@ikd/contract'
import type { CaseHint } from './live-cases.ts'
import type { Observed } from './observed.ts'
import type { SessionState } from './session.ts'

interface Sources {
  readonly getCase: (caseId: string) => Promise<Case>
  /** Hints that a case has changed, on whichever screen the officer is. */
  readonly listen: (listener: (hint: CaseHint) => void) => void
  readonly session: Pick<Observed<SessionState>, 'listen'>
}

/**
 * The face just taken, one per case, for whoever decides: the officer, or the supervisor who comes to this desk later. Only in
 * memory, and only until the case is decided, taken over or has ended, here or elsewhere, or nobody is signed in any more.
 */
export class LiveFrames {
  readonly #frames = new Map<string, string>()
  readonly #getCase: Sources['getCase']

  constructor({ getCase, listen, session }: Sources) {
    this.#getCase = getCase
    listen((hint) => {
      for (const caseId of this.#frames.keys()) if (hint === 'all' || hint.caseId === caseId) void this.#check(caseId)
    })
    let whose: string | undefined
    session.listen((now) => {
      const here = 'session' in now ? now.session.staff.id : undefined
      if (here === undefined || here !== whose) this.#frames.clear()
      whose = here
    })
  }

  /** @param jpeg Base64; undefined when the capture left no picture worth showing */
  keep(caseId: string, jpeg: string | undefined): void {
    if (jpeg === undefined) this.#frames.delete(caseId)
    else this.#frames.set(caseId, jpeg)
  }

  /** Base64 JPEG. */
  find(caseId: string): string | undefined {
    return this.#frames.get(caseId)
  }

  follow({ id, state, here }: Pick<Case, 'id' | 'state' | 'here'>): void {
    if (!here || state !== 'awaiting-capture' && state !== 'awaiting-decision' && state !== 'awaiting-supervisor') this.#frames.delete(id)
  }

  async #check(caseId: string): Promise<void> {
    try {
      this.follow(await this.#getCase(caseId))
    } catch {
      // Not known now; the next hint, or the next connection, asks again.
    }
  }
}
