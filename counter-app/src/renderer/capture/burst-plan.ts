import type { CaptureChallenge } from '../desk/desk-api.ts'

export type ChallengeStep = CaptureChallenge['challenge'][number]

export interface PlannedFrame {
  /** Milliseconds since the first frame. */
  readonly atMs: number
  /** Index into the challenge. */
  readonly step: number
}

/** A burst of stillness lasts about this long; a movement needs longer to be made and seen. */
const stepMs: Record<ChallengeStep, number> = { look: 1_500, 'turn-left': 2_000, 'turn-right': 2_000, 'come-closer': 2_000, blink: 2_000 }
const mostFrames = 8

/**
 * When to take which frame: the wanted frames are shared out over the challenge's steps, each step getting at least one,
 * and lie evenly within their step. More frames are wanted of the first steps when they do not share out evenly.
 */
export function burstPlan(challenge: readonly ChallengeStep[], framesWanted: number): readonly PlannedFrame[] {
  const steps = challenge.slice(0, mostFrames)
  const total = Math.min(mostFrames, Math.max(framesWanted, steps.length, 1))
  const plan: PlannedFrame[] = []
  let begin = 0
  steps.forEach((name, step) => {
    const share = Math.floor(total / steps.length) + (step < total % steps.length ? 1 : 0)
    const gap = share > 1 ? stepMs[name] / (share - 1) : stepMs[name]
    for (let i = 0; i < share; i++) plan.push({ atMs: Math.round(begin + i * gap), step })
    begin += stepMs[name] + 400
  })
  return plan
}
