import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for a browser to call its home, and how to be rid of it: nothing of a run stays, and nothing of the person who runs it is read. */
export async function makeHome(engine: string): Promise<{ readonly folder: string; forget(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), `ikd-${engine}-`))
  // A browser that was killed may still be writing.
  return { folder, forget: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) }
}
