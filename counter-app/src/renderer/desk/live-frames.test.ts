import type { Case } from '@ikd/contract'
import { beforeEach, expect, it, vi } from 'vitest'
import { someCase } from '../testing/some-case.ts'
import type { CaseHint } from './live-cases.ts'
import { LiveFrames } from './live-frames.ts'
import { Observed } from './observed.ts'
import type { SessionState } from './session.ts'

let tell: (hint: CaseHint) => void
let session: Observed<SessionState>
let frames: LiveFrames
let known: () => Promise<Case>

beforeEach(() => {
  session = new Observed<SessionState>({ kind: 'starting' })
  frames = new LiveFrames({
    getCase: () => known(),
    listen: (listener) => {
      tell = listener
    },
    session,
  })
  frames.keep('one', 'jpeg-one')
  frames.keep('two', 'jpeg-two')
})

it('keeps a face while its case is captured, decided or before a supervisor', () => {
  for (const state of ['awaiting-capture', 'awaiting-decision', 'awaiting-supervisor'] as const) frames.follow({ id: 'one', state, here: true })
  expect(frames.find('one')).toBe('jpeg-one')
})

it.each(['approved', 'refused', 'cancelled', 'completed'] as const)('lets a face go once its case is %s, and no other', (state) => {
  frames.follow({ id: 'one', state, here: true })
  expect(frames.find('one')).toBeUndefined()
  expect(frames.find('two')).toBe('jpeg-two')
})

it('lets a face go once another desk has taken its case over', () => {
  frames.follow({ id: 'one', state: 'awaiting-decision', here: false })
  expect(frames.find('one')).toBeUndefined()
  expect(frames.find('two')).toBe('jpeg-two')
})

it('notices a decision taken at another desk', async () => {
  known = async () => someCase({ id: 'one', state: 'refused' })
  tell({ caseId: 'one' })
  await vi.waitFor(() => expect(frames.find('one')).toBeUndefined())
  expect(frames.find('two')).toBe('jpeg-two')
})

it('keeps the face when the case cannot be asked about', async () => {
  known = () => Promise.reject(new Error('offline'))
  tell('all')
  await Promise.resolve()
  expect(frames.find('one')).toBe('jpeg-one')
})

it('shows no older face when the newest capture left none', () => {
  frames.keep('one', undefined)
  expect(frames.find('one')).toBeUndefined()
})

it('keeps nothing for the next officer', () => {
  session.set({ kind: 'signed-out', workstation: { id: 'w', label: 'Loket 1', office: { id: 'o', name: 'Disdukcapil' }, powers: [] } })
  expect(frames.find('one')).toBeUndefined()
  expect(frames.find('two')).toBeUndefined()
})
