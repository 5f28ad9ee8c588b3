import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEnvelope } from './envelope.ts'
import { createNonces } from './nonces.ts'
import { createPasswordHasher } from './password.ts'
import { createIds, randomDigits, randomReadable } from './random.ts'

describe('sealed values', () => {
  const envelope = createEnvelope(randomBytes(32), randomBytes)

  test('open again under their own context', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), fc.string(), (plain, context) =>
        Buffer.from(plain).equals(envelope.open(envelope.seal(plain, context), context)),
      ),
    )
  })
  test('do not open in another row', () => {
    expect(() => envelope.open(envelope.seal(Buffer.from('rahasia'), 'row:1'), 'row:2')).toThrow()
  })
  test('do not open with any bit changed', () => {
    const sealed = envelope.seal(Buffer.from('rahasia'), 'row:1')
    for (let i = 0; i < sealed.length; i++) {
      const altered = Buffer.from(sealed)
      altered[i] = (altered[i] as number) ^ 1
      expect(() => envelope.open(altered, 'row:1'), `byte ${i}`).toThrow()
    }
  })
  test('do not open under another master key', () => {
    expect(() => createEnvelope(randomBytes(32), randomBytes).open(envelope.seal(Buffer.from('x'), 'c'), 'c')).toThrow()
  })
})

test('a password or PIN costs whoever tries it 19 MiB and two passes of argon2id, unless somebody says otherwise', async () => {
  expect(await createPasswordHasher(randomBytes(32)).hash('472915')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

describe('nonces', () => {
  let now = 1_700_000_000_000
  const clock = { now: () => now }
  const key = randomBytes(32)
  const nonces = createNonces(key, 'epoch', clock)

  test('tell the second they were made in, at any later time', () => {
    const { nonce, issuedAt } = nonces.issue()
    now += 86_400_000
    expect(nonces.issuedAt(nonce)).toBe(issuedAt)
  })
  test('of another use, another key or made up are none', () => {
    expect(createNonces(key, 'dpop', clock).issuedAt(nonces.issue().nonce)).toBeUndefined()
    expect(createNonces(randomBytes(32), 'epoch', clock).issuedAt(nonces.issue().nonce)).toBeUndefined()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => nonces.issuedAt(bytes) === undefined))
    fc.assert(fc.property(fc.string(), (text) => nonces.issuedAt(text) === undefined))
  })
})

test('ids are UUIDs of version 7 that sort by the time of their making', () => {
  let now = 1_700_000_000_000
  const ids = createIds({ now: () => now++ })
  const made = Array.from({ length: 100 }, () => ids.next())
  expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
  expect([...made].sort()).toEqual(made)
})

test('codes have the digits and letters asked for', () => {
  expect(randomDigits(6, randomBytes)).toMatch(/^\d{6}$/)
  expect(randomReadable(8, randomBytes)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
})
