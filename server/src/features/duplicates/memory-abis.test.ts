import { templateLength, templateModel } from '@ikd/face'
import { afterEach, expect, test } from 'vitest'
import type { AbisClient } from './abis.ts'
import { createMemoryAbis } from './memory-abis.ts'

let abis: AbisClient
afterEach(() => abis.close())

const template = (first: number, model = templateModel) => ({ model, values: Float32Array.from({ length: templateLength }, (_, i) => (i === 0 ? first : 0)) })

test('what was enrolled is found until it is taken out, by its id, and nobody is a duplicate of themself', async () => {
  abis = createMemoryAbis()
  await abis.enrol([
    { id: '1', subject: 'siti', template: template(0) },
    { id: '2', subject: 'sari', template: template(0.1) },
    { id: '3', subject: 'budi', template: template(0.9) },
  ])
  const search = () => abis.search({ template: template(0), except: 'siti', within: 0.5, atMost: 5 })
  expect(await search()).toEqual({ compared: 3, hits: [{ id: '2', distance: expect.closeTo(0.1, 6) }] })
  await abis.remove(['2', 'unknown'])
  expect(await search()).toEqual({ compared: 2, hits: [] })
})

test('a template of another model is refused, not compared', async () => {
  abis = createMemoryAbis()
  await expect(abis.enrol([{ id: '1', subject: 'siti', template: template(0, 'another') }])).rejects.toThrow(RangeError)
  await expect(abis.search({ template: template(0, 'another'), except: '', within: 1, atMost: 1 })).rejects.toThrow(RangeError)
})

test('a thread that ends rejects what it was asked, and says that the entries are lost', async () => {
  abis = createMemoryAbis(new URL('data:text/javascript,import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(1))'))
  const lost = new Promise<void>((resolve) => void abis.whenLost(resolve))
  await expect(abis.enrol([{ id: '1', subject: 'siti', template: template(0) }])).rejects.toThrow('ended')
  await lost
})
