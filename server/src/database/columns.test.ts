import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestCore, type TestCore } from '../testing/core.ts'

/** One row of the list in SECURITY.md. */
interface Listed {
  readonly sealed: readonly string[]
  readonly hashed: readonly string[]
  readonly clear: readonly string[]
  readonly kept: string
}

const text = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8')
const [, section = ''] = text.split('## What the database holds, column by column\n')
const list = new Map<string, Listed>()
for (const line of section.split('\n## ', 1)[0]?.split('\n') ?? []) {
  const [table, ...cells] = line.startsWith('| `') ? line.split('|').slice(1, -1).map((cell) => cell.trim()) : []
  if (table === undefined) continue
  const namesIn = (cell = '') => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name as string)
  const name = table.replaceAll('`', '')
  if (list.has(name)) throw new Error(`SECURITY.md lists ${name} twice`)
  list.set(name, { sealed: namesIn(cells[0]), hashed: namesIn(cells[1]), clear: namesIn(cells[2]), kept: cells[3] ?? '' })
}

let core: TestCore
let schema: { readonly table: string; readonly columns: readonly { readonly name: string; readonly type: string }[] }[]

beforeAll(async () => {
  core = await createTestCore()
  const tables = await core.store.introspection.getTables()
  schema = tables.filter(({ isView }) => !isView).map(({ name, columns }) => ({ table: name, columns: columns.map((column) => ({ name: column.name, type: column.dataType.toLowerCase() })) }))
})
afterAll(() => core.close())

const listedColumns = (table: string) => {
  const { sealed = [], hashed = [], clear = [] } = list.get(table) ?? {}
  return [...sealed, ...hashed, ...clear]
}

describe('server/SECURITY.md lists the database column by column', () => {
  test('every table and column there is, once, and none that is gone', () => {
    const columns = (entries: readonly (readonly [string, readonly string[]])[]) => entries.flatMap(([table, names]) => names.map((name) => `${table}.${name}`)).sort()
    const there = columns(schema.map(({ table, columns: all }) => [table, all.map(({ name }) => name)]))
    const listed = columns([...list.keys()].map((table) => [table, listedColumns(table)]))
    expect({ missing: there.filter((name) => !listed.includes(name)), gone: listed.filter((name) => !there.includes(name)) }).toEqual({ missing: [], gone: [] })
    expect(new Set(listed).size).toBe(listed.length)
  })

  test('bytes are sealed, and what is sealed is bytes', () => {
    const bytes = schema.flatMap(({ table, columns }) => columns.filter(({ type }) => type === 'blob' || type === 'bytea').map(({ name }) => `${table}.${name}`))
    expect([...list].flatMap(([table, { sealed }]) => sealed.map((name) => `${table}.${name}`)).sort()).toEqual(bytes.sort())
  })

  // Those of the record tie entries together; they hide nothing.
  test('whatever is called a hash is one of a secret, or of the record', () => {
    const called = schema.flatMap(({ table, columns }) => columns.filter(({ name }) => name.endsWith('_hash')).map(({ name }) => [table, name] as const))
    const unhashed = called.filter(([table, name]) => !list.get(table)?.hashed.includes(name)).map(([table, name]) => `${table}.${name}`)
    expect(unhashed.sort()).toEqual(['audit_entry.detail_hash', 'audit_entry.previous_hash', 'log_head.previous_hash'])
  })

  test('and says of each table how long it is kept', () => {
    expect([...list].filter(([, { kept }]) => kept.length < 3).map(([table]) => table)).toEqual([])
  })
})
