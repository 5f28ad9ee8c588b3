import { templateModel } from '@ikd/face'
import type { Core } from '../../core.ts'
import type { AbisClient } from './abis.ts'
import { openTemplate } from '../templates/service.ts'

/** Keeps the search in step with the table: everything at the start, then the changes in the order of their commits. */
export interface Feed {
  /** Whether everything has been read. */
  isReady(): boolean
  /** Reads everything; resolves when it can be searched. The server answers meanwhile. */
  load(): Promise<void>
  /** Everything committed before the call can be searched afterwards. Waits for a load that is under way. */
  catchUp(): Promise<void>
  /** Enrolled templates of another model, or damaged ones, with which nothing can be compared. */
  countNotComparable(): number
  stop(): void
}

/** Opened in one go on the server's own thread: some milliseconds. */
const pageSize = 200
const reportEvery = 20_000

const columns = ['capture_id', 'case_id', 'resident_id', 'model', 'sealed'] as const

export function createFeed(core: Pick<Core, 'store' | 'envelope' | 'log'>, abis: AbisClient): Feed {
  const notComparable = new Set<string>()
  let readTo: number | undefined
  let losses = 0
  let steps: Promise<void> = Promise.resolve()
  let stopped = false

  const stopListening = abis.whenLost(() => {
    readTo = undefined
    losses++
    core.log.warn({}, 'the search among templates has lost them; they are read anew')
  })

  type Row = Parameters<typeof openTemplate>[1]

  async function enrol(rows: readonly Row[]): Promise<void> {
    const entries = []
    for (const row of rows) {
      if (row.model !== templateModel) {
        notComparable.add(row.capture_id)
        continue
      }
      try {
        const { id, residentId, template } = openTemplate(core, row)
        entries.push({ id, subject: residentId, template })
      } catch {
        // One that was tampered with must not keep all others from being searched.
        notComparable.add(row.capture_id)
        core.log.error({ template: row.capture_id }, 'a template cannot be opened')
      }
    }
    await abis.enrol(entries)
  }

  async function readAll(): Promise<void> {
    const [began, lossesBefore] = [performance.now(), losses]
    // Read first: what changes during the load is read once more, which does no harm.
    const { seq } = await core.store.selectFrom('template_change').select((row) => row.fn.max('seq').as('seq')).executeTakeFirstOrThrow()
    notComparable.clear()
    let [last, count] = ['', 0]
    while (!stopped) {
      const rows = await core.store
        .selectFrom('face_template')
        .select(columns)
        .where('enrolled_at', 'is not', null)
        .where('capture_id', '>', last)
        .orderBy('capture_id')
        .limit(pageSize)
        .execute()
      if (rows.length === 0) break
      await enrol(rows)
      last = rows.at(-1)?.capture_id ?? last
      count += rows.length
      if (count % reportEvery < pageSize) core.log.info({ templates: count }, 'templates are being read')
      // On SQLite nothing above gives the thread back.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (losses !== lossesBefore) throw new Error('templates were lost while they were read')
    readTo = Number(seq ?? 0)
    if (count > 0) core.log.info({ templates: count, notComparable: notComparable.size, ms: Math.round(performance.now() - began) }, 'templates can be searched')
    if (notComparable.size > 0) core.log.warn({ notComparable: notComparable.size }, 'templates of another model, or damaged, cannot be searched')
  }

  async function readChanges(): Promise<void> {
    for (;;) {
      const changes = await core.store
        .selectFrom('template_change')
        .select(['seq', 'template_id'])
        .where('seq', '>', readTo ?? 0)
        .orderBy('seq')
        .limit(pageSize)
        .execute()
      if (changes.length === 0) return
      const ids = [...new Set(changes.map((change) => change.template_id))]
      const rows = await core.store.selectFrom('face_template').select(columns).where('capture_id', 'in', ids).where('enrolled_at', 'is not', null).execute()
      const there = new Set(rows.map((row) => row.capture_id))
      const gone = ids.filter((id) => !there.has(id))
      await enrol(rows)
      await abis.remove(gone)
      for (const id of gone) notComparable.delete(id)
      readTo = Number(changes.at(-1)?.seq)
    }
  }

  /** One after the other, whoever asks. */
  function next(step: () => Promise<void>): Promise<void> {
    const done = steps.then(step)
    steps = done.catch(() => undefined)
    return done
  }

  return {
    isReady: () => readTo !== undefined,
    load: () => next(async () => (readTo === undefined ? readAll() : undefined)),
    catchUp: () =>
      next(async () => {
        if (readTo === undefined) await readAll()
        if (!stopped) await readChanges()
      }),
    countNotComparable: () => notComparable.size,
    stop() {
      stopped = true
      stopListening()
    },
  }
}
