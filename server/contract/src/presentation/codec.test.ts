import fc from 'fast-check'
import { encode } from 'uqr'
import { beforeAll, expect, it } from 'vitest'
import { disclosableFields } from '../glossary.ts'
import { decodeBase45, encodeBase45 } from './base45.ts'
import type { CoseMessage, Sign, Verify } from './cose.ts'
import { type Audience, encodePresentation, parsePresentation, type Presentation, presentationPrefix } from './presentation.ts'
import { encodeRegistrationQr, parseRegistrationQr, type RegistrationQr, registrationQrPrefix } from './registration-qr.ts'

const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
let sign: Sign
let verify: Verify

beforeAll(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  sign = async (bytes) => new Uint8Array(await crypto.subtle.sign(algorithm, pair.privateKey, Uint8Array.from(bytes)))
  verify = (bytes, signature) => crypto.subtle.verify(algorithm, pair.publicKey, Uint8Array.from(signature), Uint8Array.from(bytes))
})

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const seconds = fc.integer({ min: 0, max: 4_102_444_800 })
const audience: fc.Arbitrary<Audience> = fc.oneof(
  fc.constant<Audience>({ to: 'resident' }),
  fc.constant<Audience>({ to: 'any-institution' }),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((number): Audience => ({ to: 'institution', number })),
)
const presentation: fc.Arbitrary<Presentation> = fc
  .record(
    { handle: bytes(16), id: bytes(8), issuedAt: seconds, audience, fields: fc.subarray([...disclosableFields]), nonce: bytes(12) },
    { requiredKeys: ['handle', 'id', 'issuedAt', 'audience', 'fields'] },
  )
  .map(({ nonce, ...rest }) => ({ ...rest, ...(nonce ? { nonce } : {}) }))
const registrationQr: fc.Arbitrary<RegistrationQr> = fc.record({
  registrationId: fc.uuid(),
  id: bytes(8),
  issuedAt: seconds,
  nonce: bytes(12),
})

it('gives back the presentation it was given, and its signature verifies', async () => {
  await fc.assert(
    fc.asyncProperty(presentation, async (given) => {
      const parsed = parsePresentation(await encodePresentation(given, sign))
      expect(parsed?.presentation).toEqual(given)
      expect(await parsed?.message.verify(verify)).toBe(true)
    }),
  )
})

it('gives back the registration QR it was given, and its signature verifies', async () => {
  await fc.assert(
    fc.asyncProperty(registrationQr, async (given) => {
      const parsed = parseRegistrationQr(await encodeRegistrationQr(given, sign))
      expect(parsed?.qr).toEqual(given)
      expect(await parsed?.message.verify(verify)).toBe(true)
    }),
  )
})

/** Flips each bit of a QR's bytes in turn; every spoilt QR must be unreadable or fail its signature. */
async function expectEveryBitToMatter(text: string, prefix: string, parse: (text: string) => { readonly message: CoseMessage } | undefined) {
  const whole = decodeBase45(text.slice(prefix.length)) as Uint8Array
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const spoilt = Uint8Array.from(whole)
    spoilt[bit >> 3] = (spoilt[bit >> 3] as number) ^ (1 << (bit & 7))
    const parsed = parse(prefix + encodeBase45(spoilt))
    expect(parsed && (await parsed.message.verify(verify)), `bit ${bit}`).not.toBe(true)
  }
}

it('lets no bit of a presentation be flipped', async () => {
  const [given] = fc.sample(presentation, { numRuns: 1, seed: 1 }) as [Presentation]
  await expectEveryBitToMatter(await encodePresentation(given, sign), presentationPrefix, parsePresentation)
})

it('lets no bit of a registration QR be flipped', async () => {
  const [given] = fc.sample(registrationQr, { numRuns: 1, seed: 1 }) as [RegistrationQr]
  await expectEveryBitToMatter(await encodeRegistrationQr(given, sign), registrationQrPrefix, parseRegistrationQr)
})

it('never takes one kind of QR for the other, even under the other prefix', async () => {
  const [given] = fc.sample(presentation, 1) as [Presentation]
  const [registration] = fc.sample(registrationQr, 1) as [RegistrationQr]
  const asRegistration = (await encodePresentation(given, sign)).replace(presentationPrefix, registrationQrPrefix)
  const asPresentation = (await encodeRegistrationQr(registration, sign)).replace(registrationQrPrefix, presentationPrefix)
  expect(parseRegistrationQr(asRegistration)).toBeUndefined()
  expect(parsePresentation(asPresentation)).toBeUndefined()
})

it('does not verify a presentation signature in the context of the other kind', async () => {
  const [given] = fc.sample(presentation, 1) as [Presentation]
  // The claims of a presentation, signed as a registration QR would be.
  const inOtherContext: Sign = async (toBeSigned) => {
    const text = new TextDecoder('latin1').decode(toBeSigned).replace('ikd-presentation-1', 'ikd-registration-1')
    return sign(Uint8Array.from(text, (character) => character.charCodeAt(0)))
  }
  const parsed = parsePresentation(await encodePresentation(given, inOtherContext))
  expect(await parsed?.message.verify(verify)).toBe(false)
})

it('reads any text without a throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 400 }).map(encodeBase45)), (text) => {
      for (const parse of [parsePresentation, parseRegistrationQr]) {
        expect(parse(text)).toBeUndefined()
        expect(parse(presentationPrefix + text)).toBeUndefined()
        expect(parse(registrationQrPrefix + text)).toBeUndefined()
      }
    }),
    { numRuns: 1_000 },
  )
})

it('fits QR version 11 at error correction M, whatever is disclosed and to whom', async () => {
  await fc.assert(
    fc.asyncProperty(presentation, registrationQr, async (given, registration) => {
      const longest = { ...given, nonce: given.nonce ?? given.handle.slice(0, 12), fields: disclosableFields }
      expect(encode(await encodePresentation(longest, sign), { ecc: 'M' }).version).toBeLessThanOrEqual(11)
      expect(encode(await encodeRegistrationQr(registration, sign), { ecc: 'M' }).version).toBeLessThanOrEqual(11)
    }),
  )
})
