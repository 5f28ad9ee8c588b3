import { type DisclosableField, disclosableFields, type Identity } from '@ikd/contract'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { disclose, disclosedFields, isAddressedTo, isSeventeen, type Verifier } from './disclosure.ts'

const institution = (fields: readonly DisclosableField[], number = 7): Verifier => ({
  kind: 'institution',
  institution: { id: 'institution', number, name: 'Bank Uji', fields, purposes: [] },
  by: { staffId: 'staff' },
})
const resident: Verifier = { kind: 'resident', residentId: 'resident', bindingId: 'binding' }
const someFields = fc.subarray([...disclosableFields])

const identity: Identity = {
  nik: '3577015705900001', name: 'Siti Rahayu', birthPlace: 'Madiun', birthDate: '2009-11-21', sex: 'female', address: 'Jl. Merpati 7',
  neighbourhood: 'RT 003 / RW 005', village: 'Kartoharjo', district: 'Kartoharjo', regency: 'Kota Madiun', province: 'Jawa Timur',
  religion: 'Islam', maritalStatus: 'single', occupation: 'Pelajar', nationality: 'WNI', familyCardNumber: '3577010101100001',
  photo: 'anBlZw==',
}

it('gives an institution no field it has not registered and, its photograph aside, none the resident does not offer', () => {
  fc.assert(
    fc.property(someFields, someFields, (offered, registered) => {
      const disclosed = disclosedFields(offered, institution(registered))
      for (const field of disclosed) {
        expect(registered).toContain(field)
        if (field !== 'photo') expect(offered).toContain(field)
      }
      expect(disclosed.includes('photo')).toBe(registered.includes('photo'))
    }),
  )
})

it('gives a resident photo and name at most, and only what is offered', () => {
  fc.assert(
    fc.property(someFields, (offered) => {
      expect(disclosedFields(offered, resident)).toEqual(offered.filter((field) => field === 'photo' || field === 'name'))
    }),
  )
})

it('knows whom a presentation is addressed to', () => {
  expect(isAddressedTo({ to: 'resident' }, resident)).toBe(true)
  expect(isAddressedTo({ to: 'any-institution' }, resident)).toBe(false)
  expect(isAddressedTo({ to: 'institution', number: 7 }, resident)).toBe(false)
  expect(isAddressedTo({ to: 'resident' }, institution([]))).toBe(false)
  expect(isAddressedTo({ to: 'any-institution' }, institution([]))).toBe(true)
  expect(isAddressedTo({ to: 'institution', number: 7 }, institution([], 7))).toBe(true)
  expect(isAddressedTo({ to: 'institution', number: 8 }, institution([], 7))).toBe(false)
})

it('gives values of the fields named and of no other', () => {
  const disclosed = disclose(identity, ['name', 'address'], 0, 'Asia/Jakarta')
  expect(disclosed).toEqual({
    values: [
      { field: 'name', value: 'Siti Rahayu' },
      { field: 'address', value: 'Jl. Merpati 7, RT 003 / RW 005, Kartoharjo, Kartoharjo, Kota Madiun, Jawa Timur' },
    ],
  })
})

it('leaves out what the register does not hold', () => {
  const { photo: _, ...withoutPhoto } = identity
  expect(disclose(withoutPhoto, ['photo', 'bloodType', 'name'], 0, 'Asia/Jakarta')).toEqual({ values: [{ field: 'name', value: 'Siti Rahayu' }] })
})

it('counts seventeen years by the calendar of the register’s time zone', () => {
  const over17 = (at: string) => disclose(identity, ['over17'], Date.parse(at), 'Asia/Jakarta').values
  expect(over17('2026-11-20T16:59:59Z')).toEqual([{ field: 'over17', value: 'no' }])
  expect(over17('2026-11-20T17:00:00Z')).toEqual([{ field: 'over17', value: 'yes' }])
  expect(isSeventeen('2008-02-29', '2025-02-28')).toBe(false)
  expect(isSeventeen('2008-02-29', '2025-03-01')).toBe(true)
})
