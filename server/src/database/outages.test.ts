import { randomUUID } from 'node:crypto'
import { defineRoute } from '@ikd/contract'
import Database from 'better-sqlite3'
import Fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { problems } from '../plugins/problems.ts'
import { createRegistrar } from '../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../testing/core.ts'
import { testsOnPostgres } from '../testing/database.ts'
import { asAdministrator } from '../testing/postgres.ts'

const patience = 300
const connections = 4
const note = defineRoute({
  id: 'test.note',
  method: 'POST',
  path: '/note',
  access: ['public'],
  summary: 'Keeps a text',
  body: Type.Object({ text: Type.String() }),
  answer: Type.Object({ kept: Type.String() }),
})

let core: TestCore
let app: FastifyInstance
beforeAll(async () => {
  core = await createTestCore({ config: { databasePatience: patience, databasePool: connections } })
  app = Fastify()
  await app.register(problems)
  createRegistrar(app, core, async () => ({ caller: { kind: 'public' }, mayGoOn: async () => true })).write(note, {
    async execute({ body }, { work }) {
      await work.insertInto('captcha_spent').values({ challenge: body.text, expires_at: 1 }).execute()
      return body.text
    },
    answer: async (_, kept) => ({ kept }),
  })
})
afterAll(async () => {
  await app.close()
  await core.close()
})

interface Answer {
  readonly status: number
  readonly code: string | undefined
  readonly retryAfter: unknown
}

async function keep(text: string, key: string = randomUUID()): Promise<Answer> {
  const answer = await app.inject({ method: 'POST', url: '/note', headers: { 'idempotency-key': key }, payload: { text } })
  return { status: answer.statusCode, code: (answer.json() as { code?: string }).code, retryAfter: answer.headers['retry-after'] }
}

async function isKept(text: string): Promise<boolean> {
  return (await core.store.selectFrom('captcha_spent').select('challenge').where('challenge', '=', text).execute()).length === 1
}

const kept: Answer = { status: 200, code: undefined, retryAfter: undefined }
const busy: Answer = { status: 503, code: 'busy', retryAfter: '2' }
const unavailable: Answer = { status: 503, code: 'storage-unavailable', retryAfter: '60' }
const administer = (statement: string) => asAdministrator(core.config.database, (client) => client.query(statement))
/** Connections take up new defaults when they are made anew. */
const reconnect = () => administer('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
/** Until the pool has noticed that its connections are gone, and made new ones. */
const reconnected = async () => {
  await reconnect()
  const ask = () => Promise.all(Array.from({ length: connections }, () => sql`select 1`.execute(core.store)))
  await vi.waitFor(ask, { timeout: 5_000 })
}

/** Nothing is acknowledged while it lasts, and the same request is done once it is over. */
async function survive(answer: Answer, begin: () => Promise<unknown>, end: () => Promise<unknown>): Promise<void> {
  const [text, key] = [randomUUID(), randomUUID()]
  await begin()
  try {
    expect(await keep(text, key)).toEqual(answer)
  } finally {
    await end()
  }
  expect(await isKept(text)).toBe(false)
  expect(await keep(text, key)).toEqual(kept)
  expect(await isKept(text)).toBe(true)
  expect(await keep(text, key), 'and a retry is answered, not done again').toEqual(kept)
}

describe('a database that', () => {
  it('is locked by another process makes requests wait asleep, then say busy, all of them at once', async () => {
    const holder = await holdLock()
    let ticks = 0
    const timer = setInterval(() => ticks++, 10)
    const began = performance.now()
    await survive(
      busy,
      async () => {
        const answers = await Promise.all(Array.from({ length: 20 }, () => keep(randomUUID())))
        expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['busy']))
      },
      () => holder.release(),
    )
    clearInterval(timer)
    // Twenty in a queue have not waited one after another, and the process has not stood still meanwhile.
    expect(performance.now() - began).toBeLessThan(10 * patience)
    expect(ticks).toBeGreaterThan(5)
  })

  it('is locked for a moment only is waited for', async () => {
    const holder = await holdLock()
    setTimeout(() => void holder.release(), patience / 3)
    expect(await keep(randomUUID())).toEqual(kept)
  })

  it('is read-only is told as such', async () => {
    const name = new URL(core.config.database).pathname.slice(1)
    await survive(
      unavailable,
      async () => {
        if (!testsOnPostgres) return sql`pragma query_only = on`.execute(core.store)
        await administer(`alter database ${name} set default_transaction_read_only = on`)
        return reconnected()
      },
      async () => {
        if (!testsOnPostgres) return sql`pragma query_only = off`.execute(core.store)
        await asAdministrator(core.config.database, async (client) => {
          await client.query('set default_transaction_read_only = off')
          await client.query(`alter database ${name} reset default_transaction_read_only`)
        })
        return reconnected()
      },
    )
  })

  it.runIf(!testsOnPostgres)('is full is told as such', async () => {
    const most = (pages: number) => sql`pragma max_page_count = ${sql.raw(String(pages))}`.execute(core.store)
    const { rows: [size] } = await sql<{ page_count: number }>`pragma page_count`.execute(core.store)
    const filler = 'x'.repeat(20_000)
    await survive(
      unavailable,
      async () => {
        await most(size?.page_count ?? 0)
        // What is left of the last pages goes first, in large pieces and in small ones.
        for (const piece of [filler, '']) for (let i = 0; i < 300 && (await keep(`${randomUUID()}${piece}`)).status === 200; i++);
      },
      () => most(1_000_000),
    )
  })

  it.runIf(testsOnPostgres)('throws its connections away is found again by the next request', async () => {
    expect(await keep(randomUUID())).toEqual(kept)
    await reconnect()
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(await keep(randomUUID())).toEqual(kept)
  })

  it.runIf(testsOnPostgres)('throws a connection away in the middle of a transaction has kept nothing of it', async () => {
    const text = randomUUID()
    const failing = core.store.transaction().execute(async (work) => {
      await work.insertInto('captcha_spent').values({ challenge: text, expires_at: 1 }).execute()
      await reconnect()
      await work.insertInto('captcha_spent').values({ challenge: `${text} 2`, expires_at: 1 }).execute()
    })
    await expect(failing).rejects.toThrow()
    expect(await isKept(text)).toBe(false)
  })

  it.runIf(testsOnPostgres)('has no connection left says busy', async () => {
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    const hogs = Array.from({ length: connections }, () => core.store.transaction().execute(async (work) => {
      await sql`select 1`.execute(work)
      await over
    }))
    await survive(busy, () => new Promise((resolve) => setTimeout(resolve, 50)), async () => {
      end()
      await Promise.all(hogs)
    })
  })
})

/** Another process that writes and does not end. */
async function holdLock(): Promise<{ release(): Promise<void> }> {
  if (!testsOnPostgres) {
    const other = new Database(core.config.database.slice('sqlite:'.length))
    other.exec('begin immediate')
    return {
      async release() {
        other.exec('commit')
        other.close()
      },
    }
  }
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const { promise: held, resolve: hold } = Promise.withResolvers<void>()
  const ended = asAdministrator(core.config.database, async (client) => {
    await client.query('begin; lock table captcha_spent in access exclusive mode')
    hold()
    await over
  })
  await held
  return {
    async release() {
      end()
      await ended
    },
  }
}
