import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { benches } from '../command-line/commands.mjs'
import { run } from './qr.ts'

it('is declared, as every bench is', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^[\w-]+\.ts$/.test(name))
  expect(Object.keys(benches).map((name) => `${name}.ts`).sort()).toEqual(files.sort())
})

it('no QR code that a phone shows needs more than version 11 at ECC M', async () => {
  const rows = await run({ rounds: 20 })
  expect(rows).toHaveLength(5)
  for (const { version } of rows) expect(version).toBeLessThanOrEqual(11)
})
