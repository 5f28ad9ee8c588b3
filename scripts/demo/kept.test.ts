import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepOnce } from './kept.ts'

let folder: string
let made = 0
const make = async () => ({ count: ++made, share: 0.1 + 0.2 })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikd-kept-'))
  made = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what is kept is made once, and again when what it is made from has changed', async () => {
  const first = await keepOnce('faces', make, { folder, madeFrom: 'a' })
  expect(await keepOnce('faces', make, { folder, madeFrom: 'a' })).toEqual(first)
  expect(first).toEqual({ count: 1, share: 0.1 + 0.2 })
  expect(await keepOnce('faces', make, { folder, madeFrom: 'b' })).toMatchObject({ count: 2 })
  expect(await readdir(folder)).toEqual(['b'])
})

test('two that make it at the same time both have it, and leave one', async () => {
  const both = await Promise.all([keepOnce('faces', make, { folder, madeFrom: 'a' }), keepOnce('faces', make, { folder, madeFrom: 'a' })])
  expect(both).toHaveLength(2)
  expect(await readdir(join(folder, 'a'))).toEqual(['faces.json'])
})

test('half a file is no answer', async () => {
  await keepOnce('faces', make, { folder, madeFrom: 'a' })
  await writeFile(join(folder, 'a', 'faces.json'), '{"count": 1')
  expect(await keepOnce('faces', make, { folder, madeFrom: 'a' })).toMatchObject({ count: 2 })
})
