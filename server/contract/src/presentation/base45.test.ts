import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'

const text = (value: string) => new TextEncoder().encode(value)

it('encodes the examples of RFC 9285 §4.3', () => {
  expect(encodeBase45(text('AB'))).toBe('BB8')
  expect(encodeBase45(text('Hello!!'))).toBe('%69 VD92EX0')
  expect(encodeBase45(text('base-45'))).toBe('UJCLQE7W581')
})

it('decodes the example of RFC 9285 §4.4', () => {
  expect(decodeBase45('QED8WEX0')).toEqual(text('ietf!'))
})

it('gives back every byte it was given', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes)
    }),
  )
})

it('has one spelling for each value: what decodes is what would be encoded', () => {
  const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:')
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 60 }), (spelling) => {
      const bytes = decodeBase45(spelling)
      if (bytes) expect(encodeBase45(bytes)).toBe(spelling)
    }),
    { numRuns: 2_000 },
  )
})

it.each([
  ['a lone character at the end', 'BB8B'],
  ['lower case', 'bb8'],
  ['a character outside the alphabet', 'BB_'],
  ['three characters above 65535', 'GGW'],
  ['two characters above 255', 'V5'],
])('refuses %s', (_what, spelling) => {
  expect(decodeBase45(spelling)).toBeUndefined()
})

it('takes the largest groups there are', () => {
  expect(decodeBase45('FGW')).toEqual(Uint8Array.of(0xff, 0xff))
  expect(decodeBase45('U5')).toEqual(Uint8Array.of(0xff))
})
