import type { Capture, CaptureReason } from '@ikd/contract'

/** Why a single picture of a burst was set aside. */
export const frameReasons = [
  'no-face',
  'several-faces',
  'too-small',
  'too-large',
  'off-centre',
  'too-dark',
  'too-bright',
  'blurred',
  'turned',
  'tilted',
  'unreadable',
  'repeated-frame',
] as const satisfies readonly CaptureReason[]
export type FrameReason = (typeof frameReasons)[number]

/**
 * What to say of a capture. Where faces were compared, complaints about pictures that were set aside did not make the outcome, so
 * they stand apart from its reasons; where none could be compared they are the reasons, and say what to do.
 */
export function captureReasonsToShow({ outcome, reasons, framesReceived, framesUsed }: Capture): {
  readonly reasons: readonly CaptureReason[]
  readonly unusedFor: readonly FrameReason[]
} {
  if (outcome === 'failure-to-acquire') return { reasons, unusedFor: [] }
  return {
    reasons: reasons.filter((reason) => !isFrameReason(reason)),
    unusedFor: framesReceived > framesUsed ? reasons.filter(isFrameReason) : [],
  }
}

function isFrameReason(reason: CaptureReason): reason is FrameReason {
  return (frameReasons as readonly CaptureReason[]).includes(reason)
}
