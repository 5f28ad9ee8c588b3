import type { Queries } from '../../database/store.ts'
import type { AuditFinding } from './findings.ts'
import { scanLog, type SignedHead } from './heads.ts'
import { merkleRoot } from './merkle.ts'
import { scanLeaf } from './scan-log.ts'

interface Leaf {
  readonly seq: number
  readonly scanId: string
  readonly hash: string
  /** The hash its scan has now; absent, with the time, when the scan is gone. */
  readonly present?: string
  readonly at?: number
}

/** Walks one server's leaves, batch by batch, against scans and signed roots; answers with the number of leaves. */
export async function verifyScans(store: Queries, serverId: string, heads: readonly SignedHead[], findings: AuditFinding[]): Promise<number> {
  const log = scanLog(serverId)
  const find = (kind: AuditFinding['kind'], table: AuditFinding['table'], from: number, to = from, id?: string) =>
    findings.push({ kind, table, log, from, to, ...(id === undefined ? {} : { id }) })
  const newest = await store.selectFrom('scan_leaf').select((row) => row.fn.max('seq').as('seq')).where('server_id', '=', serverId).executeTakeFirst()
  const end = Number(newest?.seq ?? 0)
  let [leaves, signedTo] = [0, 0]
  for (const head of heads) {
    const { from_seq: from, to_seq: to } = head
    const batch = await readBatch(store, serverId, from, to)
    leaves += batch.length
    signedTo = Math.max(signedTo, to)
    const findingsBefore = findings.length
    let expected = from
    for (const leaf of batch) {
      if (leaf.seq > expected) find('missing', 'scan_leaf', expected, leaf.seq - 1)
      expected = leaf.seq + 1
      if (leaf.present === undefined) find('missing', 'scan', leaf.seq, leaf.seq, leaf.scanId)
    }
    if (expected <= to) find(end < to ? 'truncated' : 'missing', 'scan_leaf', expected, to)
    const kept = merkleRoot(batch.map(({ hash }) => hash)) === head.root
    const changed = batch.filter(({ hash, present }) => present !== undefined && present !== hash)
    // The signed root tells which of the two was touched: the leaf, or the scan it stands for.
    for (const leaf of changed) {
      if (kept) find('edited', 'scan', leaf.seq, leaf.seq, leaf.scanId)
      else find('edited', 'scan_leaf', leaf.seq, leaf.seq, leaf.scanId)
    }
    if (!kept && findings.length === findingsBefore) find(inTime(batch) === head.root ? 'out-of-order' : 'edited', 'scan_leaf', from, to)
  }
  // Leaves and their head are written together: leaves without one have lost it.
  if (end > signedTo) find('truncated', 'log_head', signedTo + 1, end)
  return leaves
}

async function readBatch(store: Queries, serverId: string, from: number, to: number): Promise<Leaf[]> {
  const leaves = await store
    .selectFrom('scan_leaf')
    .selectAll()
    .where('server_id', '=', serverId)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute()
  if (leaves.length === 0) return []
  const scans = await store.selectFrom('scan').selectAll().where('id', 'in', leaves.map(({ scan_id }) => scan_id)).execute()
  const known = new Map(scans.map((scan) => [scan.id, { present: scanLeaf(scan), at: scan.at }]))
  return leaves.map(({ seq, scan_id: scanId, hash }): Leaf => ({ seq, scanId, hash, ...known.get(scanId) }))
}

/** The root of a batch in the order in which batches are made: by time, then by id. */
function inTime(batch: readonly Leaf[]): string {
  const sorted = [...batch].sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.scanId < b.scanId ? -1 : 1))
  return merkleRoot(sorted.map(({ hash }) => hash))
}

/** Finds scans that are in no batch and do not wait for one; answers with the number of those that wait. */
export async function findUnbatched(store: Queries, findings: AuditFinding[]): Promise<number> {
  const strangers = await store
    .selectFrom('scan')
    .leftJoin('scan_leaf', 'scan_leaf.scan_id', 'scan.id')
    .leftJoin('scan_pending', 'scan_pending.scan_id', 'scan.id')
    .select('scan.id')
    .where('scan_leaf.scan_id', 'is', null)
    .where('scan_pending.scan_id', 'is', null)
    .orderBy('scan.id')
    .execute()
  strangers.forEach(({ id }, i) => findings.push({ kind: 'inserted', table: 'scan', log: 'scans', from: i + 1, to: i + 1, id }))
  const { waiting } = await store.selectFrom('scan_pending').select((row) => row.fn.countAll().as('waiting')).executeTakeFirstOrThrow()
  return Number(waiting)
}
