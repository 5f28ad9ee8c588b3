import { disclosableFields, encodePresentation, encodeRegistrationQr } from '@ikd/contract'
import { expect, test } from 'vitest'
import { qrPicture } from './qr-picture.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const sign = async () => random(64)

test('the largest presentation fits version 11 at error correction M', async () => {
  const text = await encodePresentation(
    {
      handle: random(16), id: random(8), issuedAt: 4_000_000_000, audience: { to: 'institution', number: 4_000_000_000 },
      fields: disclosableFields, nonce: random(12),
    },
    sign,
  )
  expect(qrPicture(text).version).toBeLessThanOrEqual(11)
})

test('a registration QR fits version 11 at error correction M', async () => {
  const text = await encodeRegistrationQr(
    { registrationId: '01890000-0000-7000-8000-000000000000', id: random(8), issuedAt: 4_000_000_000, nonce: random(12) },
    sign,
  )
  expect(qrPicture(text).version).toBeLessThanOrEqual(11)
})

test('four light modules lie on every side', () => {
  const { size, path } = qrPicture('IKD1:')
  const moves = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, run]) => ({ from: Number(x), to: Number(x) + Number(run), y: Number(y) }))
  expect(Math.min(...moves.map(({ from }) => from))).toBe(4)
  expect(Math.max(...moves.map(({ to }) => to))).toBe(size - 4)
  expect(Math.min(...moves.map(({ y }) => y))).toBe(4)
  expect(Math.max(...moves.map(({ y }) => y))).toBe(size - 5)
})
