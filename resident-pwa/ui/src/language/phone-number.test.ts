import { expect, test } from 'vitest'
import { normalisePhone } from './phone-number.ts'

test.each([
  ['081234567890', '+6281234567890'],
  ['0812-3456-7890', '+6281234567890'],
  ['+62 812 3456 7890', '+6281234567890'],
  ['62 812 3456 7890', '+6281234567890'],
  ['+62 0812 3456 7890', '+6281234567890'],
  ['81234567890', '+6281234567890'],
  ['0060 12 345 6789', '+60123456789'],
  ['+60123456789', '+60123456789'],
])('%s is %s', (typed, number) => {
  expect(normalisePhone(typed)).toBe(number)
})

test.each(['', '0812', '0351-462153', 'budi', '08123456789012345', '+62812x4567890'])('%j is no mobile number', (typed) => {
  expect(normalisePhone(typed)).toBeUndefined()
})
