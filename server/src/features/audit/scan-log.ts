import type { Tables } from '../../database/tables.ts'
import { leafHash } from './merkle.ts'

/**
 * A scan as a leaf: every column that holds something, by name, so that a column added later leaves earlier leaves as
 * they were.
 */
export function scanLeaf(scan: Tables['scan']): string {
  const columns = Object.entries(scan).filter(([, value]) => value !== null)
  return leafHash(JSON.stringify(columns.sort(([a], [b]) => (a < b ? -1 : 1))))
}
