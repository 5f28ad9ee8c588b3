import { getRecordedDigest, manifest } from '../manifest.ts'
import type { ReadModelFile } from '../networks.ts'

/**
 * Reads weights from a site, and only those on record: the site that serves this program serves its weights too, and may be stale.
 *
 * @param modelBaseUrl absolute, the folder with the weights
 */
export function createSiteReader(modelBaseUrl: string): ReadModelFile {
  return async (file) => {
    const response = await fetch(new URL(file.slice(file.lastIndexOf('/') + 1), modelBaseUrl))
    if (!response.ok) throw new Error(`${file} is not on this site`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
    if (actual !== getRecordedDigest(manifest, file)) throw new Error(`${file} is not the file on record`)
    return bytes
  }
}
