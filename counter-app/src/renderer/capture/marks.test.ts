import { frameReasons } from '@ikd/contract'
import { expect, it } from 'vitest'
import { markNames, SteadyGuidance } from './marks.ts'

it('shows every finding about a face on exactly one mark', () => {
  const notOfTheFace = ['no-face', 'unreadable', 'repeated-frame']
  for (const reason of frameReasons.filter((one) => !notOfTheFace.includes(one))) {
    const { marks } = new SteadyGuidance().observe({ problems: [reason], hints: [] }, 0)
    expect(marks.filter(({ isGood }) => !isGood), reason).toHaveLength(1)
    expect(marks.map(({ name }) => name)).toEqual(markNames)
  }
})

it('marks nothing while there is no face', () => {
  expect(new SteadyGuidance().observe({ problems: ['no-face'], hints: [] }, 0)).toEqual({ say: 'no-face', isHint: false, marks: [] })
})

it('says a problem before a hint, and a hint as one', () => {
  const guidance = new SteadyGuidance()
  expect(guidance.observe({ problems: ['too-small'], hints: ['side-light'] }, 0)).toMatchObject({ say: 'too-small', isHint: false })
  expect(guidance.observe({ problems: [], hints: ['side-light'] }, 1_000)).toMatchObject({ say: 'side-light', isHint: true })
})
