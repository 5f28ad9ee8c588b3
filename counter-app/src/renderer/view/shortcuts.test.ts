import { expect, it } from 'vitest'
import { isOurKey, shortcutKeys, shortcutOf } from './shortcuts.ts'

const press = (key: string, change: object = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, repeat: false, ...change })

it('gives every shortcut a function key of its own, and leaves reload, full screen and the tools alone', () => {
  const keys = Object.values(shortcutKeys)
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^F(2|3|4|6|7|8|9|10)$/)
})

it('knows its keys alone, not with another key held', () => {
  expect(shortcutOf(press('F8'))).toBe('primary')
  expect(shortcutOf(press('F8', { ctrlKey: true }))).toBeUndefined()
  expect(isOurKey(press('F4', { altKey: true }))).toBe(false)
  expect(shortcutOf(press('a'))).toBeUndefined()
})

it('counts a key held down once, and still keeps it from the browser', () => {
  expect(shortcutOf(press('F8', { repeat: true }))).toBeUndefined()
  expect(isOurKey(press('F8', { repeat: true }))).toBe(true)
})
