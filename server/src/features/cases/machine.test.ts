import { type CaptureOutcome, caseActions, type CaseKind, caseKinds, type CaseState, captureOutcomes } from '@ikd/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionsOf, advance, type CaseEvent, type CaseModel, endStates, groundForReference, isCompared, isSupervisorDue, needsSupervisor } from './machine.ts'

const outcome = fc.constantFrom<CaptureOutcome[]>(...captureOutcomes)
const verdict = fc.constantFrom<('approve' | 'refuse')[]>('approve', 'refuse')
const event: fc.Arbitrary<CaseEvent> = fc.oneof(
  fc.constantFrom<CaseEvent[]>(
    { type: 'attach-phone' }, { type: 'confirm' }, { type: 'start-capture' }, { type: 'approve' }, { type: 'refuse' },
    { type: 'correct-email' }, { type: 'send-new-code' }, { type: 'activate' }, { type: 'record-service' }, { type: 'cancel' }, { type: 'expire' }, { type: 'take-over' },
    { type: 'block' }, { type: 'confirm-address' }, { type: 'change-contact', contact: 'email' }, { type: 'change-contact', contact: 'phone' },
  ),
  outcome.map((result): CaseEvent => ({ type: 'submit-capture', outcome: result })),
  fc.tuple(verdict, fc.boolean()).map(([asked, isDue]): CaseEvent => ({ type: 'ask-supervisor', outcome: asked, isDue })),
  verdict.map((given): CaseEvent => ({ type: 'give-approval', outcome: given })),
)
const beginnings: readonly CaseModel[] = [
  { kind: 'activation', state: 'awaiting-confirmation', captureAttempts: 0 },
  { kind: 'activation', state: 'ineligible', captureAttempts: 0 },
  { kind: 'rebinding', state: 'awaiting-phone', captureAttempts: 0 },
  { kind: 'rebinding', state: 'awaiting-confirmation', captureAttempts: 0 },
  { kind: 'service', state: 'recording', captureAttempts: 0 },
  { kind: 'block', state: 'awaiting-reason', captureAttempts: 0 },
  { kind: 'unblock', state: 'awaiting-confirmation', captureAttempts: 0 },
  { kind: 'contact', state: 'awaiting-capture', captureAttempts: 0 },
]

/** Plays events, leaving out those the machine refuses; gives every step taken. */
function play(beginning: CaseModel, events: readonly CaseEvent[]): { event: CaseEvent; before: CaseModel; after: CaseModel }[] {
  const steps = []
  let model = beginning
  for (const next of events) {
    const after = advance(model, next)
    if (!after) continue
    steps.push({ event: next, before: model, after })
    model = after
  }
  return steps
}

const plays = fc.tuple(fc.constantFrom(...beginnings), fc.array(event, { maxLength: 40 })).map(([beginning, events]) => play(beginning, events))

describe('whatever is called in whatever order', () => {
  test('a case stays in a known state, with known actions', () => {
    const states: readonly CaseState[] = [
      'awaiting-phone', 'ineligible', 'awaiting-confirmation', 'awaiting-capture', 'awaiting-decision', 'awaiting-supervisor', 'approved',
      'completed', 'refused', 'cancelled', 'recording', 'awaiting-reason', 'awaiting-address',
    ]
    fc.assert(
      fc.property(plays, (steps) =>
        steps.every(({ after }) => states.includes(after.state) && caseKinds.includes(after.kind) && actionsOf(after, true).every((action) => caseActions.includes(action))),
      ),
      { numRuns: 1000 },
    )
  })

  test('each kind of visit does its own thing and no other', () => {
    const own: Partial<Record<CaseEvent['type'], readonly CaseKind[]>> = {
      'block': ['block'],
      'change-contact': ['contact'],
      'record-service': ['service'],
      'approve': ['activation', 'rebinding', 'unblock'],
      'submit-capture': ['activation', 'rebinding', 'unblock', 'contact'],
    }
    fc.assert(fc.property(plays, (steps) => steps.every(({ event: { type }, before }) => own[type]?.includes(before.kind) ?? true)), { numRuns: 1000 })
  })

  test('an ended case never moves again', () => {
    fc.assert(fc.property(plays, (steps) => steps.every(({ before }) => !endStates.includes(before.state))), { numRuns: 1000 })
  })

  test('nothing is approved without a match, unless a second person approved exactly that', () => {
    fc.assert(
      fc.property(plays, (steps) =>
        steps
          .filter(({ event: { type } }) => type === 'approve' || type === 'change-contact')
          .every(
            ({ before }) =>
              (!['rebinding', 'unblock'].includes(before.kind) && before.captureOutcome === 'match') ||
              (before.supervision?.outcome === 'approve' && before.supervision.given),
          ),
      ),
      { numRuns: 2000 },
    )
  })

  test('a new face comparison takes a supervisor’s approval back', () => {
    fc.assert(
      fc.property(plays, (steps) => steps.filter(({ event: { type } }) => type === 'submit-capture').every(({ after }) => after.supervision === undefined)),
      { numRuns: 1000 },
    )
  })

  test('whoever takes a case over before its decision has no approval with it, and changes nothing else', () => {
    fc.assert(
      fc.property(plays, (steps) =>
        steps
          .filter(({ event: { type } }) => type === 'take-over')
          .every(({ before, after }) => {
            const { supervision: had, ...rest } = before
            const { supervision: has, ...same } = after
            return JSON.stringify(rest) === JSON.stringify(same) && (before.state === 'awaiting-decision' ? has === undefined : has === had)
          }),
      ),
      { numRuns: 1000 },
    )
  })

  test('nobody gets round the comparison: a supervisor is asked after one, or when it is said that there can be none', () => {
    fc.assert(
      fc.property(plays, (steps) => steps.every(({ event, before }) => event.type !== 'ask-supervisor' || event.isDue || isCompared(before.captureOutcome))),
      { numRuns: 2000 },
    )
  })

  test('no face is captured before the phone at the desk has confirmed', () => {
    fc.assert(
      fc.property(plays, (steps) => {
        const confirmed = steps.findIndex(({ event: { type } }) => type === 'confirm')
        const captured = steps.findIndex(({ event: { type }, before }) => type === 'submit-capture' && before.kind !== 'contact')
        return captured === -1 || (confirmed !== -1 && confirmed < captured)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the photograph on record', () => {
  /** A visit in which anything has happened, and somebody who wants to see; what was captured is what the visit itself says. */
  const looks = fc.tuple(plays, fc.boolean(), fc.boolean()).map(([steps, isDue, isSecond]) => {
    const model = steps.at(-1)?.after ?? (beginnings[0] as CaseModel)
    const outcomes = steps.flatMap(({ event }) => (event.type === 'submit-capture' ? [event.outcome] : []))
    const isConfirmed = steps.some(({ event }) => event.type === 'confirm')
    const approvedNow = model.supervision?.given === true
    return { model, look: { outcomes, isConfirmed, isDue, isSecond }, approvedNow }
  })

  test('is shown without the phone’s word only after a match, to the second person who was asked, or once they have approved', () => {
    fc.assert(
      fc.property(looks, ({ model, look, approvedNow }) => {
        if (look.isConfirmed) return true
        const mayBeShown = look.outcomes.includes('match') || approvedNow || (look.isSecond && model.state === 'awaiting-supervisor')
        return groundForReference(model, look) === undefined || mayBeShown
      }),
      { numRuns: 3000 },
    )
  })

  test('is shown with the phone’s word only after a comparison, or when a supervisor has to decide; and never once the visit has ended', () => {
    fc.assert(
      fc.property(looks, ({ model, look, approvedNow }) => {
        const ground = groundForReference(model, look)
        if (endStates.includes(model.state)) return ground === undefined
        return ground === undefined || approvedNow || look.isDue || look.outcomes.some(isCompared) || look.isSecond
      }),
      { numRuns: 3000 },
    )
  })

  test('is shown to whoever was asked to decide', () => {
    const asked: CaseModel = { kind: 'contact', state: 'awaiting-supervisor', captureAttempts: 3, captureOutcome: 'failure-to-acquire', supervision: { outcome: 'approve', given: false } }
    const look = { outcomes: ['failure-to-acquire'] as const, isConfirmed: false, isDue: true, isSecond: true }
    expect(groundForReference(asked, look)).toBe('second-person')
    expect(groundForReference(asked, { ...look, isSecond: false })).toBeUndefined()
    expect(groundForReference({ ...asked, state: 'awaiting-decision', supervision: { outcome: 'approve', given: true } }, { ...look, isSecond: false })).toBe('approved')
  })
})

test('the way of an ordinary visit leads from the phone’s confirmation to an active phone', () => {
  const way = play({ kind: 'activation', state: 'awaiting-confirmation', captureAttempts: 0 }, [
    { type: 'confirm' },
    { type: 'start-capture' },
    { type: 'submit-capture', outcome: 'match' },
    { type: 'approve' },
    { type: 'activate' },
  ])
  expect(way.map(({ after }) => after.state)).toEqual(['awaiting-capture', 'awaiting-capture', 'awaiting-decision', 'approved', 'completed'])
})

test('replacing a phone takes two people even when the face is clear', () => {
  expect(needsSupervisor({ kind: 'rebinding', state: 'awaiting-decision', captureAttempts: 0, captureOutcome: 'match' })).toBe(true)
})

test('with no capture left today the supervisor is due where a face is to be compared, and nowhere else; never after a match', () => {
  const due = (change: Partial<CaseModel>, left: number) => isSupervisorDue({ kind: 'activation', state: 'awaiting-capture', captureAttempts: 0, ...change }, left)
  expect([due({}, 1), due({}, 0)]).toEqual([false, true])
  expect(due({ state: 'awaiting-decision', captureOutcome: 'match', captureAttempts: 1 }, 0)).toBe(false)
  for (const state of ['awaiting-phone', 'ineligible', 'awaiting-confirmation', 'recording', 'awaiting-reason', 'awaiting-address', 'approved', ...endStates] as const) {
    expect(due({ state }, 0), state).toBe(false)
  }
  // The night brings new attempts, but somebody was asked to decide without.
  expect(due({ state: 'awaiting-supervisor', supervision: { outcome: 'approve', given: false } }, 5)).toBe(true)
})
