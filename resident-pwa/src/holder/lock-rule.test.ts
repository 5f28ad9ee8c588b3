import { expect, test } from 'vitest'
import { mustAskPin } from './lock-rule.ts'

const opened = { unlockedUntil: 1_000_000 }

test('a cold start asks for the PIN', () => {
  expect(mustAskPin({}, 0)).toBe(true)
})

test('an unlocked app in sight does not ask', () => {
  expect(mustAskPin(opened, 999_999)).toBe(false)
})

test('the end of the holder token asks', () => {
  expect(mustAskPin(opened, 1_000_000)).toBe(true)
})

test('a minute out of sight is forgiven', () => {
  expect(mustAskPin({ ...opened, hiddenSince: 100_000 }, 160_000)).toBe(false)
})

test('more than a minute out of sight asks', () => {
  expect(mustAskPin({ ...opened, hiddenSince: 100_000 }, 160_001)).toBe(true)
})
