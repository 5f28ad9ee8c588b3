import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../test/workspaces.ts'
import { mutations } from './mutations/list.ts'

const text = readFileSync(join(root, 'server/SECURITY.md'), 'utf8')
const rows = text.split('\n').flatMap((line) => {
  const cells = /^\| (\d+) \|/.test(line) ? line.split('|').slice(1, -1).map((cell) => cell.trim()) : undefined
  return cells ? [{ promise: Number(cells[0]), tests: cells[3] ?? '', takenOut: Number(cells[5]) }] : []
})

describe('server/SECURITY.md', () => {
  test('has a row for each of the promises 1 to 18, with a test in each', () => {
    expect(rows.map(({ promise }) => promise)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1))
    expect(rows.filter(({ tests }) => !/`[^`]+\.(test|spec)\.ts`/.test(tests))).toEqual([])
  })

  test('names files that exist', () => {
    const named = [...text.matchAll(/`([\w./-]+\.(?:ts|md))`/g)].map(([, file]) => file as string)
    expect(named.length).toBeGreaterThan(40)
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('counts the protections that are taken out as they are', () => {
    const counted = rows.map(({ promise }) => ({ promise, takenOut: mutations.filter((mutation) => mutation.promise === promise).length }))
    expect(rows.map(({ promise, takenOut }) => ({ promise, takenOut }))).toEqual(counted)
  })
})
