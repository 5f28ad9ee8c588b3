import { deviceStates, mailStates } from '@ikd/contract'
import { expect, it } from 'vitest'
import { activationProgress } from './activation-progress.ts'

const activation = { device: 'approved', mail: 'queued', mailAttempts: 0, emailMasked: 'ra•••@example.id', resendsLeft: 3 } as const
const states = (change: Partial<Parameters<typeof activationProgress>[0]>) => activationProgress({ ...activation, ...change }).map(({ state }) => state)

it('follows the mail, the link, the code, the PIN', () => {
  expect(states({})).toEqual(['done', 'now', 'waiting', 'waiting', 'waiting', 'waiting'])
  expect(states({ mail: 'accepted' })).toEqual(['done', 'done', 'now', 'waiting', 'waiting', 'waiting'])
  expect(states({ mail: 'accepted', device: 'link-opened' })).toEqual(['done', 'done', 'done', 'now', 'waiting', 'waiting'])
  expect(states({ mail: 'accepted', device: 'link-confirmed' })).toEqual(['done', 'done', 'done', 'done', 'now', 'waiting'])
  expect(states({ mail: 'accepted', device: 'awaiting-pin' })).toEqual(['done', 'done', 'done', 'done', 'now', 'waiting'])
  expect(states({ mail: 'accepted', device: 'active' })).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
})

it('shows a bounce as a failure, until the link was opened all the same', () => {
  expect(states({ mail: 'bounced' })[1]).toBe('failed')
  expect(states({ mail: 'bounced', device: 'link-opened' })[1]).toBe('done')
})

it('never has two steps going on at once', () => {
  for (const device of deviceStates) for (const mail of mailStates) expect(states({ device, mail }).filter((state) => state === 'now').length).toBeLessThanOrEqual(1)
})
