import { afterEach, expect, test } from 'vitest'
import { formatDate, formatDateTime, formatRemaining } from './format.ts'
import { setLanguage } from './language.ts'

afterEach(() => setLanguage('id'))

test('a birth date is the same day in every time zone', () => {
  expect(formatDate('1945-08-17')).toBe('17 Agustus 1945')
  setLanguage('en')
  expect(formatDate('1945-08-17')).toBe('17 August 1945')
})

test('an instant is told with its time of day', () => {
  expect(formatDateTime(Date.UTC(2026, 10, 21, 12))).toMatch(/2[12] November 2026 pukul \d\d\.00/)
})

test.each([
  [0, '0 detik'],
  [-5, '0 detik'],
  [1, '1 detik'],
  [59_001, '1 menit'],
  [250_000, '4 menit 10 detik'],
  [7_500_000, '2 jam 5 menit'],
])('%i ms left are “%s”', (ms, text) => {
  expect(formatRemaining(ms)).toBe(text)
})

test('English minds one and many', () => {
  setLanguage('en')
  expect(formatRemaining(61_000)).toBe('1 minute 1 second')
  expect(formatRemaining(122_000)).toBe('2 minutes 2 seconds')
})
