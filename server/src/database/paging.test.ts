import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pageNewestFirst } from './paging.ts'

interface Row {
  readonly id: number
  readonly at: number
}

async function readAll(rows: readonly Row[], size: number): Promise<Row[][]> {
  const pages: Row[][] = []
  let before = Number.POSITIVE_INFINITY
  for (;;) {
    const older = rows.filter((row) => row.at < before)
    const page = await pageNewestFirst(size, async (limit) => older.slice(0, limit))
    pages.push([...page.rows])
    if (page.next === undefined) return pages
    before = page.next
  }
}

it('loses no row between pages and gives none twice, however many share an instant', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), async (instants, size) => {
      const rows = instants.toSorted((a, b) => b - a).map((at, id) => ({ id, at }))
      expect((await readAll(rows, size)).flat()).toEqual(rows)
    }),
  )
})

it('gives no more than a page where instants differ', async () => {
  const rows = Array.from({ length: 45 }, (_, id) => ({ id, at: 45 - id }))
  expect((await readAll(rows, 20)).map((page) => page.length)).toEqual([20, 20, 5])
})

it('ends with a page that is just full', async () => {
  const rows = Array.from({ length: 20 }, (_, id) => ({ id, at: 20 - id }))
  expect((await readAll(rows, 20)).map((page) => page.length)).toEqual([20])
})
