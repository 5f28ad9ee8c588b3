import { expect, test } from 'vitest'
import { crashAtRandom } from './crash/run.ts'

const seed = process.env['IKD_SEED'] ?? String(Date.now())

test(`a server killed at ten random points of a busy run loses nothing it acknowledged and leaves nothing half done (seed ${seed})`, async () => {
  const { acknowledged, findings, log } = await crashAtRandom({ database: 'sqlite', points: 10, mostActs: 8, seed })
  expect(findings).toEqual([])
  expect(acknowledged).toBeGreaterThan(10)
  expect(log).not.toMatch(/petugas|357701|@contoh/)
}, 240_000)
