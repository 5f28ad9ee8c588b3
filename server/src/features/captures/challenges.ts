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
 * Each of them is as likely as any other, for whoever brings a film has one; but none that a film of what the resident answered
 * lately would fit, as it was or with movements left out. Where that leaves none, what was answered longest ago counts no more.
 *
 * @param answered oldest first
 */
export function drawChallenge(random: RandomBytes, answered: readonly (readonly ChallengeStep[])[]): readonly ChallengeStep[] {
  const fresh = allChallenges.filter((actions) => !answered.some((film) => shows(film, actions)))
  if (fresh.length === 0) return drawChallenge(random, answered.slice(1))
  const fair = 256 - (256 % fresh.length)
  for (;;) {
    const byte = random(1)[0] as number
    if (byte < fair) return ['look', ...(fresh[byte % fresh.length] as readonly ChallengeAction[])]
  }
}

/** Whether the actions are in a film, one after the other, whatever else is. */
function shows(film: readonly ChallengeStep[], actions: readonly ChallengeAction[]): boolean {
  let from = 0
  return actions.every((action) => (from = film.indexOf(action, from) + 1) > 0)
}
