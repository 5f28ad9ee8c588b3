import { constants, existsSync } from 'node:fs'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import type { DemoFacts } from '../demo/seed.ts'
import { StartFailure } from './failure.ts'

const factsFile = 'demo.json'

/** The demo's data folder: its own, or not used at all. */
export interface Folder {
  readonly path: string
  /** What the seed left behind; undefined before the first seed has ended. */
  readFacts(): Promise<DemoFacts | undefined>
  writeFacts(facts: DemoFacts): Promise<void>
  /** Deletes all that is in the folder. */
  wipe(): Promise<void>
}

/**
 * Takes a folder that is new, empty or the demo's from an earlier start. Any other is refused: `--reset` deletes what it finds.
 *
 * @throws StartFailure
 */
export async function openFolder(path: string): Promise<Folder> {
  if (parse(path).root === path) throw notOurs(path)
  try {
    await makeFolder(path)
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new StartFailure({
      id: `Folder data ${path} tidak dapat ditulisi: pilih yang lain dengan --data.`,
      en: `The data folder ${path} cannot be written to: choose another with --data.`,
    })
  }
  const marker = join(path, factsFile)
  const names = await readdir(path)
  if (names.length > 0 && !(await isOurs(marker))) throw notOurs(path)
  // The mark comes before anything else: a seed that was interrupted must still be recognised as ours.
  if (names.length === 0) await writeFile(marker, JSON.stringify({ kind: 'ikd-demo' }), { mode: 0o600 })
  return {
    path,
    async readFacts() {
      const facts: unknown = JSON.parse(await readFile(marker, 'utf8'))
      return isSeeded(facts) ? facts : undefined
    },
    async writeFacts(facts) {
      await writeFile(`${marker}.new`, `${JSON.stringify(facts, undefined, 2)}\n`, { mode: 0o600 })
      await rename(`${marker}.new`, marker)
    },
    async wipe() {
      for (const name of await readdir(path)) if (name !== factsFile && name !== 'running.json') await rm(join(path, name), { recursive: true, force: true })
      await writeFile(marker, JSON.stringify({ kind: 'ikd-demo' }), { mode: 0o600 })
    },
  }
}

/** Node's own `recursive` never returns where a folder's parent exists and yet takes nothing, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error
    await makeFolder(dirname(path))
    await mkdir(path, { mode: 0o700 })
  }
}

async function isOurs(marker: string): Promise<boolean> {
  try {
    const facts: unknown = JSON.parse(await readFile(marker, 'utf8'))
    return typeof facts === 'object' && facts !== null && 'kind' in facts && facts.kind === 'ikd-demo'
  } catch {
    return false
  }
}

function isSeeded(facts: unknown): facts is DemoFacts {
  return typeof facts === 'object' && facts !== null && 'staff' in facts && 'residents' in facts && 'enrolments' in facts
}

function notOurs(path: string): StartFailure {
  return new StartFailure({
    id: `Folder ${path} berisi berkas lain dan bukan data demo IKD: pilih folder kosong atau baru dengan --data.`,
    en: `The folder ${path} holds other files and is not an IKD demo's: choose an empty or a new one with --data.`,
  })
}
