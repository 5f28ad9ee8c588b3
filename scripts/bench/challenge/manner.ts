import type { ChallengeStep } from '@ikd/contract'
import { chooseMoving, chooseStill, isStepOver, shareOfWay, type Grab, type Sight } from '@ikd/counter-app/burst-plan'
import { type Bearing, challengeReach } from '@ikd/face'
import { framesPerStep } from '@ikd/server'
import type { Shot } from '../../demo/turning-head/answer.ts'
import { type Action, doing, eased, type Reach, type Stance, swaying } from '../../demo/turning-head/stance.ts'

/** How somebody does what they are asked, and what the desk has to see it with. Times in milliseconds. */
export interface Manner {
  readonly reactionMs: number
  readonly movementMs: number
  /** Of what the head needs to be seen well; 0.71 is where the server sees the movement at all. */
  readonly far: number
  /** First back to where they rested, then on to the next thing; or straight across. */
  readonly returns: boolean
  /** How the movement goes on its way from 0 to 1. */
  readonly way: (share: number) => number
  /** Share of another movement that comes along unasked. */
  readonly mixes: number
  /** Degrees by which they sit askew. */
  readonly askew: number
  /** The unrest of a head, 1 for most. */
  readonly unrest: number
  /** How long they have been sitting there when it begins. */
  readonly satMs: number
  /** Between two frames the desk grabs, and between two looks of its guidance; no looks where the PC cannot. */
  readonly grabEveryMs: number
  readonly lookEveryMs: number | undefined
}

export const ordinary: Manner = {
  reactionMs: 500, movementMs: 900, far: 1, returns: true, way: eased, mixes: 0, askew: 0, unrest: 1, satMs: 0, grabEveryMs: 100, lookEveryMs: 150,
}

/** What comes along: a chin that drops with a turn, a head that turns with the chin. */
const companion: Readonly<Record<Action, Action>> = { 'turn-left': 'look-up', 'turn-right': 'look-up', 'look-up': 'turn-left', 'come-closer': 'look-up' }
/** A head goes 1.4 times as far as it takes to be seen when it goes all the way (`sculpt`). */
const wholeWay = 1.4

type Shares = Partial<Record<Action, number>>
type Moment = Grab & { readonly shares: Shares; readonly step: number }

/**
 * The frames a desk would send of it: the desk's own rules say how long each step is shown and which frames are kept.
 *
 * @param visit which of endlessly many visits; two of them never show the same frames
 */
export function takeAnswer(steps: readonly ChallengeStep[], reach: Reach, visit: number, manner: Manner = ordinary): Shot[] {
  const chosen: Moment[] = []
  let beganAt = 0
  let left: Shares = {}
  for (const [step, name] of steps.entries()) {
    const moments = watch(name, step, beganAt, left, manner)
    const [resting, end] = [chosen.findLast((one) => one.step === 0), moments.at(-1)!]
    chosen.push(...(resting ? chooseMoving(moments, framesPerStep, shareOfWay(resting, end)) : chooseStill(moments, framesPerStep)))
    beganAt = end.at
    left = end.shares
  }
  return chosen.map(({ at, shares, step }) => {
    const atMs = Math.round(at - chosen[0]!.at)
    const stance = doing(shares, reach)
    return { stance: unrested(swaying(stance, visit, manner.satMs + at), stance, manner), atMs, step }
  })
}

/** Everything grabbed while a step is shown. */
function watch(name: ChallengeStep, step: number, beganAt: number, left: Shares, manner: Manner): Moment[] {
  const { grabEveryMs, lookEveryMs } = manner
  const moments: Moment[] = []
  const sights: Sight[] = []
  for (let at = beganAt + grabEveryMs; ; at += grabEveryMs) {
    const shares = sharesAt(name, left, at - beganAt, manner)
    moments.push({ at, step, shares, thumb: thumbOf(shares) })
    // A look tells of a picture that was taken when it began.
    const seenAt = lookEveryMs && beganAt + Math.floor((at - beganAt) / lookEveryMs - 1) * lookEveryMs
    if (seenAt && seenAt > beganAt && seenAt !== sights.at(-1)?.at) sights.push({ at: seenAt, bearing: bearingAt(sharesAt(name, left, seenAt - beganAt, manner)) })
    if (isStepOver(name, bearingAt({}), lookEveryMs === undefined ? undefined : sights, beganAt, at)) return moments
  }
}

function sharesAt(name: ChallengeStep, left: Shares, into: number, { reactionMs, movementMs, far, returns, way, mixes }: Manner): Shares {
  const backMs = Object.keys(left).length > 0 ? 0.7 * movementMs : 0
  const back = backMs > 0 ? eased((into - reactionMs) / backMs) : 1
  const shares: Shares = {}
  for (const [action, share] of Object.entries(left) as [Action, number][]) if (back < 1) shares[action] = share * (1 - back)
  if (name === 'look') return shares
  const done = far * way(Math.min(1, Math.max(0, (into - reactionMs - (returns ? backMs : 0)) / movementMs)))
  shares[name] = (shares[name] ?? 0) + done
  if (mixes > 0) shares[companion[name]] = (shares[companion[name]] ?? 0) + mixes * done
  return shares
}

/** What guidance makes of it, against a rest of nothing. */
function bearingAt(shares: Shares): Bearing {
  const share = (action: Action) => wholeWay * (shares[action] ?? 0)
  return {
    yaw: challengeReach.turn * (share('turn-left') - share('turn-right')),
    pitch: -challengeReach.lookUp * share('look-up'),
    eyes: 1 + (challengeReach.closer - 1) * share('come-closer'),
  }
}

/** A stand-in for the few grey values the desk keeps of each moment: what has moved, each kind in a place of its own. */
function thumbOf(shares: Shares): Uint8Array {
  const { yaw, pitch, eyes } = bearingAt(shares)
  return Uint8Array.of(128 + 2 * yaw, 128 + 2 * pitch, 100 * eyes)
}

function unrested(swayed: Stance, still: Stance, { unrest, askew }: Manner): Stance {
  const more = (part: 'dx' | 'dy' | 'roll' | 'yaw' | 'pitch') => still[part] + unrest * (swayed[part] - still[part])
  return { ...swayed, dx: more('dx'), dy: more('dy'), roll: more('roll'), yaw: more('yaw') + askew, pitch: more('pitch') + 0.5 * askew }
}
