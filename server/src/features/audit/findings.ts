/** What a walk over the logs found wrong, and where. */
export interface AuditFinding {
  /**
   * - `edited` a row does not hold what it held when it was written or signed
   * - `missing` a row between others is gone
   * - `truncated` rows at the end are gone, which only a signed head tells
   * - `inserted` a row that nobody wrote through the service
   * - `out-of-order` rows stand in another order than they were signed in
   * - `signature-wrong` a head was not signed by this service
   * - `detail-edited`, `detail-missing` the erasable part of an entry
   */
  readonly kind: 'edited' | 'missing' | 'truncated' | 'inserted' | 'out-of-order' | 'signature-wrong' | 'detail-edited' | 'detail-missing'
  readonly table: 'audit_entry' | 'audit_detail' | 'scan' | 'scan_leaf' | 'log_head' | 'copy'
  /** `chain`, or `scans:<server id>`. */
  readonly log: string
  /** First and last place in the log, or the number of a head; the same for a single row. */
  readonly from: number
  readonly to: number
  /** Id of the row where it has one. */
  readonly id?: string
}

const words: Readonly<Record<AuditFinding['kind'], readonly [id: string, en: string]>> = {
  'edited': ['diubah setelah ditulis', 'was changed after it was written'],
  'missing': ['hilang dari tengah', 'is gone from the middle'],
  'truncated': ['hilang dari ujung', 'is gone from the end'],
  'inserted': ['tidak ditulis oleh layanan ini', 'was not written by this service'],
  'out-of-order': ['tidak lagi pada urutan yang ditandatangani', 'no longer stands in the order that was signed'],
  'signature-wrong': ['tidak ditandatangani oleh layanan ini', 'is not signed by this service'],
  'detail-edited': ['diubah setelah ditulis', 'was changed after it was written'],
  'detail-missing': ['dihapus', 'was deleted'],
}

const tables: Readonly<Record<AuditFinding['table'], readonly [id: string, en: string]>> = {
  audit_entry: ['catatan audit', 'audit entry'],
  audit_detail: ['rincian catatan audit', 'detail of audit entry'],
  scan: ['pindaian', 'scan'],
  scan_leaf: ['daun pindaian', 'leaf of scan'],
  log_head: ['kepala log', 'head'],
  copy: ['salinan kepala log, baris', 'copied head, line'],
}

/** One sentence in each language: what, where, in which log. */
export function describeFinding({ kind, table, log, from, to, id }: AuditFinding): string {
  const place = from === to ? `${from}` : `${from}–${to}`
  const [what, inWords] = [words[kind], tables[table]]
  const which = id === undefined ? '' : ` (${id})`
  return `${log}: ${inWords[0]} ${place}${which} ${what[0]} · ${inWords[1]} ${place}${which} ${what[1]}`
}
