import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { minute, second } from '../../clock.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { testsOnPostgres } from '../../testing/database.ts'
import { type Acts, createActs } from './audit.fixture.ts'
import { createHeadKeys, scanLog } from './heads.ts'
import { createNotary, type Notary } from './notary.ts'
import { verifyAudit } from './verify.ts'

let core: TestCore
let acts: Acts
let endings: (() => Promise<unknown>)[]

beforeEach(async () => {
  core = await createTestCore()
  endings = [() => core.close()]
  acts = await createActs(core)
})
afterEach(async () => {
  for (const end of endings.reverse()) await end()
})

/** Another process on the same database: another server unless it has the same name. */
async function openBeside(serverId: string): Promise<TestCore> {
  const beside = await createTestCore({ config: { database: core.config.database }, secrets: core.secrets, clock: core.clock, serverId })
  endings.push(() => beside.close())
  return beside
}

async function start(on: TestCore): Promise<Notary> {
  const notary = createNotary(on)
  endings.push(() => notary.stop())
  notary.start()
  await notary.stop()
  return notary
}

const report = () => verifyAudit(core.store, createHeadKeys(core.secrets))
const heads = (log: string) => core.store.selectFrom('log_head').select(['from_seq', 'to_seq']).where('log', '=', log).orderBy('number').execute()

describe('a server’s scans', () => {
  test('are batched once the oldest has waited five seconds', async () => {
    await acts.scan(core)
    await acts.scan(core)
    core.clock.advance(5 * second - 3)
    await start(core)
    expect(await report()).toMatchObject({ scans: 0, waiting: 2, findings: [] })
    core.clock.advance(1)
    await start(core)
    expect(await report()).toMatchObject({ scans: 2, waiting: 0, findings: [] })
    expect(await heads(scanLog(core.serverId))).toEqual([{ from_seq: 1, to_seq: 2 }])
  })

  test('that a killed server left behind are batched at its next start', async () => {
    await acts.scan(core)
    core.clock.advance(5 * second)
    const restarted = await openBeside(core.serverId)
    await start(restarted)
    expect(await report()).toMatchObject({ scans: 1, waiting: 0, findings: [] })
  })

  test('of a server that never comes back are batched by another, in the log of the one that made them', async () => {
    const other = await openBeside('server-dua')
    await acts.scan(core)
    core.clock.advance(minute - 2)
    await start(other)
    expect(await report()).toMatchObject({ waiting: 1 })
    core.clock.advance(2)
    await start(other)
    expect(await report()).toMatchObject({ scans: 1, waiting: 0, findings: [] })
    expect(await heads(scanLog(core.serverId))).toHaveLength(1)
    expect(await heads(scanLog('server-dua'))).toEqual([])
  })

  test('enter one batch each, however many processes seal at once', async () => {
    for (let i = 0; i < 10; i++) await acts.scan(core)
    const processes = [core, await openBeside(core.serverId), await openBeside('server-dua')]
    await Promise.all(processes.map((process) => createNotary(process).seal().catch(() => undefined)))
    await createNotary(core).seal()
    expect(await report()).toMatchObject({ scans: 10, waiting: 0, findings: [] })
  })

  test('of a transaction that came to nothing leave no gap', async () => {
    await acts.scan(core)
    await expect(inUnit(core, async ({ work, now }) => {
      const scan = await work.selectFrom('scan').selectAll().executeTakeFirstOrThrow()
      await work.insertInto('scan').values({ ...scan, id: 'nihil', handle: 'nihil' }).execute()
      await core.audit.awaitBatch(work, 'nihil', now)
      throw new Error('came to nothing')
    })).rejects.toThrow('came to nothing')
    await acts.scan(core)
    await createNotary(core).seal()
    expect(await report()).toMatchObject({ scans: 2, waiting: 0, findings: [] })
  })

  test.runIf(testsOnPostgres)('wait neither for another server’s nor for a decision still being written', async () => {
    const other = await openBeside('server-dua')
    await acts.scan(core)
    const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = inUnit(other, async ({ work, now }) => {
      await other.audit.append(work, { at: now, actor: { kind: 'staff', id: 'petugas' }, action: 'case.approved', subject: 'kunjungan' })
      const scan = await work.selectFrom('scan').selectAll().executeTakeFirstOrThrow()
      await work.insertInto('scan').values({ ...scan, id: 'lambat', handle: 'lambat' }).execute()
      await other.audit.awaitBatch(work, 'lambat', now)
      begun.resolve()
      await held.promise
    })
    await begun.promise
    await acts.scan(core)
    await createNotary(core).seal()
    expect(await report()).toMatchObject({ scans: 2, entries: 0 })
    held.resolve()
    await slow
    await createNotary(core).seal()
    expect(await report()).toMatchObject({ scans: 3, entries: 1, waiting: 0, findings: [] })
  })
})

describe('the chain', () => {
  test('is signed at its newest entry, once a minute while it grows', async () => {
    await acts.decide(core, 'satu')
    await start(core)
    await acts.decide(core, 'dua')
    core.clock.advance(minute - 1)
    await start(core)
    expect(await heads('chain')).toEqual([{ from_seq: 1, to_seq: 1 }])
    core.clock.advance(1)
    await start(core)
    core.clock.advance(minute)
    await start(core)
    expect(await heads('chain')).toEqual([{ from_seq: 1, to_seq: 1 }, { from_seq: 2, to_seq: 2 }])
  })
})
