import { type Head, photograph } from './head.ts'
import { type Action, doing, eased, type Reach, type Stance, swaying } from './stance.ts'

export type Step = 'look' | Action

/** What a server asks, as far as a sitter needs to know. */
export type Asked = { readonly challenge: readonly Step[]; readonly framesPerStep: number }

export type Shot = { readonly stance: Stance; readonly atMs: number; readonly step: number }
export type AnsweredFrame = { readonly jpeg: Buffer; readonly atMs: number; readonly step: number }

/** A step lasts this long, and the movement begins after this much of it: quicker than people, who are not waited for here. */
const stepMs = 640
const reactionMs = 30
const movementMs = 320

/**
 * What a quick and willing person does when asked, and when the desk takes its frames of it.
 *
 * @param visit which of endlessly many visits; two of them must not show the same frames
 */
export function shotsOf({ challenge, framesPerStep }: Asked, reach: Reach, visit: number): Shot[] {
  const gap = (stepMs - 100) / Math.max(1, framesPerStep - 1)
  return challenge.flatMap((_, step) =>
    Array.from({ length: framesPerStep }, (_none, i) => {
      const into = Math.round(i * gap)
      const atMs = step * stepMs + into
      return { stance: swaying(doing(sharesAt(challenge, step, into), reach), visit, atMs), atMs, step }
    }),
  )
}

/** The movement of this step comes as that of the step before goes. */
function sharesAt(challenge: readonly Step[], step: number, into: number): Partial<Record<Action, number>> {
  const done = eased((into - reactionMs) / movementMs)
  const shares: Partial<Record<Action, number>> = {}
  const [before, now] = [challenge[step - 1], challenge[step]]
  if (before !== undefined && before !== 'look') shares[before] = 1 - eased((into - reactionMs) / (movementMs * 0.7))
  if (now !== undefined && now !== 'look') shares[now] = done
  return shares
}

/** The frames a desk would send of that. */
export function answer(head: Head, asked: Asked, visit: number): Promise<AnsweredFrame[]> {
  return Promise.all(
    shotsOf(asked, head.reach, visit).map(async ({ stance, atMs, step }) => ({ jpeg: await photograph(head, stance, visit * 1000 + atMs + 1), atMs, step })),
  )
}
