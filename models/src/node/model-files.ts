import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { getRecordedDigest, type Manifest } from '../manifest.ts'
import type { ReadModelFile } from '../networks.ts'

/**
 * Reads files of installed packages, and only those whose SHA-256 is the one on record: a byte changed in a weight changes who
 * is recognised. Packages are looked for from the manifest's folder, then from this one.
 *
 * @throws Error, from the function it returns, when a file is missing, not on record or not the one on record
 */
export function createModelReader(manifest: Manifest, manifestUrl: URL): ReadModelFile {
  const places = [createRequire(manifestUrl), createRequire(import.meta.url)]
  return async (file) => {
    const recorded = getRecordedDigest(manifest, file)
    const { package: name } = manifest.packages.find((one) => file.startsWith(`${one.package}/`))!
    const bytes = await readFile(join(packageFolder(places, name), file.slice(name.length + 1)))
    const actual = createHash('sha256').update(bytes).digest('hex')
    if (actual !== recorded) throw new Error(`${file} is not the file on record: its SHA-256 is ${actual}, not ${recorded}`)
    return bytes
  }
}

function packageFolder(places: readonly NodeJS.Require[], name: string): string {
  for (const place of places) {
    try {
      return dirname(place.resolve(`${name}/package.json`))
    } catch {
      // Not from here: perhaps from the next.
    }
  }
  throw new Error(`${name} is not installed`)
}
