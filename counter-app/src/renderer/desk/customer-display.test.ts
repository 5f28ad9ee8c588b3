import { type Case, caseStates } from '@ikd/contract'
import { expect, it } from 'vitest'
import { someCase } from '../testing/some-case.ts'
import { customerView } from './customer-display.ts'

const shown = someCase({
  state: 'awaiting-confirmation',
  contact: { emailMasked: 'ra•••@example.id', phoneMasked: '+62•••••7890' },
  confirmation: { code: '830310', triesLeft: 5 },
})

it('shows the code while it is to be typed, and the masked contacts', () => {
  expect(customerView(shown)).toEqual({
    kind: 'case', office: 'Disdukcapil', going: 'type-code', emailMasked: 'ra•••@example.id', phoneMasked: '+62•••••7890', code: '830310',
  })
})

it('never shows name, NIK, address, birth date or the code at another time, in any state', () => {
  for (const state of caseStates) {
    const text = JSON.stringify(customerView({ ...shown, state }))
    for (const secret of ['RATNA', '3577', 'Merpati', '1998', 'Sri']) expect(text, `${secret} in ${state}`).not.toContain(secret)
    if (state !== 'awaiting-confirmation') expect(text, state).not.toContain('830310')
  }
})

it('says that the face is being checked while the frames are with the server', () => {
  expect(customerView({ ...shown, state: 'awaiting-capture' }, 'checking')).toMatchObject({ going: 'checking' })
  expect(customerView({ ...shown, state: 'awaiting-capture' }, 'turn-left')).toMatchObject({ going: 'turn-left' })
})

it('says nothing beside a movement while it is asked for', () => {
  expect(customerView({ ...shown, state: 'awaiting-capture' }, 'turn-left')).toEqual({ kind: 'case', office: shown.office.name, going: 'turn-left' })
  expect(customerView({ ...shown, state: 'awaiting-capture' })).toHaveProperty('emailMasked')
})

it('tells of the supervisor while no face was compared, and keeps a result to itself', () => {
  const capture = (outcome: Case['captures'][number]['outcome']) => ({ id: '01900000-0000-7000-8000-00000000000a', at: 1, outcome, reasons: ['blurred' as const], framesReceived: 12, framesUsed: 0 })
  const going = (change: Partial<Case>) => customerView({ ...shown, state: 'awaiting-decision', ...change })
  expect(going({ captures: [capture('failure-to-acquire')] })).toMatchObject({ going: 'again', better: 'blurred' })
  expect(going({ captures: [capture('failure-to-acquire')], supervisorDue: true })).toMatchObject({ going: 'supervisor' })
  expect(going({ state: 'awaiting-capture', captureAttemptsLeft: 0, supervisorDue: true })).toMatchObject({ going: 'supervisor' })
  expect(going({ captures: [capture('non-match')], supervisorDue: true })).toMatchObject({ going: 'deciding' })
})
