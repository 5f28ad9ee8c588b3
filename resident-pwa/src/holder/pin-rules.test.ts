import { expect, test } from 'vitest'
import { findPinWeakness } from './pin-rules.ts'

test.each([
  ['111111', 'repeated'],
  ['123456', 'sequence'],
  ['987654', 'sequence'],
  ['121212', 'pairs'],
  ['345345', 'pairs'],
] as const)('%s is refused before it is sent: %s', (pin, weakness) => {
  expect(findPinWeakness(pin)).toBe(weakness)
})

test('a PIN without a pattern is left to the server', () => {
  expect(findPinWeakness('481920')).toBeUndefined()
})
