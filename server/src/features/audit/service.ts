import { sql } from 'kysely'
import { isPostgres, type Work } from '../../database/store.ts'
import { sha256 } from '../../security/digest.ts'
import { noHash } from './heads.ts'

/**
 * The record of everything that decides: a hash chain, whose newest entry is signed every minute (`notary.ts`). Scans are not
 * in it but in batches of their own, so that servers do not wait for each other. Entries hold ids and hashes and stay for ever; details lie in
 * a table of their own and can be erased without breaking the chain.
 */
export interface AuditEvent {
  readonly at: number
  readonly actor: { readonly kind: 'staff' | 'device' | 'institution' | 'public' | 'service'; readonly id: string }
  /** `noun.verb`, e.g. `case.approved`. */
  readonly action: string
  /** Id of what was acted on. */
  readonly subject: string
  /** Codes, ids, counts and the reasons staff give; never NIKs, images or secrets. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

export interface Audit {
  append(work: Work, event: AuditEvent): Promise<void>
  /** Puts a scan of this transaction in line for this server's next signed batch. */
  awaitBatch(work: Work, scanId: string, at: number): Promise<void>
}

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

export function linkHash(link: Link): string {
  const { seq, at, actor_kind, actor_id, action, subject_id, detail_hash, previous_hash } = link
  return sha256(JSON.stringify([seq, at, actor_kind, actor_id, action, subject_id, detail_hash, previous_hash])).toString('hex')
}

export function createAudit(serverId: string): Audit {
  return {
    async awaitBatch(work, scanId, at) {
      await work.insertInto('scan_pending').values({ scan_id: scanId, server_id: serverId, at }).execute()
    },

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
        previous_hash: last?.hash ?? noHash,
      }
      await work.insertInto('audit_entry').values({ ...link, hash: linkHash(link) }).execute()
      await work.insertInto('audit_detail').values({ seq: link.seq, detail }).execute()
    },
  }
}
