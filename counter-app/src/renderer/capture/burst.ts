import type { ChallengeStep } from '@ikd/contract'
import type { Bearing } from '@ikd/face'
import type { CaptureChallenge, CaptureFrames } from '../desk/desk-api.ts'
import { chooseMoving, chooseStill, type Grab, isStepOver, restOf, shareOfWay, type Sight } from './burst-plan.ts'
import { encodeJpeg, grabFrame, thumbOf, toBase64 } from './frame-grabber.ts'

export type Frame = CaptureFrames['frames'][number]

export interface BurstTools {
  readonly grab: () => OffscreenCanvas
  readonly thumb: (canvas: OffscreenCanvas) => Uint8Array
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly encode: (canvas: OffscreenCanvas) => Promise<string>
  /** What guidance saw last; `undefined` where nothing guides, `none` while it sees no face. */
  readonly seen: () => Sight | 'none' | undefined
}

export function browserBurstTools(video: HTMLVideoElement, seen: BurstTools['seen']): BurstTools {
  return {
    grab: () => grabFrame(video),
    thumb: thumbOf,
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    encode: async (canvas) => toBase64(await encodeJpeg(canvas)),
    seen,
  }
}

type Kept = Grab & { readonly canvas: OffscreenCanvas }

const grabEveryMs = 90
/** Six seconds of grabs are 80 MB; of a longer step the beginning is let go. */
const mostKept = 64

/**
 * Takes the frames a challenge asks for: shows each step until the person has done it, or long enough, and keeps of it the few
 * frames that tell. Frames are encoded afterwards, for encoding takes long enough on a cheap PC to bunch them up.
 *
 * @param onStep hears which step of the challenge is to be shown
 */
export async function takeBurst(
  asked: Pick<CaptureChallenge, 'challenge' | 'framesPerStep'>,
  tools: BurstTools,
  onStep: (step: ChallengeStep) => void,
): Promise<readonly Frame[]> {
  const chosen: (Kept & { readonly step: number })[] = []
  let rest: Bearing | undefined
  for (const [step, name] of asked.challenge.entries()) {
    onStep(name)
    const { grabs, sights } = await watch(name, rest, tools)
    if (name === 'look') rest = restOf(sights)
    const [resting, end] = [chosen.findLast((grab) => grab.step === 0), grabs.at(-1)]
    const picked = resting && end ? chooseMoving(grabs, asked.framesPerStep, shareOfWay(resting, end)) : chooseStill(grabs, asked.framesPerStep)
    chosen.push(...picked.map((grab) => ({ ...grab, step })))
  }
  const first = chosen[0]?.at ?? 0
  const frames: Frame[] = []
  for (const { canvas, at, step } of chosen) frames.push({ jpeg: await tools.encode(canvas), atMs: Math.round(at - first), step })
  return frames
}

/** Everything grabbed and seen while a step is shown. */
async function watch(step: ChallengeStep, rest: Bearing | undefined, tools: BurstTools): Promise<{ grabs: readonly Kept[]; sights: readonly Sight[] }> {
  const beganAt = tools.now()
  const grabs: Kept[] = []
  const sights: Sight[] = []
  let guided = false
  do {
    await tools.wait(grabEveryMs)
    const canvas = tools.grab()
    grabs.push({ canvas, at: tools.now(), thumb: tools.thumb(canvas) })
    if (grabs.length > mostKept) grabs.shift()
    const seen = tools.seen()
    guided ||= seen !== undefined
    if (seen && seen !== 'none' && seen.at >= beganAt && seen.at !== sights.at(-1)?.at) sights.push(seen)
  } while (!isStepOver(step, rest, guided ? sights : undefined, beganAt, tools.now()))
  return { grabs, sights }
}

/** The frame the officer compares with the photograph: of the person at rest, when they have settled and not yet moved on. */
export function frameToShow(frames: readonly Frame[]): string | undefined {
  const still = frames.filter(({ step }) => step === 0)
  return still[Math.floor(still.length / 2)]?.jpeg
}
