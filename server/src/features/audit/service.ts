import { sql } from 'kysely'
import { isPostgres, type Queries, type Work } from '../../database/store.ts'
import { sha256 } from '../../security/digest.ts'

/**
 * The record of everything that decides: a hash chain. Entries hold ids and hashes and stay for ever; details lie in
 * a table of their own and can be erased without breaking the chain.
 */
export interface AuditEvent {
  readonly at: number
  readonly actor: { readonly kind: 'staff' | 'device' | 'institution' | 'public' | 'service'; readonly id: string }
  /** `noun.verb`, e.g. `case.approved`. */
  readonly action: string
  /** Id of what was acted on. */
  readonly subject: string
  /** Codes, ids and counts; never names, NIKs, images or secrets. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

export interface Audit {
  append(work: Work, event: AuditEvent): Promise<void>
}

const genesis = '0'.repeat(64)
// Any constant: serialises writers of the chain on PostgreSQL; SQLite has one writer at a time anyway.
const chainLock = 735_001

interface Link {
  readonly seq: number
  readonly at: number
  readonly actor_kind: string
  readonly actor_id: string
  readonly action: string
  readonly subject_id: string
  readonly detail_hash: string
  readonly previous_hash: string
}

function linkHash(link: Link): string {
  const { seq, at, actor_kind, actor_id, action, subject_id, detail_hash, previous_hash } = link
  return sha256(JSON.stringify([seq, at, actor_kind, actor_id, action, subject_id, detail_hash, previous_hash])).toString('hex')
}

export function createAudit(): Audit {
  return {
    async append(work, event) {
      if (isPostgres(work)) await sql`select pg_advisory_xact_lock(${chainLock})`.execute(work)
      const last = await work.selectFrom('audit_entry').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
      const detail = JSON.stringify(event.detail ?? {})
      const link: Link = {
        seq: (last?.seq ?? 0) + 1,
        at: event.at,
        actor_kind: event.actor.kind,
        actor_id: event.actor.id,
        action: event.action,
        subject_id: event.subject,
        detail_hash: sha256(detail).toString('hex'),
        previous_hash: last?.hash ?? genesis,
      }
      await work.insertInto('audit_entry').values({ ...link, hash: linkHash(link) }).execute()
      await work.insertInto('audit_detail').values({ seq: link.seq, detail }).execute()
    },
  }
}

export type AuditFinding =
  | { readonly kind: 'edited' | 'out-of-order' | 'detail-edited'; readonly seq: number }
  | { readonly kind: 'missing'; readonly seq: number }

/**
 * Walks the chain from its beginning. Truncation at the end shows only against a head kept elsewhere: give the
 * `expectedHead` (hash) noted earlier, and it is looked for.
 */
export async function verifyAuditChain(
  store: Queries,
  expectedHead?: string,
): Promise<{ readonly entries: number; readonly head: string; readonly findings: readonly AuditFinding[] }> {
  const findings: AuditFinding[] = []
  let previous = genesis
  let seq = 0
  let headSeen = expectedHead === undefined || expectedHead === genesis
  for (;;) {
    const page = await store
      .selectFrom('audit_entry')
      .leftJoin('audit_detail', 'audit_detail.seq', 'audit_entry.seq')
      .selectAll('audit_entry')
      .select('audit_detail.detail')
      .where('audit_entry.seq', '>', seq)
      .orderBy('audit_entry.seq')
      .limit(1000)
      .execute()
    if (page.length === 0) break
    for (const entry of page) {
      for (let missing = seq + 1; missing < entry.seq; missing++) findings.push({ kind: 'missing', seq: missing })
      if (linkHash(entry) !== entry.hash) findings.push({ kind: 'edited', seq: entry.seq })
      if (entry.previous_hash !== previous) findings.push({ kind: 'out-of-order', seq: entry.seq })
      if (entry.detail !== null && sha256(entry.detail).toString('hex') !== entry.detail_hash) {
        findings.push({ kind: 'detail-edited', seq: entry.seq })
      }
      headSeen ||= entry.hash === expectedHead
      previous = entry.hash
      seq = entry.seq
    }
  }
  if (!headSeen) findings.push({ kind: 'missing', seq: seq + 1 })
  return { entries: seq, head: previous, findings }
}
