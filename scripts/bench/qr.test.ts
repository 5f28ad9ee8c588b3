import { expect, it } from 'vitest'
import { findBench, listBenches, type Row } from '../bench.ts'

it('finds benches by name, and none by a name that is a path', async () => {
  expect(listBenches()).toContain('qr')
  expect(await findBench('../bench')).toBeUndefined()
  expect(await findBench('qr.test')).toBeUndefined()
})

it('no QR code that a phone shows needs more than version 11 at ECC M', async () => {
  const bench = await findBench('qr')
  const rows = await bench?.run(['20'])
  if (!Array.isArray(rows)) throw new Error('the bench gave no table')
  expect(rows).toHaveLength(5)
  for (const { version } of rows as Row[]) expect(version).toBeLessThanOrEqual(11)
})
