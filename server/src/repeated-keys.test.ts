import { randomUUID } from 'node:crypto'
import { allRoutes, type Principal, type Route } from '@ikd/contract'
import fc from 'fast-check'
import { calculateJwkThumbprint, decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore, type Store } from './database/store.ts'
import { raiseBeside, raiseTestApp, type TestAnswer, type TestApp, type TestClient, makeTestClient } from './testing/app.ts'
import { type BoundResident, bindResident, openDesk, type TestDesk } from './testing/bound.ts'
import { makeCallers, valueOf } from './testing/fuzz.ts'

/** How long the other server's transaction stays open: time for a request to look, find nothing, and wait for it. ms */
const held = 60

let app: TestApp
let beside: TestApp
let other: Store
let desk: TestDesk
let callers: Awaited<ReturnType<typeof makeCallers>>
beforeAll(async () => {
  app = await raiseTestApp()
  beside = await raiseBeside(app)
  other = await openStore(app.config.database)
  desk = await openDesk(app, 'satu', 9)
  callers = await makeCallers(app)
})
afterAll(async () => {
  await other.destroy()
  await beside.close()
  await app.close()
})

/** Both servers answer, and soon. */
async function expectAlive(): Promise<void> {
  for (const server of [app, beside]) expect((await server.app.inject({ method: 'GET', url: '/health' })).statusCode).toBe(200)
}

async function principalFor(principal: Principal, { client, token }: { client: TestClient; token: string | undefined }): Promise<string> {
  const subject = token === undefined ? '' : String(decodeJwt(token).sub)
  switch (principal) {
    case 'key':
    case 'device':
      return `key:${await calculateJwkThumbprint({ ...client.jwk })}`
    case 'holder':
      return `holder:${subject}`
    case 'institution':
      return `system:${subject}`
    default: {
      const { staff_id: staffId } = await app.store.selectFrom('staff_session').select('staff_id').where('id', '=', subject).executeTakeFirstOrThrow()
      return `staff:${staffId}`
    }
  }
}

/** The request meets another server's transaction that has taken its key for another body, and is committed while it waits. */
async function meetUncommitted(route: Route, principal: string, send: (key: string) => Promise<TestAnswer>): Promise<TestAnswer> {
  const key = randomUUID()
  const { promise: taken, resolve: take } = Promise.withResolvers<void>()
  const elsewhere = other.transaction().execute(async (work) => {
    const at = app.clock.now()
    await work.insertInto('idempotency').values({ principal, key, route: route.id, request_hash: 'of another body', result: 'theirs', at, jkt: null, jti: null }).execute()
    take()
    await new Promise((resolve) => setTimeout(resolve, held))
  })
  await taken
  const answer = await send(key)
  await elsewhere
  return answer
}

const keyed = allRoutes.filter(({ method, kind, repeatable, access }) => method !== 'GET' && kind !== 'stream' && !repeatable && !access.includes('public'))
const anId = '01890000-0000-7000-8000-000000000000'

describe('a key that another request is taking for another body', () => {
  // Signing out last: it ends the session that others use.
  for (const route of keyed.toSorted((a, b) => Number(a.id === 'staff.signOut') - Number(b.id === 'staff.signOut'))) {
    test(`stops nothing at ${route.id}`, async () => {
      const principal = route.access[0] as Principal
      const caller = callers.get(principal)
      if (!caller) return expect(principal).toBe('setup')
      const path = route.path.replace(/:kind/g, 'npwp').replace(/:\w+/g, anId)
      const bodies = route.body ? fc.sample(valueOf(route.body as never), { numRuns: 2, seed: 7 }) : [undefined]
      for (const body of bodies) {
        const answer = await meetUncommitted(route, await principalFor(principal, caller), (idempotencyKey) =>
          caller.client.send({ method: route.method, path, token: caller.token, idempotencyKey, body }),
        )
        expect([answer.body['code'], answer.status < 500]).toEqual([answer.body['code'], true])
      }
      await expectAlive()
    })
  }
})

describe('a guess under a key that another request is taking', () => {
  const failures = async ({ bindingId }: BoundResident) =>
    (await app.store.selectFrom('binding').select('pin_row').where('id', '=', bindingId).executeTakeFirstOrThrow()).pin_row
  const unlock = allRoutes.find(({ id }) => id === 'holder.unlock') as Route

  test('at the lock screen is told that the key is used, and counted', async () => {
    const phone = await bindResident(app, desk)
    const token = await phone.session()
    const principal = await principalFor('device', { client: phone.client, token })
    for (let row = 1; row <= 3; row++) {
      const answer = await meetUncommitted(unlock, principal, (idempotencyKey) =>
        phone.client.send({ method: 'POST', path: unlock.path, token, idempotencyKey, body: { pin: `30581${row}` } }),
      )
      if (row < 3) expect(answer.body['code']).toBe('idempotency-key-reused')
    }
    // Each counts twice: once as itself, once as the second body of a key.
    expect(await failures(phone)).toBe(3)
    await expectAlive()
  })

  test.each([
    ['contacts.start', { pin: '305812', email: 'baru@contoh.id' }],
    ['holder.changePin', { currentPin: '305812', newPin: '918273' }],
  ])('at %s as well', async (id, body) => {
    const route = allRoutes.find((one) => one.id === id) as Route
    const phone = await bindResident(app, desk)
    const token = (await phone.unlock()).body['accessToken'] as string
    const answer = await meetUncommitted(route, await principalFor('holder', { client: phone.client, token }), (idempotencyKey) =>
      phone.client.send({ method: 'POST', path: route.path, token, idempotencyKey, body }),
    )
    expect(answer.body['code']).toBe('idempotency-key-reused')
    expect(await failures(phone)).toBeGreaterThan(0)
    await expectAlive()
  })

  test('many of them at two servers, one key and many PINs: everybody is answered, and both servers go on', async () => {
    const phone = await bindResident(app, desk)
    const token = await phone.session()
    const there = makeTestClient(beside, phone.client)
    const key = randomUUID()
    const send = (client: TestClient, i: number) =>
      client.send({ method: 'POST', path: unlock.path, token, idempotencyKey: key, body: { pin: i === 0 ? phone.pin : `4${String(31_000 + i)}` } })
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => send(i % 2 ? there : phone.client, i)))
    for (const { status, body } of answers) expect([status < 500, body['code']]).toEqual([true, body['code']])
    await expectAlive()
  })
})
