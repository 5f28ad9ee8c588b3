import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { second } from './clock.ts'
import type { Log } from './core.ts'
import { createSignals, type Signal, type Signals } from './signals.ts'

/** Signals over all servers of the database, or within this process when the database is a file of its own. */
export function openSignals(database: string, log: Log): Promise<Signals> {
  return database.startsWith('sqlite:') ? Promise.resolve(createSignals()) : openSharedSignals(database, log)
}

const channel = 'ikd_signals'
const pauses = [100, 500, second, 2 * second, 5 * second]
/** How often a connection that may have died without a word is asked for a sign of life. */
const pulse = 15 * second
const answerWithin = 5 * second

/** What goes over the wire: ids only. `gap`: the sender could not tell what happened meanwhile. */
type Message = { readonly from: string; readonly topic: string; readonly signal: Signal } | { readonly from: string; readonly gap: true }

/** Resolves after the first attempt to connect; without a connection it works within this process, and goes on trying. */
async function openSharedSignals(database: string, log: Log): Promise<Signals> {
  const own = randomUUID()
  const local = createSignals()
  let client: pg.Client | undefined
  let closed = false
  let failures = 0
  /** Something was published while nobody could be told. */
  let untold = false
  let retry: NodeJS.Timeout | undefined

  function send(message: Message): void {
    if (!client) {
      untold = true
      return
    }
    client.query('select pg_notify($1, $2)', [channel, JSON.stringify(message)]).catch(() => {
      untold = true
    })
  }

  function receive(payload: string | undefined): void {
    const message = JSON.parse(payload ?? '') as Message
    if (message.from === own) return
    if ('gap' in message) local.missed()
    else local.publish(message.topic, message.signal)
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: database, application_name: 'ikd signals', keepAlive: true, connectionTimeoutMillis: answerWithin, query_timeout: answerWithin })
    let lost = false
    const lose = (): void => {
      if (lost) return
      lost = true
      clearInterval(beat)
      if (client === fresh) client = undefined
      fresh.end().catch(() => undefined)
      if (closed) return
      const pause = pauses[Math.min(failures++, pauses.length - 1)] as number
      // Servers that lost the same database do not come back in step.
      retry = setTimeout(() => void connect(), pause * (0.5 + Math.random()))
    }
    const beat = setInterval(() => fresh.query('select 1').catch(lose), pulse)
    fresh.on('error', lose)
    fresh.on('end', lose)
    fresh.on('notification', ({ payload }) => receive(payload))
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
    } catch (error) {
      log.warn({ kind: error instanceof Error ? error.name : 'unknown', failures }, 'signals between servers are down')
      return lose()
    }
    if (closed) return void fresh.end().catch(() => undefined)
    client = fresh
    if (failures > 0) local.missed()
    failures = 0
    if (untold) {
      untold = false
      send({ from: own, gap: true })
    }
  }

  await connect()
  return {
    ...local,
    publish(topic, signal) {
      local.publish(topic, signal)
      send({ from: own, topic, signal })
    },
    async close() {
      closed = true
      clearTimeout(retry)
      await client?.end().catch(() => undefined)
    },
  }
}
