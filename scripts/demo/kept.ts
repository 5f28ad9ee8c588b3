import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fingerprint } from '../setup/stamp.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Keeping {
  readonly folder: string
  /** Names everything that what is kept was made from. */
  readonly madeFrom: string
}

/** Beside the packages: whoever deletes those forgets this too, and nothing of it can be committed. */
let usual: Keeping | undefined
function usually(): Keeping {
  const sources = ['package-lock.json', 'models/src', 'models/manifest.json', 'scripts/demo/faces.ts', 'scripts/demo/turning-head']
  usual ??= { folder: join(root, 'node_modules', '.cache', 'ikd-demo'), madeFrom: fingerprint(root, sources) }
  return usual
}

/**
 * Makes it, or takes what an earlier process made from the same sources: a dozen processes of a test run would otherwise each spend
 * seconds on looking for the same faces in the same pictures.
 *
 * @param make gives what JSON can carry
 */
export async function keepOnce<T>(name: string, make: () => Promise<T>, { folder, madeFrom }: Keeping = usually()): Promise<T> {
  const file = join(folder, madeFrom, `${name}.json`)
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T
  } catch {
    // Not there yet, or half of it; it is made again.
  }
  const made = await make()
  await mkdir(dirname(file), { recursive: true })
  // At once or not at all, for others may be reading and writing it.
  const unfinished = `${file}.${randomUUID()}`
  await writeFile(unfinished, JSON.stringify(made))
  await rename(unfinished, file)
  for (const other of await readdir(folder)) if (other !== madeFrom) await rm(join(folder, other), { recursive: true, force: true })
  return made
}
