import { describe, expect, test } from 'vitest'
import type { ResidentView } from '../residents/service.ts'
import { checkEligibility, isAtLeast } from './eligibility.ts'

const resident: ResidentView = {
  id: 'r', name: 'SITI', nikMasked: '3577••••••••0001', birthDate: '1990-05-01', address: 'Jalan Contoh', villageCode: '3577021001',
  everMarried: false, recorded: true, ktpIssued: true, alive: true, hasReference: true,
}
const office = { areaCodes: ['3577'], rolloutFrom: undefined }
const failed = (who: ResidentView | undefined, where: { areaCodes: readonly string[]; rolloutFrom: number | undefined } = office, now = 0) =>
  checkEligibility(who, where, '2026-11-21', now).filter(({ passed }) => !passed).map(({ rule }) => rule)

describe('who may have an IKD', () => {
  test('somebody recorded, of age, alive and living here', () => expect(failed(resident)).toEqual([]))
  test('nobody who is not in the register', () => expect(failed(undefined)).toEqual(['in-register']))
  test('not somebody of sixteen', () => expect(failed({ ...resident, birthDate: '2009-11-22' })).toEqual(['seventeen-or-married']))
  test('somebody whose seventeenth birthday is today', () => expect(failed({ ...resident, birthDate: '2009-11-21' })).toEqual([]))
  test('somebody younger who is or was married', () => expect(failed({ ...resident, birthDate: '2010-01-01', everMarried: true })).toEqual([]))
  test('somebody from elsewhere only where the office serves every Indonesian', () => {
    expect(failed({ ...resident, villageCode: '3402120001' })).toEqual(['domicile'])
    expect(failed({ ...resident, villageCode: '3402120001' }, { ...office, areaCodes: [] })).toEqual([])
  })
  test('nobody before the office’s roll-out', () => {
    expect(failed(resident, { ...office, rolloutFrom: 1000 }, 999)).toEqual(['rolled-out'])
    expect(failed(resident, { ...office, rolloutFrom: 1000 }, 1000)).toEqual([])
  })
  test('and every failed rule is told at once', () => {
    expect(failed({ ...resident, alive: false, recorded: false, ktpIssued: false, villageCode: '1101012001' })).toEqual([
      'alive', 'recorded', 'ktp-issued', 'domicile',
    ])
  })
})

test('those born on 29 February come of age on 1 March', () => {
  expect(isAtLeast(17, '2008-02-29', '2025-02-28')).toBe(false)
  expect(isAtLeast(17, '2008-02-29', '2025-03-01')).toBe(true)
})
