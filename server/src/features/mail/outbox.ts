import { second } from '../../clock.ts'
import type { Store } from '../../database/store.ts'
import { isLetGo } from '../duplicate-searches/service.ts'

/** A mail a worker holds: nobody else sends it before `claimedUntil`. */
export interface ClaimedMail {
  readonly id: string
  readonly caseId: string | null
  readonly sealed: Uint8Array
  readonly attempts: number
  readonly createdAt: number
  readonly claimedUntil: number
  /** Workers it has lost since the last that came to an end with it. */
  readonly lostWorkers: number
}

/** What a worker does to the outbox. Each change is one conditional statement, so any number of servers may work on one. */
export interface Outbox {
  /** The mail longest due; undefined when none is due or others were quicker. */
  claim(now: number): Promise<ClaimedMail | undefined>
  /** Holds on to a mail for another lease; undefined once it is no longer ours. */
  renew(mail: ClaimedMail, now: number): Promise<ClaimedMail | undefined>
  /** Each of these is true when the mail was still waiting for it. */
  accept(mail: ClaimedMail, now: number): Promise<boolean>
  bounce(mail: ClaimedMail, failure: string): Promise<boolean>
  defer(mail: ClaimedMail, failure: string, nextAttemptAt: number): Promise<boolean>
  /** Gives up on mails whose time is over, and on those that have lost too many workers (`worker-lost`). */
  expire(now: number): Promise<readonly { readonly id: string; readonly caseId: string | null; readonly failure: string | null }[]>
}

/** Long enough for a late heartbeat, short enough that a mail whose worker was killed goes out while someone waits for it. */
export const lease = 15 * second
/**
 * Beyond what a server that is restarted over and over loses of an innocent mail: one that has been lost is sent alone, so
 * that only what kills its worker by itself comes so far.
 */
export const mostLostWorkers = 10

export function createOutbox(store: Store): Outbox {
  const waiting = (mail: ClaimedMail) => store.updateTable('outbox').where('id', '=', mail.id).where('state', '=', 'queued')
  const held = (mail: ClaimedMail) => waiting(mail).where('claimed_until', '=', mail.claimedUntil)
  const changed = ({ numUpdatedRows }: { readonly numUpdatedRows: bigint }) => numUpdatedRows === 1n

  return {
    async claim(now) {
      const due = await store
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'queued')
        .where('next_attempt_at', '<=', now)
        .where('expires_at', '>', now)
        .where((row) => row.or([row('claimed_until', 'is', null), row('claimed_until', '<=', now)]))
        .where(isLetGo)
        .orderBy('next_attempt_at')
        .orderBy('id')
        .limit(20)
        .execute()
      for (const { id } of due) {
        const row = await store
          .updateTable('outbox')
          // Claimed still: whoever had it never came back.
          .set((it) => ({
            claimed_until: now + lease,
            lost_workers: it.case().when('claimed_until', 'is not', null).then(it('lost_workers', '+', 1)).else(it.ref('lost_workers')).end(),
          }))
          .where('id', '=', id)
          .where('state', '=', 'queued')
          .where('next_attempt_at', '<=', now)
          .where((it) => it.or([it('claimed_until', 'is', null), it('claimed_until', '<=', now)]))
          .where(isLetGo)
          .returning(['id', 'case_id', 'message', 'attempts', 'created_at', 'lost_workers'])
          .executeTakeFirst()
        if (!row?.message) continue
        return { id, caseId: row.case_id, sealed: row.message, attempts: row.attempts, createdAt: row.created_at, claimedUntil: now + lease, lostWorkers: row.lost_workers }
      }
      return undefined
    },

    async renew(mail, now) {
      const claimedUntil = Math.max(now + lease, mail.claimedUntil)
      const result = await held(mail).set({ claimed_until: claimedUntil }).executeTakeFirst()
      return changed(result) ? { ...mail, claimedUntil } : undefined
    },

    // Whoever holds it now: a server has answered 250, and that is so. The body has done its work and is wiped.
    async accept(mail, now) {
      const result = await waiting(mail)
        .set((row) => ({ state: 'accepted', accepted_at: now, attempts: row('attempts', '+', 1), message: null, claimed_until: null, failure: null }))
        .executeTakeFirst()
      return changed(result)
    },

    async bounce(mail, failure) {
      const result = await held(mail)
        .set((row) => ({ state: 'bounced', attempts: row('attempts', '+', 1), message: null, claimed_until: null, failure }))
        .executeTakeFirst()
      return changed(result)
    },

    async defer(mail, failure, nextAttemptAt) {
      const result = await held(mail)
        .set((row) => ({ attempts: row('attempts', '+', 1), next_attempt_at: nextAttemptAt, claimed_until: null, failure, lost_workers: 0 }))
        .executeTakeFirst()
      return changed(result)
    },

    async expire(now) {
      const rows = await store
        .updateTable('outbox')
        .set((row) => ({
          state: 'expired',
          message: null,
          claimed_until: null,
          failure: row.case().when('expires_at', '<=', now).then(row.ref('failure')).else('worker-lost').end(),
        }))
        .where('state', '=', 'queued')
        // Whoever claimed it last is lost, too.
        .where((row) => row.or([row('expires_at', '<=', now), row.and([row('claimed_until', 'is not', null), row('lost_workers', '>=', mostLostWorkers - 1)])]))
        // One on its way may yet be accepted.
        .where((row) => row.or([row('claimed_until', 'is', null), row('claimed_until', '<=', now)]))
        .returning(['id', 'case_id as caseId', 'failure'])
        .execute()
      return rows
    },
  }
}
