import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskNik, parseNik } from './nik.ts'

test('a NIK tells region, birth date and sex', () => {
  expect(parseNik('3577025204980003')).toEqual({
    parts: { provinceCode: '35', regencyCode: '3577', districtCode: '357702', sex: 'female', day: 12, month: 4, yearOfCentury: 98, serial: '0003' },
  })
})

test.each([
  ['357702520498000', 'length'],
  ['35770252O4980003', 'not-digits'],
  ['9977025204980003', 'region'],
  ['3500025204980003', 'region'],
  ['3577023502980003', 'birth-date'],
  ['3577023002980003', 'birth-date'],
  ['3577022902970003', 'birth-date'],
  ['3577021213980003', 'birth-date'],
  ['3577025204980000', 'serial'],
])('%s is wrong in its %s', (nik, problem) => expect(parseNik(nik)).toEqual({ problem }))

test('29 February exists in leap years', () => expect(parseNik('3577022902960003')).toHaveProperty('parts'))

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => Object.keys(parseNik(text)).length === 1))
})

test('a masked NIK keeps eight of its digits to itself', () => expect(maskNik('3577025204980003')).toBe('3577••••••••0003'))
