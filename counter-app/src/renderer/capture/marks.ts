import type { FrameReason } from '@ikd/contract'
import type { Guidance } from './guide.ts'
import { Steady } from './steady.ts'

/** What an officer looks for in the picture, in the order they see to it. */
export const markNames = ['alone', 'distance', 'light', 'sharpness', 'direction', 'uncovered'] as const
export type MarkName = (typeof markNames)[number]

export interface Mark {
  readonly name: MarkName
  readonly isGood: boolean
}

const marked: Readonly<Record<MarkName, readonly FrameReason[]>> = {
  alone: ['several-faces'],
  distance: ['too-small', 'too-large', 'off-centre'],
  light: ['too-dark', 'too-bright', 'side-light', 'busy-background'],
  sharpness: ['blurred'],
  direction: ['turned', 'tilted'],
  uncovered: ['covered', 'eyes-closed', 'mouth-open'],
}

/** What the guidance shows: one sentence and six marks, all of them steady enough to be read. */
export interface ShownGuidance {
  readonly say: FrameReason | 'good'
  /** Whether `say` is only a hint, in nobody's way. */
  readonly isHint: boolean
  /** Empty while no face is seen. */
  readonly marks: readonly Mark[]
}

/** Makes of ten looks a second something a person can read. Time is given, never read. */
export class SteadyGuidance {
  readonly #say = new Steady<FrameReason | 'good'>()
  readonly #marks = new Map(markNames.map((name) => [name, new Steady<boolean>()]))

  observe({ problems, hints }: Guidance, nowMs: number): ShownGuidance {
    const say = this.#say.observe(problems[0] ?? hints[0] ?? 'good', nowMs)
    const found = [...problems, ...hints]
    const marks = problems.includes('no-face')
      ? []
      : markNames.map((name) => ({ name, isGood: this.#marks.get(name)!.observe(!marked[name].some((reason) => found.includes(reason)), nowMs) }))
    return { say, isHint: say !== 'good' && !problems.includes(say) && hints.includes(say), marks }
  }
}
