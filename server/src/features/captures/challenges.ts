import { challengeActions, type ChallengeAction, type ChallengeStep } from '@ikd/contract'
import type { RandomBytes } from '../../security/random.ts'

/** Frames of each step: enough to see a movement begin, go on and arrive. */
export const framesPerStep = 4

const turns: readonly ChallengeAction[] = ['turn-left', 'turn-right']

/**
 * Every two or three different actions in every order, with a turn among them: a turn is what a flat picture cannot do, and what
 * comes out on the other side in a mirror.
 */
export const allChallenges: readonly (readonly ChallengeAction[])[] = [2, 3]
  .flatMap((length) => arrangements(challengeActions, length))
  .filter((actions) => actions.some((action) => turns.includes(action)))

function arrangements(of: readonly ChallengeAction[], length: number): ChallengeAction[][] {
  if (length === 0) return [[]]
  return of.flatMap((first) => arrangements(of.filter((other) => other !== first), length - 1).map((others) => [first, ...others]))
}

/**
 * Each of them is as likely as any other, for whoever brings a film has one.
 *
 * @param answered what the resident was asked lately: a film of that visit fits none of the others. Once all were, all count again
 */
export function drawChallenge(random: RandomBytes, answered: readonly (readonly ChallengeStep[])[]): readonly ChallengeStep[] {
  const known = new Set(answered.map((steps) => steps.slice(1).join()))
  const fresh = allChallenges.filter((actions) => !known.has(actions.join()))
  const among = fresh.length > 0 ? fresh : allChallenges
  const fair = 256 - (256 % among.length)
  for (;;) {
    const byte = random(1)[0] as number
    if (byte < fair) return ['look', ...(among[byte % among.length] as readonly ChallengeAction[])]
  }
}
