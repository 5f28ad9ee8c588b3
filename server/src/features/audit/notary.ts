import { minute, second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { errorKind } from '../../error-kind.ts'
import type { Work } from '../../database/store.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { chainLog, createHeadKeys, headHash, noHash, scanLog, type UnsignedHead } from './heads.ts'
import { merkleRoot } from './merkle.ts'
import { scanLeaf } from './scan-log.ts'

/** Signs what the logs hold: batches of scans as Merkle roots, the chain of decisions at its newest entry. */
export interface Notary {
  start(): void
  stop(): Promise<void>
  /** Signs all there is to sign now. */
  seal(): Promise<void>
}

const lookEvery = second
/** A batch closes when it is full, or when its oldest scan has waited this long. */
const fullBatch = 512
const longestWait = 5 * second
/** A server gone for so long has its scans batched by the others. */
const goneAfter = minute
const chainEvery = minute
/** Entries of the chain that are signed before their minute is over. */
const fullChain = 1000

export function createNotary(core: Core): Notary {
  const keys = createHeadKeys(core.secrets)
  let timer: NodeJS.Timeout | undefined
  let rounds: Promise<void> = Promise.resolve()
  let waiting = false

  const lastHead = (work: Work, log: string) =>
    work.selectFrom('log_head').selectAll().where('log', '=', log).orderBy('number', 'desc').limit(1).executeTakeFirst()

  /** False when another server was quicker; the database's key on (log, number) decides. */
  async function insertHead(work: Work, head: UnsignedHead): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await work
      .insertInto('log_head')
      .values(keys.sign(head))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }

  /** Scans that wait become leaves with a place, and a signed root, or none of it. */
  async function sealBatch(serverId: string): Promise<boolean> {
    return inUnit(core, async ({ work, now }) => {
      const pending = work.selectFrom('scan_pending').select('scan_id').where('server_id', '=', serverId)
      const scans = await work.selectFrom('scan').selectAll().where('id', 'in', pending).orderBy('at').orderBy('id').limit(fullBatch).execute()
      if (scans.length === 0) return false
      const before = await lastHead(work, scanLog(serverId))
      const from = (before?.to_seq ?? 0) + 1
      const leaves = scans.map((scan, i) => ({ server_id: serverId, seq: from + i, scan_id: scan.id, hash: scanLeaf(scan) }))
      const signed = await insertHead(work, {
        log: scanLog(serverId),
        number: (before?.number ?? 0) + 1,
        from_seq: from,
        to_seq: from + leaves.length - 1,
        at: now,
        root: merkleRoot(leaves.map(({ hash }) => hash)),
        previous_hash: before ? headHash(before) : noHash,
      })
      if (!signed) return false
      await work.insertInto('scan_leaf').values(leaves).execute()
      await work.deleteFrom('scan_pending').where('scan_id', 'in', scans.map(({ id }) => id)).execute()
      return true
    })
  }

  async function sealChain(due: (head: { at: number; to: number } | undefined, newest: number) => boolean): Promise<void> {
    await inUnit(core, async ({ work, now }) => {
      const newest = await work.selectFrom('audit_entry').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
      const before = await lastHead(work, chainLog)
      if (!newest || newest.seq <= (before?.to_seq ?? 0)) return
      if (!due(before && { at: before.at, to: before.to_seq }, newest.seq)) return
      await insertHead(work, {
        log: chainLog,
        number: (before?.number ?? 0) + 1,
        from_seq: (before?.to_seq ?? 0) + 1,
        to_seq: newest.seq,
        at: now,
        root: newest.hash,
        previous_hash: before ? headHash(before) : noHash,
      })
    })
  }

  async function sealScans(dueAt: (serverId: string) => number): Promise<void> {
    const lines = await core.store
      .selectFrom('scan_pending')
      .select((row) => ['server_id', row.fn.min('at').as('oldest'), row.fn.countAll().as('waiting')])
      .groupBy('server_id')
      .execute()
    for (const { server_id: serverId, oldest, waiting: count } of lines) {
      const full = serverId === core.serverId && Number(count) >= fullBatch
      if (!full && Number(oldest) > dueAt(serverId)) continue
      for (let left = Number(count); left > 0 && (await sealBatch(serverId)); ) left -= fullBatch
    }
  }

  async function round(): Promise<void> {
    const now = core.clock.now()
    await sealScans((serverId) => now - (serverId === core.serverId ? longestWait : goneAfter))
    await sealChain((head, newest) => !head || head.at <= now - chainEvery || newest - head.to >= fullChain)
  }

  /** Rounds follow one another; what fails is tried again at the next. */
  function look(): void {
    if (waiting) return
    waiting = true
    rounds = rounds.then(async () => {
      waiting = false
      await round().catch((error: unknown) => core.log.error({ kind: errorKind(error) }, 'the logs could not be signed'))
    })
  }

  return {
    start() {
      timer = setInterval(look, lookEvery)
      timer.unref()
      look()
    },
    async stop() {
      clearInterval(timer)
      await rounds
    },
    async seal() {
      await rounds
      await sealScans(() => Number.MAX_SAFE_INTEGER)
      await sealChain(() => true)
    },
  }
}
