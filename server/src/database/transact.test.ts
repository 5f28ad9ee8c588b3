import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase, testsOnPostgres } from '../testing/database.ts'
import { findStorageFailure, OverlongUnitError } from './failures.ts'
import { StoreAskedInUnitError } from './open-unit.ts'
import { openStore, type Store, type Work } from './store.ts'
import { transact, undoRefused } from './transact.ts'

let database: TestDatabase
let here: Store
let there: Store
beforeAll(async () => {
  database = await createTestDatabase()
  ;[here, there] = [await openStore(database.url), await openStore(database.url)]
  for (const challenge of ['a', 'b']) await here.insertInto('captcha_spent').values({ challenge, expires_at: 0 }).execute()
})
afterAll(async () => {
  await here.destroy()
  await there.destroy()
  await database.drop()
})

/** Both have come so far. Whoever comes a second time, because they began anew, is not waited for again. */
function meeting(size: number): () => Promise<void> {
  let arrived = 0
  let open = () => {}
  const all = new Promise<void>((resolve) => (open = resolve))
  return () => {
    if (++arrived >= size) open()
    return all
  }
}

const add = (work: Work, challenge: string) =>
  work.updateTable('captcha_spent').set((row) => ({ expires_at: row('expires_at', '+', 1) })).where('challenge', '=', challenge).execute()

const read = async () => Object.fromEntries((await here.selectFrom('captcha_spent').selectAll().execute()).map((row) => [row.challenge, row.expires_at]))

describe('a transaction', () => {
  it.runIf(testsOnPostgres)('that locks what another waits for, and the other way round, begins anew: both are done, once', async () => {
    const met = meeting(2)
    let runs = 0
    const change = (first: string, second: string) => async (work: Work) => {
      runs++
      await add(work, first)
      await met()
      await add(work, second)
    }
    await Promise.all([transact(here, change('a', 'b')), transact(there, change('b', 'a'))])
    expect(await read()).toMatchObject({ a: 2, b: 2 })
    expect(runs).toBe(3)
  })

  it('that finds a key taken by somebody faster begins anew and sees it', async () => {
    const met = meeting(testsOnPostgres ? 2 : 1)
    const claim = (who: string) => async (work: Work) => {
      const taken = await work.selectFrom('captcha_spent').select('expires_at').where('challenge', '=', 'prize').executeTakeFirst()
      await met()
      if (taken) return `${who} found it taken`
      await work.insertInto('captcha_spent').values({ challenge: 'prize', expires_at: 1 }).execute()
      return `${who} took it`
    }
    const outcomes = await Promise.all([transact(here, claim('here')), transact(there, claim('there'))])
    expect(outcomes.filter((outcome) => outcome.endsWith('took it'))).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome.endsWith('found it taken'))).toHaveLength(1)
  })

  it('that breaks a unique key by its own fault fails, and leaves nothing', async () => {
    const failing = transact(here, async (work) => {
      await work.insertInto('captcha_spent').values({ challenge: 'left behind', expires_at: 1 }).execute()
      await work.insertInto('captcha_spent').values({ challenge: 'a', expires_at: 1 }).execute()
    })
    await expect(failing).rejects.toThrow(/unique/i)
    expect(await read()).not.toHaveProperty('left behind')
  })

  it('counts one by one with many at the same time', async () => {
    await here.insertInto('captcha_spent').values({ challenge: 'count', expires_at: 0 }).execute()
    await Promise.all(Array.from({ length: 40 }, (_, i) => transact(i % 2 ? here : there, (work) => add(work, 'count'))))
    expect(await read()).toMatchObject({ count: 40 })
  })

  it('that is refused by a rule is not tried again', async () => {
    let runs = 0
    await expect(
      transact(here, async () => {
        runs++
        throw new Error('a rule says no')
      }),
    ).rejects.toThrow('a rule says no')
    expect(runs).toBe(1)
  })
})

describe('an act that is refused within a transaction', () => {
  const attempt = (name: string, refusal: DomainError | Error) =>
    transact(here, async (work) => {
      await work.insertInto('captcha_spent').values({ challenge: `${name} before`, expires_at: 1 }).execute()
      return undoRefused(work, async () => {
        await work.insertInto('captcha_spent').values({ challenge: `${name} within`, expires_at: 1 }).execute()
        throw refusal
      })
    })

  it('is undone, and what came before it stays', async () => {
    expect(await attempt('no', new DomainError('suspension-needless'))).toMatchObject({ code: 'suspension-needless' })
    expect(await read()).toHaveProperty('no before')
    expect(await read()).not.toHaveProperty('no within')
  })

  it('takes all with it when it was not refused but failed, or could not be done now', async () => {
    for (const reason of [new Error('broken'), new DomainError('busy')]) await expect(attempt('broken', reason)).rejects.toBe(reason)
    expect(await read()).not.toHaveProperty('broken before')
  })
})

describe('while a unit of work is open', () => {
  it('nothing in it reaches the store but through the unit: it is told so at once, and nothing of it is kept', async () => {
    const asking = transact(here, async (work) => {
      await work.insertInto('captcha_spent').values({ challenge: 'asked beside', expires_at: 1 }).execute()
      await here.selectFrom('captcha_spent').select('challenge').execute()
    })
    await expect(asking).rejects.toBeInstanceOf(StoreAskedInUnitError)
    expect(await read()).not.toHaveProperty('asked beside')
  })

  it('no second unit begins in it, of this store or of another', async () => {
    for (const store of [here, there]) await expect(transact(here, () => transact(store, async () => 1))).rejects.toBeInstanceOf(StoreAskedInUnitError)
  })

  it('others ask as they like, and what it has begun asks once it is over', async () => {
    const { promise: open, resolve: opened } = Promise.withResolvers<void>()
    const count = (store: Store) => store.selectFrom('captcha_spent').select('challenge').execute().then((rows) => rows.length)
    const others = open.then(() => count(there))
    let later = Promise.resolve(0)
    await transact(here, async () => {
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => count(here))
      opened()
      await others
    })
    expect(await others).toBeGreaterThan(0)
    expect(await later).toBeGreaterThan(0)
  })
})

describe('a unit of work that does not end', () => {
  it('is rolled back when its life is over; the store goes on, and what comes late writes nothing', async () => {
    const { promise: hangs, resolve: goOn } = Promise.withResolvers<void>()
    let late: Promise<unknown> = Promise.resolve()
    const stuck = transact(
      here,
      (work) => {
        late = work
          .insertInto('captcha_spent')
          .values({ challenge: 'stuck', expires_at: 1 })
          .execute()
          .then(() => hangs)
          .then(() => work.insertInto('captcha_spent').values({ challenge: 'late', expires_at: 1 }).execute())
        late.catch(() => undefined)
        return late
      },
      { life: 100 },
    )
    const next = transact(here, (work) => add(work, 'a'))
    await expect(stuck).rejects.toBeInstanceOf(OverlongUnitError)
    await next
    goOn()
    await expect(late).rejects.toThrow('after its end')
    for (const challenge of ['stuck', 'late']) expect(await read()).not.toHaveProperty(challenge)
  })

  it('says busy to whoever waited behind it, and not for ever', async () => {
    expect(findStorageFailure(new OverlongUnitError(1))).toBe('busy')
    const impatient = await openStore(database.url, { patience: 100, pool: 1 })
    const { promise: hangs, resolve: goOn } = Promise.withResolvers<void>()
    const holding = transact(impatient, async (work) => {
      await add(work, 'a')
      await hangs
    })
    const waiting = Array.from({ length: 5 }, () => impatient.selectFrom('captcha_spent').select('challenge').execute())
    for (const { status, ...rest } of await Promise.allSettled(waiting)) {
      expect(status).toBe('rejected')
      expect(findStorageFailure((rest as PromiseRejectedResult).reason)).toBe('busy')
    }
    goOn()
    await holding
    await impatient.selectFrom('captcha_spent').select('challenge').execute()
    await impatient.destroy()
  })
})

it('is begun in one place: a transaction made elsewhere would have neither guard nor life', () => {
  const source = join(import.meta.dirname, '..')
  const places = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(path) && !path.startsWith('testing'))
    .filter((path) => /\.(transaction|startTransaction|connection)\(\)/.test(readFileSync(join(source, path), 'utf8')))
  expect(places.map((path) => path.replaceAll('\\', '/'))).toEqual(['database/transact.ts'])
})
