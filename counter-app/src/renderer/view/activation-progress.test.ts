import { deviceStates, duplicateStates, mailStates } from '@ikd/contract'
import { expect, it } from 'vitest'
import { activationProgress } from './activation-progress.ts'

const activation = { device: 'approved', mail: 'queued', mailAttempts: 0, emailMasked: 'ra•••@example.id', resendsLeft: 3, duplicates: 'clear' } as const
const states = (change: Partial<Parameters<typeof activationProgress>[0]>) => activationProgress({ ...activation, ...change }).map(({ state }) => state)

it('follows the mail, the link, the code, the PIN', () => {
  expect(states({})).toEqual(['done', 'done', 'now', 'waiting', 'waiting', 'waiting', 'waiting'])
  expect(states({ mail: 'accepted' })).toEqual(['done', 'done', 'done', 'now', 'waiting', 'waiting', 'waiting'])
  expect(states({ mail: 'accepted', device: 'link-opened' })).toEqual(['done', 'done', 'done', 'done', 'now', 'waiting', 'waiting'])
  expect(states({ mail: 'accepted', device: 'link-confirmed' })).toEqual(['done', 'done', 'done', 'done', 'done', 'now', 'waiting'])
  expect(states({ mail: 'accepted', device: 'awaiting-pin' })).toEqual(['done', 'done', 'done', 'done', 'done', 'now', 'waiting'])
  expect(states({ mail: 'accepted', device: 'active' })).toEqual(['done', 'done', 'done', 'done', 'done', 'done', 'done'])
})

it('shows a bounce as a failure, until the link was opened all the same', () => {
  expect(states({ mail: 'bounced' })[2]).toBe('failed')
  expect(states({ mail: 'bounced', device: 'link-opened' })[2]).toBe('done')
})

it('waits with the mail until the face has been searched, and says when it will not leave by itself', () => {
  expect(states({ duplicates: 'searching' }).slice(0, 3)).toEqual(['done', 'now', 'waiting'])
  expect(states({ duplicates: 'stuck' }).slice(0, 3)).toEqual(['done', 'failed', 'waiting'])
  expect(states({ duplicates: 'held' }).slice(0, 3)).toEqual(['done', 'failed', 'waiting'])
  expect(states({ duplicates: 'impossible' }).slice(0, 3)).toEqual(['done', 'waiting', 'now'])
})

it('never has two steps going on at once', () => {
  for (const device of deviceStates) {
    for (const mail of mailStates) {
      for (const duplicates of duplicateStates) expect(states({ device, mail, duplicates }).filter((state) => state === 'now').length).toBeLessThanOrEqual(1)
    }
  }
})
