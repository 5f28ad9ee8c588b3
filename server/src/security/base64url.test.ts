import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forgeJws, respell } from '../testing/forge.ts'
import { decodeBase64, decodeBase64Url } from './base64url.ts'
import { parseJws } from './jws.ts'

test('bytes have one spelling in base64url, and one in base64', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const buffer = Buffer.from(bytes)
      expect(decodeBase64Url(buffer.toString('base64url'))).toEqual(buffer)
      expect(decodeBase64(buffer.toString('base64'))).toEqual(buffer)
    }),
  )
})

test('whatever text is decoded is the spelling of what it was decoded to', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'ABCDwxyz0189-_+/= \n\t.'), maxLength: 24 })
  fc.assert(
    fc.property(fc.oneof(letters, fc.string()), (text) => {
      const url = decodeBase64Url(text)
      if (url) expect(url.toString('base64url')).toBe(text)
      const plain = decodeBase64(text)
      if (plain) expect(plain.toString('base64')).toBe(text)
    }),
  )
})

test('a JWS has one spelling', () => {
  // Lengths of every remainder by four, so that stray bits find a last letter in each part.
  for (const more of ['', 'x', 'xx']) {
    const jws = forgeJws({ alg: 'ES256', more }, { more }, () => Buffer.alloc(64, 251))
    expect(parseJws(jws, ['alg', 'more'])).toBeDefined()
    for (const [name, text] of Object.entries(respell(jws))) expect([name, parseJws(text, ['alg', 'more'])]).toEqual([name, undefined])
  }
})

test('a JWS is read without a stumble, whatever it is', () => {
  const json = fc.json({ maxDepth: 4 })
  const part = fc.oneof(json, fc.string(), fc.constantFrom('{"alg":"ES256"}', '{}', '[]', '"', '{"__proto__":{"alg":"ES256"}}'))
  fc.assert(
    fc.property(part, part, fc.uint8Array({ maxLength: 70 }), (header, payload, signature) => {
      const jws = parseJws(forgeJws(header, payload, () => Buffer.from(signature)), ['alg'])
      if (jws) expect(jws.header).toEqual({ alg: 'ES256' })
    }),
  )
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => parseJws(text, ['alg']) === undefined))
})
