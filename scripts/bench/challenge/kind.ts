import type { ChallengeStep } from '@ikd/contract'
import type { ChallengeFrame } from '@ikd/face'
import type { AnsweredFrame } from '../../demo/turning-head/answer.ts'
import type { Subject } from './people.ts'

/** A film, and what the server measures of it. */
export interface Film {
  readonly steps: readonly ChallengeStep[]
  readonly frames: readonly AnsweredFrame[]
  readonly seen: readonly ChallengeFrame[]
}

/** Somebody at the desk, and what an attacker may have of them and of others. */
export interface Visit {
  readonly number: number
  readonly subject: Subject
  /** What they are asked. */
  readonly steps: readonly ChallengeStep[]
  /** The ordinary answer to it. */
  readonly ordinary: Film
  /** The ordinary answer of another person, to another order. */
  readonly stranger: Film
  see(frames: readonly AnsweredFrame[]): Promise<readonly ChallengeFrame[]>
}

/** Frames as they are sent, in answer to these steps. */
export interface Answer {
  readonly frames: readonly ChallengeFrame[]
  readonly steps: readonly ChallengeStep[]
  /** What the server has kept of earlier visits. */
  readonly earlier?: readonly Uint8Array[]
}

export interface Kind {
  readonly kind: string
  answers(visit: Visit): Promise<readonly Answer[]>
}

/** What the server keeps of frames it has seen. */
export function printsOf(seen: readonly ChallengeFrame[]): Uint8Array[] {
  return seen.flatMap((one) => ('measure' in one.seen && one.seen.fingerprint ? [one.seen.fingerprint] : []))
}
