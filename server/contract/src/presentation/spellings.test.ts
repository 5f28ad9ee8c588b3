import { encode } from 'cborg'
import { expect, it } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { type Sign, signCose } from './cose.ts'
import { encodePresentation, parsePresentation, type Presentation, presentationPrefix } from './presentation.ts'

// A holder may sign anything with their own key: what counts is that no two texts are one presentation.

const sign: Sign = async (bytes) => new Uint8Array(64).fill(bytes.length & 0xff)
const given: Presentation = {
  handle: new Uint8Array(16).fill(1),
  id: new Uint8Array(8).fill(2),
  issuedAt: 1_800_000_000,
  audience: { to: 'any-institution' },
  fields: ['photo', 'name'],
}
const join = (...parts: (number | Uint8Array)[]) => Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])))
const text = (bytes: Uint8Array) => presentationPrefix + encodeBase45(bytes)
const signed = async (payload: Uint8Array) => text(await signCose('ikd-presentation-1', payload, sign))

// The claims as `encodePresentation` writes them: keys 3, 6, 7, -1, -2 in that order (RFC 8949 §4.2.1).
const audience = join(0x03, 0x20)
const issuedAt = join(0x06, 0x1a, Uint8Array.of(0x6b, 0x49, 0xd2, 0x00))
const id = join(0x07, 0x48, given.id)
const handle = join(0x20, 0x50, given.handle)
const fields = (mask: Uint8Array) => join(0x21, mask)
const mask = encode(3)
const claims = join(0xa5, audience, issuedAt, id, handle, fields(mask))

it('is written as this test writes it', async () => {
  expect(await encodePresentation(given, sign)).toBe(await signed(claims))
  expect(parsePresentation(await signed(claims))?.presentation).toEqual(given)
})

it.each<[string, Uint8Array]>([
  ['its claims in another order', join(0xa5, issuedAt, audience, id, handle, fields(mask))],
  ['a long count of claims', join(0xb8, 0x05, audience, issuedAt, id, handle, fields(mask))],
  ['claims without a count', join(0xbf, audience, issuedAt, id, handle, fields(mask), 0xff)],
  ['a claim twice', join(0xa6, audience, audience, issuedAt, id, handle, fields(mask))],
  ['a claim more', join(0xa6, audience, issuedAt, id, handle, fields(mask), 0x22, 0x00)],
  ['a long key', join(0xa5, 0x18, 0x03, 0x20, issuedAt, id, handle, fields(mask))],
  ['a long number', join(0xa5, audience, issuedAt, id, handle, fields(join(0x18, 0x03)))],
  ['a time as a float', join(0xa5, audience, 0x06, 0xfb, new Uint8Array(new DataView(new ArrayBuffer(8)).buffer), id, handle, fields(mask))],
  ['an id in two pieces', join(0xa5, audience, issuedAt, 0x07, 0x5f, 0x44, given.id.slice(0, 4), 0x44, given.id.slice(4), 0xff, handle, fields(mask))],
  ['an id as text', join(0xa5, audience, issuedAt, 0x07, 0x68, given.id, handle, fields(mask))],
  ['a byte behind its claims', join(claims, 0x00)],
  ['a tag before its claims', join(0xd8, 0x3d, claims)],
])('is not read with %s', async (_what, payload) => {
  expect(parsePresentation(await signed(payload))).toBeUndefined()
})

it('is not read in another dress of COSE or base45', async () => {
  const cose = decodeBase45((await signed(claims)).slice(presentationPrefix.length)) as Uint8Array
  const header = join(0x43, 0xa1, 0x01, 0x26)
  const body = cose.slice(1 + header.length + 1)
  expect(cose.slice(0, 6)).toEqual(join(0x84, header, 0xa0))
  const dresses: Record<string, Uint8Array> = {
    'a tag': join(0xd2, cose),
    'no count': join(0x9f, cose.slice(1), 0xff),
    'a long count': join(0x98, 0x04, cose.slice(1)),
    'an empty header as a map of no count': join(0x84, header, 0xbf, 0xff, body),
    'something unprotected': join(0x84, header, 0xa1, 0x04, 0x41, 0x00, body),
    'another algorithm': join(0x84, 0x44, 0xa1, 0x01, 0x38, 0x22, 0xa0, body),
    'a critical header': join(0x84, 0x46, 0xa2, 0x01, 0x26, 0x02, 0x81, 0x01, 0xa0, body),
    'no protected header': join(0x84, 0x40, 0xa0, body),
    'a byte behind': join(cose, 0x00),
    'a byte less': cose.slice(0, -1),
  }
  for (const [name, bytes] of Object.entries(dresses)) expect([name, parsePresentation(text(bytes))]).toEqual([name, undefined])
  const good = text(cose)
  for (const other of [good.toLowerCase(), ` ${good}`, `${good} `, good.replace('IKD1', 'ikd1'), `${good}0`, `${good}:::`, good.replaceAll('0', '０')]) {
    if (other !== good) expect([other, parsePresentation(other)]).toEqual([other, undefined])
  }
})
