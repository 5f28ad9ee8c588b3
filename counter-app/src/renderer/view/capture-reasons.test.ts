import type { Capture } from '@ikd/contract'
import { expect, it } from 'vitest'
import { captureReasonsToShow } from './capture-reasons.ts'

const capture = (change: Partial<Capture>): Capture => ({
  id: '01900000-0000-7000-8000-00000000000a', at: 1, outcome: 'non-match', reasons: [], framesReceived: 5, framesUsed: 3, ...change,
})

it('does not call a picture that was set aside a reason why faces differ', () => {
  expect(captureReasonsToShow(capture({ reasons: ['face-differs', 'no-face', 'blurred'] }))).toEqual({ reasons: ['face-differs'], unusedFor: ['no-face', 'blurred'] })
})

it('says what to do about the pictures when none could be compared', () => {
  const reasons = ['too-dark', 'no-face'] as const
  expect(captureReasonsToShow(capture({ outcome: 'failure-to-acquire', framesUsed: 0, reasons: [...reasons] }))).toEqual({ reasons, unusedFor: [] })
})

it('says nothing of pictures when all were used', () => {
  expect(captureReasonsToShow(capture({ framesUsed: 5, reasons: ['face-uncertain', 'turned'] })).unusedFor).toEqual([])
})
