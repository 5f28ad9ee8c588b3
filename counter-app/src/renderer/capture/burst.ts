import type { CaptureFrames } from '../desk/desk-api.ts'
import { burstPlan, type ChallengeStep } from './burst-plan.ts'
import { encodeJpeg, grabFrame, toBase64 } from './frame-grabber.ts'

export type Frame = CaptureFrames['frames'][number]

export interface BurstTools {
  readonly grab: () => OffscreenCanvas
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly encode: (canvas: OffscreenCanvas) => Promise<string>
}

export function browserBurstTools(video: HTMLVideoElement): BurstTools {
  return {
    grab: () => grabFrame(video),
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    encode: async (canvas) => toBase64(await encodeJpeg(canvas)),
  }
}

/**
 * Takes the burst the challenge asks for. Frames are grabbed on time and encoded afterwards, for encoding takes long enough on
 * a cheap PC to bunch them up.
 *
 * @param onStep hears which step of the challenge is to be shown
 */
export async function takeBurst(
  wanted: { readonly challenge: readonly ChallengeStep[]; readonly framesWanted: number },
  tools: BurstTools,
  onStep: (step: ChallengeStep) => void,
): Promise<readonly Frame[]> {
  const plan = burstPlan(wanted.challenge, wanted.framesWanted)
  const begin = tools.now()
  const grabbed: { readonly canvas: OffscreenCanvas; readonly atMs: number; readonly step: number }[] = []
  let shown = -1
  for (const { atMs, step } of plan) {
    if (step !== shown) {
      shown = step
      onStep(wanted.challenge[step] ?? 'look')
    }
    await tools.wait(Math.max(0, begin + atMs - tools.now()))
    grabbed.push({ canvas: tools.grab(), atMs: Math.round(tools.now() - begin), step })
  }
  const first = grabbed[0]?.atMs ?? 0
  const frames: Frame[] = []
  for (const { canvas, atMs, step } of grabbed) frames.push({ jpeg: await tools.encode(canvas), atMs: atMs - first, step })
  return frames
}

/** The frame the officer compares with the photograph: the middle of the burst, when the resident has settled and not yet moved on. */
export function frameToShow(frames: readonly Frame[]): string | undefined {
  return frames[Math.floor(frames.length / 2)]?.jpeg
}
