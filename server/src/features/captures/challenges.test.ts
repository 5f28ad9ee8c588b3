import { randomBytes } from 'node:crypto'
import type { ChallengeStep } from '@ikd/contract'
import { expect, test } from 'vitest'
import { allChallenges, drawChallenge, framesPerStep } from './challenges.ts'

test('a challenge is two or three different actions, one of them a turn, and fits into one request', () => {
  expect(allChallenges).toHaveLength(34)
  expect(new Set(allChallenges.map((actions) => actions.join())).size).toBe(34)
  for (const actions of allChallenges) {
    expect([2, 3]).toContain(actions.length)
    expect(new Set(actions).size).toBe(actions.length)
    expect(actions.some((action) => action === 'turn-left' || action === 'turn-right')).toBe(true)
    expect((actions.length + 1) * framesPerStep).toBeLessThanOrEqual(20)
  }
})

test('each is drawn as often as any other, and begins at rest', () => {
  const drawn = new Map<string, number>()
  for (let i = 0; i < 6_800; i++) {
    const [first, ...actions] = drawChallenge(randomBytes, [])
    expect(first).toBe('look')
    drawn.set(actions.join(), (drawn.get(actions.join()) ?? 0) + 1)
  }
  expect(drawn.size).toBe(34)
  // 200 each; six deviations of a fair draw either way.
  for (const times of drawn.values()) expect(Math.abs(times - 200)).toBeLessThan(6 * Math.sqrt(200))
})

test('a byte that would favour some of them is drawn again', () => {
  const bytes = [255, 254, 240, 3]
  drawChallenge(() => Buffer.from([bytes.shift() as number]), [])
  expect(bytes).toEqual([])
})

test('none is drawn that a film of an earlier answer fits, cut or not, while there are others', () => {
  const film = ['look', 'turn-left', 'look-up', 'come-closer'] as const
  const fitting = ['turn-left,look-up,come-closer', 'turn-left,look-up', 'turn-left,come-closer']
  const drawn = new Set(Array.from({ length: 2_000 }, () => drawChallenge(randomBytes, [film]).slice(1).join()))
  expect(drawn.size).toBe(34 - fitting.length)
  for (const actions of fitting) expect(drawn).not.toContain(actions)
})

test('once every one was answered, those answered longest ago come first', () => {
  const answered = allChallenges.map((actions): readonly ChallengeStep[] => ['look', ...actions])
  const [oldest] = answered
  // The two-step orders come first in the list, and each of them is in a longer one that was answered later.
  const free = drawChallenge(randomBytes, answered)
  expect(answered.findIndex((steps) => steps.join() === free.join())).toBeGreaterThanOrEqual(0)
  expect(drawChallenge(randomBytes, [...answered.slice(1).filter((steps) => steps.length === 4), oldest!])).toHaveLength(4)
})
