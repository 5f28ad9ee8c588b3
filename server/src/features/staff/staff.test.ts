import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute } from '../../clock.ts'
import { makeTestClient, raiseTestApp, signIn, type TestAnswer, type TestApp, type TestClient, testPassword } from '../../testing/app.ts'
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

/** From an address of its own, so that the limit by address, proven elsewhere, does not speak here. */
async function attempt(client: TestClient, username: string, password = 'salah'): Promise<TestAnswer> {
  const { path } = routes.staff.signIn
  const proof = await client.prove({ htm: 'POST', htu: `http://localhost:3000${path}`, nonce: await client.goodNonce() })
  const answer = await app.app.inject({
    method: 'POST',
    url: path,
    remoteAddress: randomAddress(),
    headers: { dpop: proof, 'idempotency-key': randomUUID() },
    payload: { username, password },
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

const randomAddress = () => `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`

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

  test('cannot lock a teller out of the browser they use, and is held by a bound that all strangers share', async () => {
    const browser = makeTestClient(app)
    await signIn(browser, 'teller')
    for (const username of ['teller', 'officer.satu', 'nobody.at-all']) {
      for (let i = 0; i < 10; i++) await outcomes(makeTestClient(app), username, wrong(5))
      expect(outcome(await attempt(stranger, username, testPassword)), username).toBe('sign-in-paused')
    }
    expect(outcome(await attempt(browser, 'teller', testPassword))).toBe('signed-in')
    expect(outcome(await attempt(desk, 'officer.satu', testPassword))).toBe('signed-in')
    app.clock.advance(hour)
    expect(outcome(await attempt(stranger, 'teller', testPassword))).toBe('signed-in')
  }, 60_000)
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
