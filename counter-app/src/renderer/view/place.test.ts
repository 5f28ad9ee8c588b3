import { expect, it } from 'vitest'
import { fragmentOf, type Place, placeOf } from './place.ts'

const caseId = '01900000-0000-7000-8000-000000000001'
const places: readonly Place[] = [
  { at: 'home' }, { at: 'scan' }, { at: 'lookup' }, { at: 'supervisor' }, { at: 'alerts' }, { at: 'admin' }, { at: 'account' }, { at: 'customer' }, { at: 'case', caseId }, { at: 'receipt', caseId }, { at: 'receipt', caseId, requestId: caseId },
]

it.each(places)('comes back to $at after a reload', (place) => {
  expect(placeOf(fragmentOf(place))).toEqual(place)
})

it.each(['', '#', '#/kasus/', '#/kasus/../x', '#/kasus/<script>', '#enrol=ABC', `#/kasus/${caseId}/lain`])('goes home from %s', (fragment) => {
  expect(placeOf(fragment)).toEqual({ at: 'home' })
})
