import { expect, test } from 'vitest'
import { normaliseReceiptCode } from './receipt-code.ts'

test.each([
  ['7K3M-9Q2X-0ABC-DEF1', '7K3M-9Q2X-0ABC-DEF1'],
  [' 7k3m9q2x0abcdef1 ', '7K3M-9Q2X-0ABC-DEF1'],
  ['7k3m 9q2x oabc defl', '7K3M-9Q2X-0ABC-DEF1'],
])('the receipt code typed as %j is %s', (typed, code) => {
  expect(normaliseReceiptCode(typed)).toBe(code)
})

test.each(['', '7K3M-9Q2X', '7K3M-9Q2X-0ABC-DEFU', '7K3M-9Q2X-0ABC-DEF1-1'])('%j is no receipt code', (typed) => {
  expect(normaliseReceiptCode(typed)).toBeUndefined()
})
