import type { Queries } from '../../database/store.ts'
import { chainLog, type HeadKeys, headHash, noHash, parseJws, type SignedHead, serverOf, toJws } from './heads.ts'
import type { AuditFinding } from './findings.ts'
import { verifyChain } from './verify-chain.ts'
import { findUnbatched, verifyScans } from './verify-scans.ts'

export interface AuditReport {
  /** Entries of the chain. */
  readonly entries: number
  /** Scans under signed roots. */
  readonly scans: number
  /** Scans recorded and not yet in a batch. */
  readonly waiting: number
  readonly heads: number
  readonly findings: readonly AuditFinding[]
}

/**
 * Walks chain, batches and signatures. What was cut off at the end, heads included, shows only against `copies`: heads
 * (compact JWS) that were kept elsewhere.
 */
export async function verifyAudit(store: Queries, keys: Pick<HeadKeys, 'isSigned'>, copies: readonly string[] = []): Promise<AuditReport> {
  const findings: AuditFinding[] = []
  const copied = readCopies(copies, keys, findings)
  const rows = await store.selectFrom('log_head').selectAll().orderBy('log').orderBy('number').execute()
  const logs = new Set([chainLog, ...rows.map(({ log }) => log), ...copied.map(({ log }) => log)])
  for (const { server_id } of await store.selectFrom('scan_leaf').select('server_id').distinct().execute()) logs.add(`scans:${server_id}`)

  let [entries, scans] = [0, 0]
  for (const log of [...logs].sort()) {
    const [own, kept] = [rows.filter((head) => head.log === log), copied.filter((head) => head.log === log)]
    const sound = checkHeads(log, own, kept, keys, findings)
    const serverId = serverOf(log)
    if (log === chainLog) entries = await verifyChain(store, sound, findings)
    else if (serverId !== undefined) scans += await verifyScans(store, serverId, sound, findings)
  }
  const waiting = await findUnbatched(store, findings)
  return { entries, scans, waiting, heads: rows.length, findings }
}

function readCopies(copies: readonly string[], keys: Pick<HeadKeys, 'isSigned'>, findings: AuditFinding[]): SignedHead[] {
  return copies.flatMap((jws, i) => {
    const head = parseJws(jws)
    if (head && keys.isSigned(head)) return [head]
    findings.push({ kind: 'signature-wrong', table: 'copy', log: head?.log ?? '?', from: i + 1, to: i + 1 })
    return []
  })
}

/** Every signed head, oldest first, as somebody on another host would keep it. */
export async function listHeads(store: Queries): Promise<string[]> {
  return (await store.selectFrom('log_head').selectAll().orderBy('at').orderBy('log').orderBy('number').execute()).map(toJws)
}

/** The heads of one log among themselves; answers with those whose word is good, copies included, in their order. */
function checkHeads(
  log: string,
  rows: readonly SignedHead[],
  copies: readonly SignedHead[],
  keys: Pick<HeadKeys, 'isSigned'>,
  findings: AuditFinding[],
): readonly SignedHead[] {
  const find = (kind: AuditFinding['kind'], from: number, to = from) => findings.push({ kind, table: 'log_head', log, from, to })
  const known = new Map<number, SignedHead>()
  let number = 0
  let previous = noHash
  for (const row of rows) {
    if (row.number > number + 1) find('missing', number + 1, row.number - 1)
    const signed = keys.isSigned(row)
    if (!signed) find('signature-wrong', row.number)
    // Signed by us and yet no follower: put together from another history of this log.
    else if (row.number === number + 1 && row.previous_hash !== previous) find('out-of-order', row.number)
    if (signed) known.set(row.number, row)
    number = row.number
    previous = headHash(row)
  }
  for (const copy of copies) {
    const row = rows.find((candidate) => candidate.number === copy.number)
    if (!row) find(copy.number > number ? 'truncated' : 'missing', copy.number)
    else if (headHash(row) !== headHash(copy)) find('edited', copy.number)
    known.set(copy.number, copy)
  }
  return [...known.values()].sort((a, b) => a.number - b.number)
}
