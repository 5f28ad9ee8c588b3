import { routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute } from '../../clock.ts'
import { raiseTestApp, signIn, type TestAnswer, type TestApp, type TestClient, testPassword } from '../../testing/app.ts'
import { proveAct } from '../../testing/own-account.ts'
import { beginAnew, enrolDesk } from '../../testing/seats.ts'

let app: TestApp
let desk: TestClient
let token: string

beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  await beginAnew(app)
  desk = await enrolDesk(app)
  token = await signIn(desk, 'officer.satu')
})

const outcome = ({ status, body }: TestAnswer): string => (status < 300 ? 'done' : String(body['code']))
const ask = (path: string, bearer = token, client = desk) => client.send({ method: 'GET', path, token: bearer })
const renew = async (bearer = token, client = desk) => {
  const answer = await client.send({ method: 'POST', path: routes.staff.renew.path, token: bearer })
  if (answer.status < 300) token = (answer.body['token'] as { accessToken: string }).accessToken
  return outcome(answer)
}

describe('a desk that nobody uses', () => {
  test('is signed out after a quarter of an hour, however busily its program renews, lists and listens', async () => {
    for (let i = 0; i < 2; i++) {
      app.clock.advance(7 * minute)
      expect(await renew()).toBe('done')
      expect(outcome(await ask('/v1/cases?group=open'))).toBe('done')
    }
    app.clock.advance(minute)
    expect(await renew()).toBe('token-expired')
    expect(outcome(await ask('/v1/cases?group=open'))).toBe('token-expired')
  })

  test('is not while somebody works at it', async () => {
    for (let i = 0; i < 4; i++) {
      app.clock.advance(9 * minute)
      expect(outcome(await ask(routes.staff.sessions.path))).toBe('done')
      expect(await renew()).toBe('done')
    }
  })

  test('is written down at most once a minute', async () => {
    const used = async () => (await app.store.selectFrom('staff_session').select('last_used_at').orderBy('started_at', 'desc').executeTakeFirstOrThrow()).last_used_at
    const before = await used()
    app.clock.advance(minute - 1)
    await ask(routes.staff.sessions.path)
    expect(await used()).toBe(before)
    app.clock.advance(1)
    await ask(routes.staff.sessions.path)
    expect(await used()).toBe(before + minute)
  })
})

test('a session ends after twelve hours, used or not', async () => {
  for (let at = 9 * minute; at < 12 * hour; at += 9 * minute) {
    app.clock.advance(9 * minute)
    await ask(routes.staff.sessions.path)
    expect(await renew()).toBe('done')
  }
  app.clock.advance(9 * minute)
  expect(await renew()).toBe('token-expired')
})

test('everybody sees their own sessions and ends the others', async () => {
  const other = await enrolDesk(app)
  const elsewhere = await signIn(other, 'officer.satu')
  const sessions = (await ask(routes.staff.sessions.path)).body['sessions'] as { own: boolean; workstation: string }[]
  expect(sessions.filter(({ own }) => own)).toHaveLength(1)
  expect(sessions.length).toBeGreaterThan(1)
  expect(outcome(await desk.send({ method: 'DELETE', path: routes.staff.endOtherSessions.path, token }))).toBe('done')
  expect(outcome(await ask('/v1/cases?group=open', elsewhere, other))).toBe('token-invalid')
  expect(outcome(await ask('/v1/cases?group=open'))).toBe('done')
})

describe('a new password', () => {
  const propose = (body: object) => desk.send({ method: 'POST', path: routes.staff.changePassword.path, token, body })
  const change = async (current: string, next: string) => propose({ current, next, proof: await proveAct({ client: desk, token }, 'change-password') })
  const enter = (password: string) => desk.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'officer.satu', password } })

  test('takes the old one, must not be easy to guess, and ends the sessions elsewhere', async () => {
    const other = await enrolDesk(app)
    const elsewhere = await signIn(other, 'officer.satu')
    expect(outcome(await change('salah', 'gelas rumput tiang'))).toBe('password-old-wrong')
    expect(outcome(await change(testPassword, 'officer-satu-1'))).toBe('password-too-simple')
    expect(outcome(await change(testPassword, testPassword))).toBe('password-too-simple')
    expect(outcome(await propose({ current: testPassword, next: 'gelas rumput tiang' }))).toBe('account-proof-needed')
    expect(outcome(await change(testPassword, 'gelas rumput tiang'))).toBe('done')
    expect(outcome(await ask('/v1/cases?group=open', elsewhere, other))).toBe('token-invalid')
    expect(outcome(await ask('/v1/cases?group=open'))).toBe('done')
    expect(outcome(await enter(testPassword))).toBe('sign-in-wrong')
    expect(outcome(await enter('gelas rumput tiang'))).toBe('done')
    expect(outcome(await change('gelas rumput tiang', testPassword))).toBe('done')
  })

  test('is no way to guess the old one: five tries, then a pause', async () => {
    const seen: string[] = []
    for (let i = 0; i < 6; i++) seen.push(outcome(await change(i < 5 ? 'salah' : testPassword, 'gelas rumput tiang')))
    expect(seen).toEqual([...Array<string>(5).fill('password-old-wrong'), 'sign-in-paused'])
    await app.store.updateTable('staff').set({ failures_row: 0 }).execute()
  })
})
