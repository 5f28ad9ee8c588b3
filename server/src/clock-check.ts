import { sql } from 'kysely'
import { minute, second } from './clock.ts'
import type { Core } from './core.ts'
import { isPostgres } from './database/store.ts'
import { errorKind } from './error-kind.ts'

/**
 * What this server's clock is worth. `unchecked`: there is no other clock to compare with, as on SQLite, which has this
 * machine's own; only one that has gone back behind what is recorded is seen there.
 */
export interface ClockView {
  readonly clock: 'right' | 'off' | 'unchecked'
  /** Seconds this server is ahead (negative: behind), as far as is known. */
  readonly clockAheadSeconds?: number
}

export interface ClockCheck {
  view(): ClockView
  look(): Promise<void>
  start(): void
  /** Resolves once the look under way is over. */
  stop(): Promise<void>
}

/** As far as a QR forgives (`presentations/freshness.ts`); beyond it people are refused for our clock's sake. */
const tolerance = minute
const lookEvery = minute
/** An answer that took longer says too little about when it was given. */
const longestRoundTrip = 5 * second

/**
 * Everything here dies, is counted and is signed by this server's clock. A minute off, fresh QRs of other servers are
 * refused; hours off, links and codes live too long or never. So it is compared with the database's, which all servers of a
 * service share, and with the newest entry of the record; what differs is said in `/health` and, when it changes, in the log.
 */
export function createClockCheck(core: Pick<Core, 'store' | 'clock' | 'log'>): ClockCheck {
  let view: ClockView = { clock: 'unchecked' }
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  /** Ms we are ahead of the database's clock; undefined where it has none of its own, or answers too slowly. */
  async function findAhead(): Promise<number | undefined> {
    if (!isPostgres(core.store)) return undefined
    const [asked, began] = [core.clock.now(), performance.now()]
    const { rows } = await sql<{ at: number }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as at`.execute(core.store)
    const took = performance.now() - began
    const [row] = rows
    return row && took <= longestRoundTrip ? asked + took / 2 - row.at : undefined
  }

  /** Ms we are behind what some server, perhaps this one before its clock was set, has recorded already. */
  async function findBehindRecord(): Promise<number> {
    const newest = await core.store.selectFrom('audit_entry').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst()
    return newest ? newest.at - core.clock.now() : 0
  }

  async function measure(): Promise<ClockView> {
    const behind = await findBehindRecord()
    const ahead = (await findAhead()) ?? (behind > tolerance ? -behind : undefined)
    if (ahead === undefined) return { clock: 'unchecked' }
    const isOff = Math.abs(ahead) > tolerance
    return { clock: isOff ? 'off' : 'right', ...(isOff ? { clockAheadSeconds: Math.round(ahead / second) } : {}) }
  }

  async function look(): Promise<void> {
    try {
      const before = view.clock
      view = await measure()
      if (view.clock === before) return
      if (view.clock === 'off') core.log.error({ aheadSeconds: view.clockAheadSeconds }, 'this server’s clock is off: set it, or people are refused')
      else if (before === 'off') core.log.warn({}, 'this server’s clock is right again')
    } catch (error) {
      // That the database does not answer is said elsewhere; what was seen last may no longer hold.
      view = { clock: 'unchecked' }
      core.log.warn({ kind: errorKind(error) }, 'the clock could not be compared')
    }
  }

  return {
    view: () => view,
    look,
    start() {
      timer = setInterval(() => void (looking = looking.then(look)), lookEvery)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
