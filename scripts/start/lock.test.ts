import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { StartFailure } from './failure.ts'
import { lockFolder } from './lock.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ikd-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const heldBy = (pid: number) => writeFileSync(join(folder, 'running.json'), JSON.stringify({ pid, port: 5200 }))

it('refuses a folder on which another demo runs, and names its port', () => {
  heldBy(4242)
  expect(() => lockFolder(folder, 3000, () => true)).toThrow(StartFailure)
  try {
    lockFolder(folder, 3000, () => true)
  } catch (error) {
    expect((error as StartFailure).sentence.id).toContain('porta 5200')
  }
})

it('takes the folder of a demo that was killed', () => {
  heldBy(4242)
  expect(lockFolder(folder, 3000, () => false)).toBeTypeOf('function')
})

it('gives the folder back', () => {
  lockFolder(folder, 3000)()
  expect(lockFolder(folder, 3000, () => true)).toBeTypeOf('function')
})
