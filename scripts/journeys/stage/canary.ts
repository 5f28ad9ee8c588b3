import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '@ikd/server'

/** Something that must be found nowhere, under the name a failing test calls it by. */
export interface Canary {
  readonly name: string
  readonly value: string | Uint8Array
}

/** Names the canaries that are in the bytes: as they are, in UTF-16, in hex, or in base64 wherever its groups of three begin. */
export function findCanaries(bytes: Uint8Array, canaries: readonly Canary[]): string[] {
  const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return canaries.filter(({ value }) => spellings(value).some((spelling) => holds(hay, spelling))).map(({ name }) => name)
}

function holds(hay: Buffer, spelling: Buffer): boolean {
  for (let at = hay.indexOf(spelling); at >= 0; at = hay.indexOf(spelling, at + 1)) {
    // Six digits stand in many a hash and time by chance; alone, as a value stands, they do not.
    if (spelling.length > 12 || !(isWordByte(hay[at - 1]) || isWordByte(hay[at + spelling.length]))) return true
  }
  return false
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /[\w-]/.test(String.fromCharCode(byte))
}

function spellings(value: string | Uint8Array): Buffer[] {
  const bytes = Buffer.from(value)
  const text = typeof value === 'string' ? [Buffer.from(value, 'utf16le')] : []
  // Of something short, base64 leaves too few letters to tell.
  const encoded = bytes.length < 12 ? [] : [bytes.toString('hex'), ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset))]
  return [bytes, ...text, ...encoded.map((spelling) => Buffer.from(spelling))]
}

/** The letters that stand for these bytes and nothing else, `offset` bytes after a group's beginning; in both alphabets. */
function base64At(bytes: Buffer, offset: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
  const letters = whole.subarray(0, whole.length - (whole.length % 3)).toString('base64').slice(Math.ceil((offset * 8) / 6))
  return [letters, letters.replaceAll('+', '-').replaceAll('/', '_')]
}

/** Which files below the folder hold which canaries, as `path: name`. */
export async function searchFolder(folder: string, canaries: readonly Canary[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        // A file may go while we look, as a browser's do.
        const bytes = await readFile(path).catch(() => Buffer.alloc(0))
        return findCanaries(bytes, canaries).map((name) => `${path.slice(folder.length + 1)}: ${name}`)
      }),
  )
  return found.flat()
}

/** Which columns hold which canaries, as `table.column: name`; every column of every table is read. */
export async function searchDatabase(store: Store, canaries: readonly Canary[]): Promise<string[]> {
  const found = new Set<string>()
  for (const { name: table } of await store.introspection.getTables()) {
    const rows: Record<string, unknown>[] = await store.selectFrom(table as 'resident').selectAll().execute()
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (value === null) continue
        const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value))
        for (const name of findCanaries(bytes, canaries)) found.add(`${table}.${column}: ${name}`)
      }
    }
  }
  return [...found].sort()
}

/** The picture with a comment in it (JPEG, ISO/IEC 10918-1 §B.2.4.5): it looks the same and can be found again. */
export function markJpeg(jpeg: Uint8Array, mark: string): Buffer {
  const comment = Buffer.from(mark)
  const head = Buffer.from([0xff, 0xfe, 0, 0])
  head.writeUInt16BE(comment.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)])
}
