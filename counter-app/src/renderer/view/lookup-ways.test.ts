import { lookupPurposes } from '@ikd/contract'
import { expect, it } from 'vitest'
import { lookupWays } from './lookup-ways.ts'

it('offers to block or to change a contact only where a living phone is bound', () => {
  expect(lookupWays('lost-phone', 'active')).toEqual(['rebinding', 'block', 'service'])
  expect(lookupWays('suspected-misuse', 'suspended')).toEqual(['block', 'service'])
  expect(lookupWays('correction', 'active')).toEqual(['contact', 'service'])
  for (const purpose of lookupPurposes) {
    for (const gone of ['blocked', undefined] as const) {
      expect(lookupWays(purpose, gone), purpose).not.toContain('block')
      expect(lookupWays(purpose, gone), purpose).not.toContain('contact')
    }
  }
})

it('leaves nobody without something to do', () => {
  for (const purpose of lookupPurposes) expect(lookupWays(purpose, undefined)).toContain('service')
})
