/** Templates of one length side by side in memory, four bytes a value, searched one by one: exact, at the memory's own speed. */
export interface Vectors {
  readonly size: number
  put(id: string, subject: string, values: Float32Array): void
  remove(id: string): void
  /** Nearest first, `within` included. */
  search(values: Float32Array, limits: { readonly except: string; readonly within: number; readonly atMost: number }): { id: string; distance: number }[]
}

/** 4 MB of 128 values each; more are added as they are needed, and none is ever copied into a larger one. */
const rowsPerBlock = 8_192
/** Distances only grow: whoever is too far after so many values need not be looked at to the end. */
const stride = 32
/** Values added up at a time. */
const lanes = 4

/** @param length values of a template: a multiple of four */
export function createVectors(length: number): Vectors {
  if (length % lanes !== 0) throw new RangeError('templates are added up four values at a time')
  const blocks: Float32Array[] = []
  const ids: string[] = []
  const subjects: string[] = []
  const rows = new Map<string, number>()

  function place(row: number): Float32Array {
    const block = (blocks[Math.floor(row / rowsPerBlock)] ??= new Float32Array(rowsPerBlock * length))
    const at = (row % rowsPerBlock) * length
    return block.subarray(at, at + length)
  }

  return {
    get size() {
      return ids.length
    },

    put(id, subject, values) {
      if (values.length !== length) throw new RangeError(`a template holds ${length} values`)
      const row = rows.get(id) ?? ids.length
      rows.set(id, row)
      ids[row] = id
      subjects[row] = subject
      place(row).set(values)
    },

    // The last one moves into the gap.
    remove(id) {
      const row = rows.get(id)
      if (row === undefined) return
      const last = ids.length - 1
      const [lastId, lastSubject] = [ids[last] as string, subjects[last] as string]
      place(row).set(place(last))
      place(last).fill(0)
      ids[row] = lastId
      subjects[row] = lastSubject
      rows.set(lastId, row)
      rows.delete(id)
      ids.pop()
      subjects.pop()
    },

    search(values, { except, within, atMost }) {
      if (values.length !== length) throw new RangeError(`a template holds ${length} values`)
      const found: { id: string; squared: number }[] = []
      // Rounding must not lose whoever stands exactly on the line.
      let limit = within * within * (1 + 1e-9)
      blocks.forEach((block, b) => {
        const rowsHere = Math.min(rowsPerBlock, ids.length - b * rowsPerBlock)
        for (let r = 0; r < rowsHere; r++) {
          const squared = squaredWithin(block, r * length, values, limit)
          if (squared < 0) continue
          const row = b * rowsPerBlock + r
          if (subjects[row] === except) continue
          const at = found.findIndex((other) => squared < other.squared)
          found.splice(at < 0 ? found.length : at, 0, { id: ids[row] as string, squared })
          if (found.length <= atMost) continue
          found.pop()
          limit = (found.at(-1) as { squared: number }).squared
        }
      })
      return found.map(({ id, squared }) => ({ id, distance: Math.sqrt(squared) }))
    },
  }
}

/** The squared distance of `values` to the row that begins at `at`; -1 when it is beyond the limit. */
function squaredWithin(block: Float32Array, at: number, values: Float32Array, limit: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < values.length; ) {
    for (const end = Math.min(values.length, i + stride); i < end; i += lanes) {
      const w = values[i]! - block[at + i]!
      const x = values[i + 1]! - block[at + i + 1]!
      const y = values[i + 2]! - block[at + i + 2]!
      const z = values[i + 3]! - block[at + i + 3]!
      a += w * w
      b += x * x
      c += y * y
      d += z * z
    }
    if (a + b + c + d > limit) return -1
  }
  return a + b + c + d
}
