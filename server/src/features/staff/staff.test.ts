import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { calculateJwkThumbprint } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute } from '../../clock.ts'
import { makeTestClient, mintCaptcha, raiseBeside, raiseTestApp, signIn, type TestAnswer, type TestApp, type TestClient, testPassword } from '../../testing/app.ts'
import { beginAnew, enrolDesk } from '../../testing/seats.ts'

let app: TestApp
let desk: TestClient
let stranger: TestClient

beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  await beginAnew(app)
  desk = await enrolDesk(app)
  stranger = makeTestClient(app)
})

interface Origin {
  readonly address?: string
  readonly captcha?: string
}

/** From an address of its own unless one is said. */
async function attempt(client: TestClient, username: string, password = 'salah', { address = randomAddress(), captcha }: Origin = {}): Promise<TestAnswer> {
  const { path } = routes.staff.signIn
  const proof = await client.prove({ htm: 'POST', htu: `http://localhost:3000${path}`, nonce: await client.goodNonce() })
  const answer = await client.test.app.inject({
    method: 'POST',
    url: path,
    remoteAddress: address,
    headers: { dpop: proof, 'idempotency-key': randomUUID() },
    payload: { username, password, ...(captcha === undefined ? {} : { captcha }) },
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

const randomAddress = () => `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`
/** A key made for one try. */
const anybody = () => makeTestClient(app)

const outcome = ({ status, body }: TestAnswer) => (status < 300 ? 'signed-in' : String(body['code']))

async function outcomes(client: TestClient, username: string, passwords: readonly string[]): Promise<string[]> {
  const seen: string[] = []
  for (const password of passwords) seen.push(outcome(await attempt(client, username, password)))
  return seen
}

const wrong = (times: number) => Array<string>(times).fill('salah')
const fivePause = [...Array<string>(5).fill('sign-in-wrong'), 'sign-in-paused']

describe('a stranger’s key', () => {
  test('cannot lock an officer out of their own desk', async () => {
    await outcomes(stranger, 'officer.satu', wrong(6))
    expect(outcome(await attempt(desk, 'officer.satu', testPassword))).toBe('signed-in')
  })

  test('never learns that a password is right, and pauses over it like over any other', async () => {
    const right = Array<string>(6).fill(testPassword)
    expect(await outcomes(stranger, 'officer.satu', right)).toEqual(fivePause)
  })

  test('is answered alike for names of the desk, of an institution and of nobody', async () => {
    for (const username of ['officer.satu', 'teller', 'nobody.at-all']) {
      expect(await outcomes(makeTestClient(app), username, wrong(6)), username).toEqual(fivePause)
    }
  })

  test('beyond the fifth failure at a name brings a robot check, harder after fifty and after five hundred, alike for every name', async () => {
    for (const username of ['teller', 'officer.satu', 'nobody.at-all']) {
      expect(await outcomes(anybody(), username, wrong(5)), username).toEqual(Array(5).fill('sign-in-wrong'))
      const refused = await attempt(anybody(), username)
      expect(refused.body, username).toMatchObject({ code: 'robot-check-needed', effort: 1 })
      // One that is brought and right, though not hard enough, is not spent.
      const check = await mintCaptcha(app)
      await stand(50)
      expect((await attempt(anybody(), username, 'salah', { captcha: check })).body, username).toMatchObject({ code: 'robot-check-needed', effort: 2 })
      await stand(500)
      expect((await attempt(anybody(), username, 'salah', { captcha: await mintCaptcha(app, 2) })).body, username).toMatchObject({ code: 'robot-check-needed', effort: 3 })
      const hardest = await mintCaptcha(app, 3)
      expect(outcome(await attempt(anybody(), username, 'salah', { captcha: hardest })), username).toBe('sign-in-wrong')
      expect(outcome(await attempt(anybody(), username, 'salah', { captcha: hardest })), username).toBe('captcha-spent')
      await app.store.deleteFrom('sign_in_failure').execute()
      expect(outcome(await attempt(anybody(), username, 'salah', { captcha: check })), username).toBe('sign-in-wrong')
      await app.store.deleteFrom('sign_in_failure').execute()
    }
  })

  test('costs a teller nothing at the browser they use, and a robot check at a new one', async () => {
    const browser = anybody()
    await signIn(browser, 'teller')
    await stormed('teller')
    expect(outcome(await attempt(browser, 'teller', testPassword))).toBe('signed-in')
    // They may even mistype there.
    expect(outcome(await attempt(browser, 'teller'))).toBe('sign-in-wrong')
    expect(outcome(await attempt(browser, 'teller', testPassword))).toBe('signed-in')
    const fresh = anybody()
    const { effort } = (await attempt(fresh, 'teller', testPassword)).body
    expect(effort).toBe(2)
    expect(outcome(await attempt(fresh, 'teller', testPassword, { captcha: await mintCaptcha(app, 2) }))).toBe('signed-in')
    // Known from then on.
    expect(outcome(await attempt(fresh, 'teller', testPassword))).toBe('signed-in')
  })

  test('costs nobody at a desk of the own office anything', async () => {
    await stormed('officer.satu')
    expect(outcome(await attempt(desk, 'officer.satu'))).toBe('sign-in-wrong')
    expect(outcome(await attempt(desk, 'officer.satu', testPassword))).toBe('signed-in')
  })

  test('spends of its network: twenty failures at whatever names, then a pause that doubles; other networks and known browsers go on', async () => {
    const browser = anybody()
    await signIn(browser, 'teller')
    const from = { address: '203.0.113.7' }
    const tryNames = async (times: number) => {
      const seen: string[] = []
      for (let i = 0; i < times; i++) {
        // The route's own limit by the minute is proven elsewhere.
        if (i % 10 === 0) app.clock.advance(2 * minute)
        seen.push(outcome(await attempt(anybody(), `nama.${Math.random()}`, 'salah', from)))
      }
      return seen
    }
    expect(await tryNames(20)).toEqual(Array(20).fill('sign-in-wrong'))
    const paused = await attempt(anybody(), 'teller', testPassword, { ...from, captcha: await mintCaptcha(app) })
    expect(paused.body).toMatchObject({ code: 'sign-in-paused', retryAt: app.clock.now() + 15 * minute })
    expect(outcome(await attempt(browser, 'teller', testPassword, from))).toBe('signed-in')
    expect(outcome(await attempt(anybody(), 'teller', testPassword, { address: '203.0.113.8' }))).toBe('signed-in')
    app.clock.advance(15 * minute)
    await tryNames(20)
    expect((await attempt(anybody(), 'nama')).body).toMatchObject({ code: 'sign-in-wrong' })
    expect((await attempt(anybody(), 'nama', 'salah', from)).body).toMatchObject({ code: 'sign-in-paused', retryAt: app.clock.now() + 30 * minute })
  })

  test('of somebody who has an account themself is not forgiven for signing in between', async () => {
    const from = { address: '203.0.113.9' }
    for (let i = 0; i < 20; i++) {
      if (i % 9 === 0) app.clock.advance(2 * minute)
      await attempt(anybody(), `nama.${i}`, 'salah', from)
      if (i % 5 === 0) expect(outcome(await attempt(anybody(), 'teller', testPassword, from))).toBe('signed-in')
    }
    expect(outcome(await attempt(anybody(), 'nama', 'salah', from))).toBe('sign-in-paused')
  })

  test('floods its network’s minute without holding up the desks and known browsers there', async () => {
    const from = { address: '203.0.113.10' }
    const browser = anybody()
    await signIn(browser, 'teller')
    const seen = await Promise.all(Array.from({ length: 30 }, () => attempt(anybody(), 'nobody', 'salah', from)))
    expect(seen.map(outcome)).toContain('too-many-requests')
    expect(outcome(await attempt(anybody(), 'nobody', 'salah', from))).toBe('too-many-requests')
    expect(outcome(await attempt(browser, 'teller', testPassword, from))).toBe('signed-in')
    expect(outcome(await attempt(desk, 'officer.satu', testPassword, from))).toBe('signed-in')
  })

  /** As many strangers' failures at each name that has any. */
  const stand = (failures: number) => app.store.updateTable('sign_in_failure').set({ failures }).where('jkt', '=', '*').where('failures', '>', 1).execute()

  /** Sixty strangers fail at a name, each from a network of its own. */
  async function stormed(username: string): Promise<void> {
    for (let i = 0; i < 60; i++) {
      const effort = i < 5 ? 0 : i < 50 ? 1 : 2
      const check = effort === 0 ? {} : { captcha: await mintCaptcha(app, effort) }
      expect(outcome(await attempt(anybody(), username, 'salah', check)), `${i}`).toBe('sign-in-wrong')
    }
  }
})

describe('a workstation', () => {
  test('of another office is answered as if the password were wrong', async () => {
    expect(outcome(await attempt(desk, 'officer.dua', testPassword))).toBe('sign-in-wrong')
  })

  test('that was revoked is a stranger’s key', async () => {
    await app.store.updateTable('workstation').set({ revoked_at: app.clock.now() }).execute()
    expect(outcome(await attempt(desk, 'officer.satu', testPassword))).toBe('sign-in-wrong')
  })

  test('pauses a name after five wrong passwords, the sixth being right, for five minutes', async () => {
    expect(await outcomes(desk, 'officer.satu', [...wrong(5), testPassword])).toEqual(fivePause)
    app.clock.advance(5 * minute)
    expect(outcome(await attempt(desk, 'officer.satu', testPassword))).toBe('signed-in')
  })

  test('forgets wrong passwords with a right one', async () => {
    await outcomes(desk, 'officer.satu', [...wrong(4), testPassword])
    expect(await outcomes(desk, 'officer.satu', [...wrong(4), testPassword])).toEqual([...Array<string>(4).fill('sign-in-wrong'), 'signed-in'])
  })

  test('doubles the pause with each five more, to an hour, and forgets a day after the last', async () => {
    for (const pause of [5, 10, 20, 40, 60, 60]) {
      // The desk's own count is the subject of the next tests.
      await app.store.deleteFrom('sign_in_failure').where('failures', '>', 5).execute()
      await outcomes(desk, 'officer.satu', wrong(5))
      expect((await attempt(desk, 'officer.satu', testPassword)).body).toMatchObject({ retryAt: app.clock.now() + pause * minute })
      app.clock.advance(pause * minute)
    }
    app.clock.advance(24 * hour)
    await outcomes(desk, 'officer.satu', wrong(5))
    expect((await attempt(desk, 'officer.satu', testPassword)).body).toMatchObject({ retryAt: app.clock.now() + 5 * minute })
  })

  test('that fails at every account of its office locks nobody out at another desk: it is held itself, and the office told', async () => {
    const other = await enrolDesk(app)
    const people = ['officer.satu', 'supervisor.satu', 'admin.satu', 'baru.satu', 'nobody.at-all']
    const seen: string[] = []
    for (let round = 0; round < 5; round++) {
      for (const username of people) seen.push(outcome(await attempt(desk, username)))
      app.clock.advance(2 * minute)
    }
    expect(seen.slice(0, 20)).toEqual(Array(20).fill('sign-in-wrong'))
    expect(seen.slice(20, 25)).toEqual(Array(5).fill('sign-in-paused'))
    for (const username of people.slice(0, 3)) expect(outcome(await attempt(desk, username, testPassword)), username).toBe('sign-in-paused')
    for (const username of people.slice(0, 4)) expect(outcome(await attempt(other, username, testPassword)), username).toBe('signed-in')
    const alerts = await app.store.selectFrom('alert').select(['kind', 'workstation_id']).where('kind', 'in', ['workstation-paused', 'account-locked']).execute()
    expect(alerts.map(({ kind }) => kind)).toEqual(['workstation-paused'])
    const paused = await app.store.selectFrom('workstation').select('jkt').where('id', '=', alerts[0]?.workstation_id as string).executeTakeFirstOrThrow()
    expect(paused.jkt).toBe(await calculateJwkThumbprint(desk.jwk))
  })

  test('that guesses at accounts of others is held the same, and asked for no robot check', async () => {
    const seen = await outcomes(desk, 'teller', wrong(6))
    expect(seen).toEqual(fivePause)
    expect(outcome(await attempt(anybody(), 'teller', testPassword))).toBe('signed-in')
  })

  test('counts guesses made at the same time one by one', async () => {
    const answers = await Promise.all(wrong(12).map(() => attempt(desk, 'officer.satu')))
    expect(answers.filter(({ body }) => body['code'] === 'sign-in-wrong')).toHaveLength(5)
  })
})

describe('a workstation that moves to another office', () => {
  const renew = async (token: string) => outcome(await desk.send({ method: 'POST', path: routes.staff.renew.path, token }))

  test('takes nobody along who is signed in there', async () => {
    const token = await signIn(desk, 'officer.satu')
    expect(await renew(token)).toBe('signed-in')
    await enrolDesk(app, 'dua', desk)
    expect(await renew(token)).toBe('token-invalid')
    await enrolDesk(app, 'satu', desk)
    expect(await renew(token)).toBe('token-invalid')
  })

  test('serves nobody of the office it left, whichever way it came to move', async () => {
    const token = await signIn(desk, 'officer.satu')
    const { id } = await app.store.selectFrom('office').select('id').where('name', '=', 'Kantor Dua').executeTakeFirstOrThrow()
    await app.store.updateTable('workstation').set({ office_id: id }).execute()
    expect(await renew(token)).toBe('token-invalid')
  })
})

describe('two servers', () => {
  let beside: TestApp
  beforeAll(async () => {
    beside = await raiseBeside(app)
  })
  afterAll(() => beside.close())

  /** One key or many, at both servers by turns and all at once. */
  const storm = (times: number, one: (server: TestApp, i: number) => Promise<TestAnswer>) =>
    Promise.all(Array.from({ length: times }, (_, i) => one(i % 2 ? beside : app, i))).then((answers) => answers.map(outcome))
  const times = (seen: readonly string[], code: string) => seen.filter((one) => one === code).length
  const at = (server: TestApp, client: TestClient) => makeTestClient(server, client)

  test('count strangers at one name one by one: five without a check, and no more', async () => {
    for (const username of ['teller', 'nobody.at-all']) {
      const seen = await storm(16, (server) => attempt(makeTestClient(server), username))
      expect([times(seen, 'sign-in-wrong'), times(seen, 'robot-check-needed')], username).toEqual([5, 11])
    }
  })

  test('let one more with the check that was enough, when one is left and many come with it', async () => {
    await outcomes(anybody(), 'teller', wrong(2))
    await app.store.updateTable('sign_in_failure').set({ failures: 49 }).where('jkt', '=', '*').where('failures', '>', 1).execute()
    const checks = await Promise.all(Array.from({ length: 8 }, () => mintCaptcha(app)))
    const seen = await storm(8, (server, i) => attempt(makeTestClient(server), 'teller', 'salah', { captcha: checks[i] as string }))
    expect([times(seen, 'sign-in-wrong'), times(seen, 'robot-check-needed')]).toEqual([1, 7])
  })

  test('take one robot check for one try', async () => {
    await outcomes(anybody(), 'teller', wrong(5))
    const captcha = await mintCaptcha(app)
    const seen = await storm(8, (server) => attempt(makeTestClient(server), 'teller', 'salah', { captcha }))
    expect([times(seen, 'sign-in-wrong'), times(seen, 'captcha-spent')]).toEqual([1, 7])
  })

  test('count a network’s failures one by one: twenty', async () => {
    const address = '203.0.113.11'
    // Two minutes of the route's limit, so that it does not speak first.
    const seen = await storm(15, (server, i) => attempt(makeTestClient(server), `nama.${i}`, 'salah', { address }))
    app.clock.advance(2 * minute)
    seen.push(...(await storm(15, (server, i) => attempt(makeTestClient(server), `lain.${i}`, 'salah', { address }))))
    expect([times(seen, 'sign-in-wrong'), times(seen, 'sign-in-paused')]).toEqual([20, 10])
  })

  test('count a desk’s failures one by one: five at each name, twenty in all', async () => {
    const names = ['officer.satu', 'supervisor.satu', 'admin.satu', 'satu', 'dua', 'tiga']
    const seen: string[] = []
    // The route's limit is twenty a minute here, too.
    for (let round = 0; round < 3; round++) {
      seen.push(...(await storm(18, (server, i) => attempt(at(server, desk), names[i % names.length] as string))))
      app.clock.advance(2 * minute)
    }
    expect(times(seen, 'sign-in-wrong')).toBe(20)
    const rows = await app.store.selectFrom('sign_in_failure').select('failures').execute()
    expect(rows.every(({ failures }) => failures <= 5 || failures === 20)).toBe(true)
  })

  test('let a right password through among wrong ones, and take back its count alone', async () => {
    const other = await enrolDesk(app)
    const seen = await storm(8, (server, i) => (i === 3 ? attempt(at(server, other), 'officer.satu', testPassword) : attempt(at(server, desk), `nama.${i}`)))
    expect([times(seen, 'signed-in'), times(seen, 'sign-in-wrong')]).toEqual([1, 7])
    const rows = await app.store.selectFrom('sign_in_failure').select('failures').orderBy('failures', 'desc').execute()
    expect(rows.map(({ failures }) => failures)).toEqual([7, 1, 1, 1, 1, 1, 1, 1, 0])
  })
})
