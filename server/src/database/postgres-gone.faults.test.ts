import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeTestClient, raiseTestApp, signIn, type TestApp, type TestClient } from '../testing/app.ts'
import { testsOnPostgres } from '../testing/database.ts'
import { reportFigure } from '../testing/figures.ts'
import { asAdministrator, type Postgres, startPostgres } from '../testing/postgres.ts'

const programs = process.env['IKD_POSTGRES_PROGRAMS']

describe.runIf(testsOnPostgres && programs !== undefined)('a server whose PostgreSQL goes away', () => {
  let postgres: Postgres
  let test: TestApp
  let desk: TestClient
  let token: string
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '')
    test = await raiseTestApp({ database: await postgres.createDatabase('ikd'), databasePatience: 1_000 })
    desk = makeTestClient(test)
    token = await signIn(desk, 'supervisor.satu', 'satu-kode-0')
  })
  afterAll(async () => {
    await test.close()
    await postgres.stop()
  })

  const openCase = async (idempotencyKey: string) => {
    const { id: residentId } = await test.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
    return { method: 'POST', path: routes.cases.open.path, token, idempotencyKey, body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' } } as const
  }
  const cases = async () => (await test.store.selectFrom('desk_case').select('id').execute()).length
  const health = async () => (await test.app.inject({ method: 'GET', url: '/health' })).statusCode

  it('says busy, acknowledges nothing, and goes on by itself when it is back; the request sent again is done once', async () => {
    for (let round = 1; round <= 3; round++) {
      const before = await cases()
      const request = await openCase(randomUUID())
      await postgres.kill()
      expect(await health()).toBe(503)
      expect(await desk.send(request)).toMatchObject({ status: 503, body: { code: 'busy' }, headers: { 'retry-after': '2' } })
      await postgres.start()
      const began = performance.now()
      await vi.waitFor(async () => expect(await health()).toBe(200), { timeout: 20_000, interval: 20 })
      reportFigure(`PostgreSQL killed and started again: served again after ${Math.round(performance.now() - began)} ms`)
      const done = await desk.send(request)
      expect(done.status).toBe(201)
      expect((await desk.send(request)).body['id']).toBe(done.body['id'])
      expect(await cases()).toBe(before + 1)
    }
  })

  it('killed with requests on the way, has done what it acknowledged, and what it did not acknowledge once or not at all', async () => {
    const requests = await Promise.all(Array.from({ length: 12 }, () => openCase(randomUUID())))
    const before = await cases()
    const answers = Promise.all(requests.map((request) => desk.send(request)))
    await new Promise((resolve) => setTimeout(resolve, 30))
    await postgres.kill()
    const acknowledged = (await answers).filter(({ status }) => status === 201)
    await postgres.start()
    await vi.waitFor(async () => expect(await health()).toBe(200), { timeout: 20_000, interval: 20 })
    for (const { body } of acknowledged) {
      expect(await test.store.selectFrom('desk_case').select('id').where('id', '=', String(body['id'])).execute()).toHaveLength(1)
    }
    for (const request of requests) expect((await desk.send(request)).status).toBe(201)
    expect(await cases()).toBe(before + requests.length)
  })

  it('and comes back with commits that a crash could take, gets no new connection', async () => {
    await asAdministrator(postgres.url('postgres'), (client) => client.query('alter system set synchronous_commit = off'))
    await postgres.kill()
    await postgres.start()
    expect(await desk.send({ method: 'GET', path: routes.cases.list.path, token })).toMatchObject({ status: 503, body: { code: 'storage-unavailable' } })
    await asAdministrator(postgres.url('postgres'), async (client) => {
      await client.query('alter system reset synchronous_commit')
      await client.query('select pg_reload_conf()')
    })
    await vi.waitFor(async () => expect(await health()).toBe(200), { timeout: 20_000, interval: 50 })
  })
})
