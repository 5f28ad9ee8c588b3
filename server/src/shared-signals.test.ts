import type { AddressInfo } from 'node:net'
import { routes } from '@ikd/contract'
import { afterEach, describe, expect, it, test, vi } from 'vitest'
import type { Log } from './core.ts'
import { sha256 } from './security/digest.ts'
import { openSignals } from './shared-signals.ts'
import type { Signal, Signals } from './signals.ts'
import { makeTestClient, raiseBeside, raiseTestApp, signIn } from './testing/app.ts'
import { createTestDatabase, testsOnPostgres } from './testing/database.ts'
import { asAdministrator } from './testing/postgres.ts'

const silent: Log = { info() {}, warn() {}, error() {} }
let endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.reverse()) await end()
  endings = []
})

async function openTwo(): Promise<{ url: string; here: Signals; there: Signals }> {
  const database = await createTestDatabase()
  endings.push(() => database.drop())
  const [here, there] = [await openSignals(database.url, silent), await openSignals(database.url, silent)]
  endings.push(() => here.close(), () => there.close())
  return { url: database.url, here, there }
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 })

test('a hint reaches who listens on the same server, and nobody on another topic', async () => {
  const { here } = await openTwo()
  const heard: Signal[] = []
  here.subscribe('office:1', (signal) => heard.push(signal))
  here.subscribe('office:2', () => heard.push({ type: 'status' }))
  here.publish('office:1', { type: 'case', caseId: 'c' })
  expect(heard).toEqual([{ type: 'case', caseId: 'c' }])
})

describe.runIf(testsOnPostgres)('hints between servers', () => {
  it('reach the other server, once on each', async () => {
    const { here, there } = await openTwo()
    const heard: [string, Signal][] = []
    here.subscribe('office:1', (signal) => heard.push(['here', signal]))
    there.subscribe('office:1', (signal) => heard.push(['there', signal]))
    here.publish('office:1', { type: 'case', caseId: 'c' })
    here.publish('office:1', { type: 'case', caseId: 'd' })
    await eventually(() => expect(heard).toHaveLength(4))
    expect(heard.filter(([where]) => where === 'there').map(([, signal]) => signal)).toEqual([
      { type: 'case', caseId: 'c' },
      { type: 'case', caseId: 'd' },
    ])
  })

  it('that were missed while the connection was gone are told as missed, and later ones arrive again', async () => {
    const { url, here, there } = await openTwo()
    let missedHere = 0
    let missedThere = 0
    here.whenMissed(() => missedHere++)
    there.whenMissed(() => missedThere++)
    await asAdministrator(url, (client) => client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ikd signals' and datname = current_database()`))
    await eventually(() => expect([missedHere, missedThere].every((times) => times >= 1)).toBe(true))
    const heard: Signal[] = []
    there.subscribe('registration:1', (signal) => heard.push(signal))
    here.publish('registration:1', { type: 'status' })
    await eventually(() => expect(heard).toEqual([{ type: 'status' }]))
  })

  it('published into a gap make the other servers look again', async () => {
    const { url, here, there } = await openTwo()
    let missedThere = 0
    there.whenMissed(() => missedThere++)
    const [{ pid }] = (await asAdministrator(url, (client) => client.query<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'ikd signals' and datname = current_database() order by backend_start limit 1`))).rows as [{ pid: number }]
    await asAdministrator(url, (client) => client.query('select pg_terminate_backend($1)', [pid]))
    // Until the connection is back nothing can be told; what is said meanwhile is not forgotten.
    await eventually(() => {
      here.publish('office:1', { type: 'status' })
      expect(missedThere).toBeGreaterThan(0)
    })
  })
})

test.runIf(testsOnPostgres)('a desk at one server sees at once what a desk of its office does at another', async () => {
  const first = await raiseTestApp()
  const second = await raiseBeside(first)
  endings.push(() => first.close(), () => second.close())
  const [watching, working] = [makeTestClient(second), makeTestClient(first)]
  const watcher = await signIn(watching, 'officer.satu', 'satu-kode-0')
  const worker = await signIn(working, 'supervisor.satu', 'satu-kode-1')
  await second.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = second.app.server.address() as AddressInfo
  const proof = await watching.prove({ htm: 'GET', htu: first.config.publicUrl + routes.cases.events.path, nonce: await watching.nonce(), ath: sha256(watcher).toString('base64url') })
  const leave = new AbortController()
  endings.push(async () => leave.abort())
  const stream = await fetch(`http://127.0.0.1:${port}${routes.cases.events.path}`, { headers: { dpop: proof, authorization: `DPoP ${watcher}` }, signal: leave.signal })
  expect(stream.status).toBe(200)
  let received = ''
  void (async () => {
    for await (const chunk of stream.body as ReadableStream<Uint8Array>) received += Buffer.from(chunk).toString()
  })().catch(() => undefined)
  const { id: residentId } = await first.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
  const opened = await working.send({ method: 'POST', path: routes.cases.open.path, token: worker, body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' } })
  expect(opened.status, JSON.stringify(opened.body)).toBe(201)
  await eventually(() => expect(received).toContain(JSON.stringify({ type: 'case', caseId: opened.body['id'] })))
})
