import { expect, test } from 'vitest'
import { purposeText } from './activity-text.ts'

test('who suspended a phone is said in words, and a verifier’s own words stay theirs', () => {
  expect(purposeText('device-suspended', 'resident')).toBe('diminta dengan kode resi atau tautan e-mail')
  expect(purposeText('device-suspended', 'not-me')).toContain('“bukan saya”')
  expect(purposeText('scanned-by-resident', 'resident')).toBe('resident')
})
