import { expect, test } from 'vitest'
import { documentValueText, relationshipText } from './identity-text.ts'

test.each([
  ['2027-01-24', '24 Januari 2027'],
  ['24-01-2027', '24 Januari 2027'],
  ['2027-13-24', '2027-13-24'],
  ['12.345.678.9-621.000', '12.345.678.9-621.000'],
  ['3577016304980001', '3577016304980001'],
])('a document’s %s is read as %s', (value, text) => {
  expect(documentValueText(value)).toBe(text)
})

test('a spouse is a wife or a husband', () => {
  expect(relationshipText('spouse', 'female')).toBe('Istri')
  expect(relationshipText('spouse', 'male')).toBe('Suami')
  expect(relationshipText('child', 'male')).toBe('Anak')
})
