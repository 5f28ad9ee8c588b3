import { type Case, type CaseAction, caseActions, caseStates } from '@ikd/contract'
import { expect, it } from 'vitest'
import { someCase } from '../testing/some-case.ts'
import { capturingView, caseView, isReferenceReleased, isReferenceWithheld, keyMeaning, needsSupervisorAnyway } from './case-view.ts'

const capture = (outcome: Case['captures'][number]['outcome'], at = 1): Case['captures'][number] => ({
  id: '01900000-0000-7000-8000-00000000000a', at, outcome, reasons: [], framesReceived: 5, framesUsed: 5,
})

it('offers no button whose action the server has not opened, in any state', () => {
  const needed: Partial<Record<string, CaseAction>> = {
    approve: 'approve', refuse: 'refuse', 'ask-supervisor': 'ask-supervisor', 'capture-again': 'start-capture', 'correct-email': 'correct-email',
    'send-new-code': 'send-new-code', block: 'block', 'change-contact': 'change-contact', cancel: 'cancel', finish: 'cancel', 'take-over': 'take-over', 'give-approval': 'give-approval',
  }
  for (const [state, here] of caseStates.flatMap((each) => [[each, true], [each, false]] as const)) {
    for (const missing of caseActions) {
      const actions = caseActions.filter((action) => action !== missing)
      const { primary, others } = caseView(someCase({ state, here, actions }))
      for (const button of [primary, ...others]) expect(needed[button ?? ''] === missing, `${button} without ${missing} in ${state}`).toBe(false)
    }
  }
})

it('offers each button once', () => {
  for (const state of caseStates) {
    const { primary, others } = caseView(someCase({ state, actions: [...caseActions] }))
    const shown = [...(primary ? [primary] : []), ...others]
    expect(new Set(shown).size, state).toBe(shown.length)
  }
})

it('offers nothing of the officer’s for a case that another desk has, whatever its state, and no camera', () => {
  for (const state of caseStates) {
    if (state === 'completed' || state === 'refused' || state === 'cancelled') continue
    expect(caseView(someCase({ state, here: false, actions: ['take-over'] })), state).toEqual({ step: 'elsewhere', primary: 'take-over', others: [] })
  }
  expect(caseView(someCase({ state: 'awaiting-supervisor', here: false, actions: ['give-approval', 'take-over'] }))).toMatchObject({ primary: 'give-approval', others: ['take-over'] })
})

it('makes approval the next key once it is open', () => {
  const view = caseView(someCase({ captures: [capture('match')], actions: ['approve', 'refuse', 'start-capture', 'cancel'] }))
  expect(view).toEqual({ step: 'decision', primary: 'approve', others: ['refuse', 'capture-again', 'cancel'] })
})

it.each(['non-match', 'failure-to-acquire'] as const)('suggests another capture after %s, never a refusal', (outcome) => {
  const view = caseView(someCase({ captures: [capture(outcome)], actions: ['start-capture', 'refuse', 'ask-supervisor', 'cancel'] }))
  expect(view.primary).toBe('capture-again')
  expect(view.others).toContain('refuse')
})

it('suggests a supervisor when the likeness is unsure, or when no attempt is left', () => {
  const actions: CaseAction[] = ['start-capture', 'refuse', 'ask-supervisor', 'cancel']
  expect(caseView(someCase({ captures: [capture('inconclusive')], actions })).primary).toBe('ask-supervisor')
  expect(caseView(someCase({ captures: [capture('non-match')], captureAttemptsLeft: 0, actions })).primary).toBe('ask-supervisor')
})

it('leads to the supervisor once the server says that it was tried often enough', () => {
  const shown = someCase({ captures: [capture('failure-to-acquire')], supervisorDue: true, actions: ['start-capture', 'refuse', 'ask-supervisor', 'cancel'] })
  expect(caseView(shown)).toMatchObject({ primary: 'ask-supervisor', others: expect.arrayContaining(['capture-again']) })
})

it('with the day’s captures spent leads to the supervisor and offers no capture', () => {
  const shown = someCase({ state: 'awaiting-capture', captureAttemptsLeft: 0, supervisorDue: true, actions: ['start-capture', 'submit-capture', 'refuse', 'ask-supervisor', 'cancel'] })
  expect(caseView(shown)).toEqual({ step: 'decision', primary: 'ask-supervisor', others: ['refuse', 'cancel'] })
})

it('lets a capture that is under way come to its end, though it is the last that could be asked for', () => {
  const actions: CaseAction[] = ['start-capture', 'submit-capture', 'refuse', 'ask-supervisor', 'cancel']
  for (const state of ['awaiting-capture', 'awaiting-decision'] as const) {
    const shown = someCase({ state, captureAttemptsLeft: 0, supervisorDue: true, actions })
    expect(caseView(shown).step).toBe('decision')
    const view = capturingView(shown)
    expect(view.step).toBe('capture')
    expect(view.others).not.toContain('capture-again')
  }
  expect(capturingView(someCase({ state: 'cancelled' })).step).toBe('ended')
})

it('carries out exactly what the supervisor approved', () => {
  const supervision = { outcome: 'refuse', reason: 'Bukan orangnya', askedAt: 2, approvedBy: 'Bambang' } as const
  expect(caseView(someCase({ supervision, captures: [capture('match')], actions: ['approve', 'refuse', 'cancel'] })).primary).toBe('refuse')
})

it('asks for the right address first when the mail has bounced, and sends no code to the dead one', () => {
  const activation = { device: 'approved', mail: 'bounced', mailAttempts: 1, emailMasked: 'ra•••@example.id', resendsLeft: 3, duplicates: 'clear' } as const
  const actions: CaseAction[] = ['correct-email', 'send-new-code']
  expect(caseView(someCase({ state: 'approved', activation, actions }))).toEqual({ step: 'activation', primary: 'correct-email', others: ['go-home'] })
  expect(caseView(someCase({ state: 'approved', activation: { ...activation, mail: 'accepted' }, actions })).primary).toBe('go-home')
})

it('finishes a service case only when something was recorded', () => {
  const actions: CaseAction[] = ['record-service', 'cancel']
  expect(caseView(someCase({ state: 'recording', actions })).primary).toBeUndefined()
  const request = { id: '01900000-0000-7000-8000-00000000000b', number: 'M-1', kind: 'moving', note: '', at: 1 } as const
  expect(caseView(someCase({ state: 'recording', actions, serviceRequests: [request] }))).toMatchObject({ primary: 'finish' })
})

it('asks for the photograph only when the server has released it, and says so where it stays closed after a capture', () => {
  const compared = someCase({ captures: [capture('failure-to-acquire'), capture('non-match')] })
  expect([isReferenceReleased(compared), isReferenceWithheld(compared)]).toEqual([false, true])
  const released = { ...compared, referenceReleased: true }
  expect([isReferenceReleased(released), isReferenceWithheld(released)]).toEqual([true, false])
  const unread = someCase({ captures: [capture('failure-to-acquire')] })
  expect([isReferenceReleased(unread), isReferenceWithheld(unread)]).toEqual([false, false])
  expect(isReferenceWithheld({ ...unread, supervisorDue: true })).toBe(true)
  const without = { ...released, resident: { ...released.resident!, hasReference: false } }
  expect([isReferenceReleased(without), isReferenceWithheld({ ...without, referenceReleased: false })]).toEqual([false, false])
})

it('tells when a key has come to mean something else: another step, another action, another capture', () => {
  const meaning = (change: Partial<Case>) => keyMeaning(someCase(change), caseView(someCase(change)))
  const activation = { device: 'approved', mail: 'bounced', mailAttempts: 1, emailMasked: 'ra•••@example.id', resendsLeft: 3, duplicates: 'clear' } as const
  const actions: CaseAction[] = ['correct-email', 'send-new-code']
  const bounced = meaning({ state: 'approved', activation, actions })
  expect(meaning({ state: 'approved', activation: { ...activation, mailAttempts: 2 }, actions })).toBe(bounced)
  expect(meaning({ state: 'approved', activation: { ...activation, mail: 'accepted' }, actions })).not.toBe(bounced)
  const again = { ...capture('failure-to-acquire', 2), id: '01900000-0000-7000-8000-00000000000c' }
  const capturing: Partial<Case> = { state: 'awaiting-capture', captures: [capture('failure-to-acquire')] }
  expect(meaning({ ...capturing, captures: [again] })).not.toBe(meaning(capturing))
})

it('explains a re-binding whose face matches and that still nobody approves alone', () => {
  const matched: Partial<Case> = { kind: 'rebinding', captures: [capture('match')], actions: ['ask-supervisor', 'refuse'] }
  expect(needsSupervisorAnyway(someCase(matched))).toBe(true)
  expect(needsSupervisorAnyway(someCase({ ...matched, kind: 'activation' }))).toBe(false)
  expect(needsSupervisorAnyway(someCase({ ...matched, captures: [capture('non-match')] }))).toBe(false)
  expect(needsSupervisorAnyway(someCase({ ...matched, actions: ['approve'] }))).toBe(false)
})

it('in a contact case gives the contact where others approve, and corrects it while its mail may still be sent', () => {
  expect(caseView(someCase({ kind: 'contact', captures: [capture('match')], actions: ['change-contact', 'refuse', 'start-capture', 'cancel'] })).primary).toBe('change-contact')
  const waiting = (change: Partial<NonNullable<Case['contactChange']>>) =>
    caseView(
      someCase({ kind: 'contact', state: 'awaiting-address', actions: ['change-contact', 'cancel'], contactChange: { kind: 'email', newMasked: 'r•••@example.id', mail: 'accepted', sendsLeft: 2, ...change } }),
    )
  expect(waiting({})).toEqual({ step: 'address', primary: 'go-home', others: ['change-contact', 'cancel'] })
  expect(waiting({ mail: 'bounced' }).primary).toBe('change-contact')
  expect(waiting({ mail: 'bounced', sendsLeft: 0 })).toEqual({ step: 'address', primary: 'go-home', others: ['cancel'] })
})

it('a block is the next key only where the server has opened it', () => {
  expect(caseView(someCase({ kind: 'block', state: 'awaiting-reason', actions: ['block', 'cancel'] })).primary).toBe('block')
  expect(caseView(someCase({ kind: 'block', state: 'awaiting-reason', actions: ['cancel'] })).primary).toBeUndefined()
})

it.each(['rebinding', 'unblock'] as const)('says why a matching face does not suffice: %s', (kind) => {
  expect(needsSupervisorAnyway(someCase({ kind, captures: [capture('match')], actions: ['ask-supervisor'] }))).toBe(true)
})
