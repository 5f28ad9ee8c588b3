import { type Capture, type CaptureReason, type FrameReason, frameReasons } from '@ikd/contract'

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
