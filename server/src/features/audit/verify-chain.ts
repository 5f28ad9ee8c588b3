import type { Queries } from '../../database/store.ts'
import { sha256 } from '../../security/digest.ts'
import type { AuditFinding } from './findings.ts'
import { chainLog, noHash, type SignedHead } from './heads.ts'
import { linkHash } from './service.ts'

const pageSize = 1000

/** Walks the chain of entries against itself, its details and its heads; answers with their number. */
export async function verifyChain(store: Queries, heads: readonly SignedHead[], findings: AuditFinding[]): Promise<number> {
  const find = (kind: AuditFinding['kind'], from: number, to = from, table: AuditFinding['table'] = 'audit_entry') =>
    findings.push({ kind, table, log: chainLog, from, to })
  const headAt = new Map(heads.map((head) => [head.to_seq, head]))
  let [entries, seq, previous] = [0, 0, noHash]
  for (;;) {
    const page = await store
      .selectFrom('audit_entry')
      .leftJoin('audit_detail', 'audit_detail.seq', 'audit_entry.seq')
      .selectAll('audit_entry')
      .select('audit_detail.detail')
      .where('audit_entry.seq', '>', seq)
      .orderBy('audit_entry.seq')
      .limit(pageSize)
      .execute()
    if (page.length === 0) break
    for (const entry of page) {
      const gap = entry.seq > seq + 1
      if (gap) find('missing', seq + 1, entry.seq - 1)
      const whole = linkHash(entry) === entry.hash
      if (!whole) find('edited', entry.seq)
      // After a gap nothing is known of the one before.
      if (whole && !gap && entry.previous_hash !== previous) find('out-of-order', entry.seq)
      if (entry.detail === null) find('detail-missing', entry.seq, entry.seq, 'audit_detail')
      else if (sha256(entry.detail).toString('hex') !== entry.detail_hash) find('detail-edited', entry.seq, entry.seq, 'audit_detail')
      const head = headAt.get(entry.seq)
      // An entry rewritten with its hash, and perhaps all that follow, agrees with itself but not with what was signed.
      if (head && whole && head.root !== entry.hash) find('edited', head.from_seq, head.to_seq)
      previous = entry.hash
      seq = entry.seq
      entries += 1
    }
  }
  const signed = Math.max(0, ...heads.map((head) => head.to_seq))
  if (signed > seq) find('truncated', seq + 1, signed)
  for (const { seq: orphan } of await findOrphans(store)) find('inserted', orphan, orphan, 'audit_detail')
  return entries
}

function findOrphans(store: Queries) {
  return store
    .selectFrom('audit_detail')
    .leftJoin('audit_entry', 'audit_entry.seq', 'audit_detail.seq')
    .select('audit_detail.seq')
    .where('audit_entry.seq', 'is', null)
    .execute()
}
