import { routes, type StaffSession } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute, second } from '../../clock.ts'
import { type AuthenticatorChoices, makeAuthenticator, type SoftAuthenticator } from '../../testing/authenticator.ts'
import {
  forgetTotpSteps, makeTestClient, raiseTestApp, signIn, signInToSetUp, type TestAnswer, type TestApp, type TestClient, testPassword, testSetupCode, totpCode,
} from '../../testing/app.ts'
import { addPasskey, demandProof, proveAct } from '../../testing/own-account.ts'
import { beginAnew, enrolDesk } from '../../testing/seats.ts'

let app: TestApp
let desk: TestClient

beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  await beginAnew(app)
  desk = await enrolDesk(app)
})

const outcome = ({ status, body }: TestAnswer): string => (status < 300 ? String(body['needs'] ?? 'signed-in') : String(body['code']))
const enter = (username: string, client = desk, password = testPassword) => client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username, password } })
const prove = (body: object, client = desk) => client.send({ method: 'POST', path: routes.staff.secondFactor.path, body })
const ticketOf = async (username: string, client = desk) => String((await enter(username, client)).body['ticket'])
const now = () => totpCode(app.clock.now())
const post = (path: string, token: string, body: object, client = desk) => client.send({ method: 'POST', path, token, body })
const get = (path: string, token: string, client = desk) => client.send({ method: 'GET', path, token })

describe('a password alone', () => {
  test('opens no session for anybody of an office', async () => {
    for (const username of ['officer.satu', 'supervisor.satu', 'admin.satu']) {
      const { body } = await enter(username)
      expect(body).toMatchObject({ needs: 'second-factor', kinds: ['totp'] })
      expect(Object.keys(body)).not.toContain('session')
    }
    expect(outcome(await enter('baru.satu'))).toBe('setup-code')
  })

  test('is no token: its ticket opens nothing but the second step', async () => {
    expect(outcome(await get('/v1/cases?group=open', await ticketOf('officer.satu')))).toMatch(/token-invalid|proof-invalid/)
  })
})

describe('a ticket', () => {
  test('serves the key it was made for and no other', async () => {
    const ticket = await ticketOf('officer.satu')
    const other = await enrolDesk(app)
    expect(outcome(await prove({ ticket, totp: now() }, other))).toBe('sign-in-ticket-expired')
    expect(outcome(await prove({ ticket, totp: now() }))).toBe('signed-in')
  })

  test('serves once', async () => {
    const ticket = await ticketOf('officer.satu')
    await prove({ ticket, totp: now() })
    app.clock.advance(31 * second)
    expect(outcome(await prove({ ticket, totp: now() }))).toBe('sign-in-ticket-expired')
  })

  test('dies after five minutes', async () => {
    const ticket = await ticketOf('officer.satu')
    app.clock.advance(5 * minute)
    expect(outcome(await prove({ ticket, totp: now() }))).toBe('sign-in-ticket-expired')
  })

  test('has one spelling, and none of its letters can be changed', async () => {
    const ticket = await ticketOf('officer.satu')
    const [payload = '', mac = ''] = ticket.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
    const forged = Buffer.from(JSON.stringify({ ...claims, expiresAt: 9e15 })).toString('base64url')
    for (const other of [`${forged}.${mac}`, `${payload}.${mac.slice(0, -1)}`, `${payload}.${mac}=`, `${payload}.${mac}.x`, 'x.y']) {
      expect(outcome(await prove({ ticket: other, totp: now() })), other).toMatch(/sign-in-ticket-expired|request-invalid/)
    }
  })
})

describe('a code of an authenticator app', () => {
  test('is taken once, also by another desk', async () => {
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), totp: now() }))).toBe('signed-in')
    const other = await enrolDesk(app)
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu', other), totp: now() }, other))).toBe('factor-wrong')
  })

  test('is taken once when it comes twice at the same time', async () => {
    const tickets = [await ticketOf('officer.satu'), await ticketOf('officer.satu')]
    const answers = await Promise.all(tickets.map((ticket) => prove({ ticket, totp: now() })))
    expect(answers.map(outcome).sort()).toEqual(['factor-wrong', 'signed-in'])
  })

  test('of the step before and of the next is taken, of none further away', async () => {
    for (const [steps, expected] of [[-1, 'signed-in'], [1, 'signed-in'], [-2, 'factor-wrong'], [2, 'factor-wrong']] as const) {
      await forgetTotpSteps(app.store)
      expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), totp: totpCode(app.clock.now() + steps * 30 * second) })), `${steps}`).toBe(expected)
    }
  })

  test('of an earlier step is refused once a later one was taken', async () => {
    await prove({ ticket: await ticketOf('officer.satu'), totp: now() })
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), totp: totpCode(app.clock.now() - 30 * second) }))).toBe('factor-wrong')
  })

  test('stands in the database sealed, and opens in its own row only', async () => {
    const rows = await app.store.selectFrom('staff_factor').select(['id', 'secret']).where('kind', '=', 'totp').execute()
    const plain = Buffer.from('48656c6c6f21deadbeef48656c6c6f21deadbeef', 'hex')
    expect(rows.length).toBeGreaterThan(1)
    for (const { secret } of rows) expect(Buffer.from(secret as Uint8Array).includes(plain)).toBe(false)
    const [mine, theirs] = rows
    await app.store.updateTable('staff_factor').set({ secret: theirs?.secret as Uint8Array }).where('id', '=', mine?.id as string).execute()
    const owner = await app.store.selectFrom('staff').innerJoin('staff_factor', 'staff_factor.staff_id', 'staff.id').select('username').where('staff_factor.id', '=', mine?.id as string).executeTakeFirstOrThrow()
    const client = owner.username.endsWith('satu') ? desk : makeTestClient(app)
    if (client !== desk) await client.send({ method: 'POST', path: routes.staff.enrolWorkstation.path, body: { enrolmentCode: 'dua-kode-0' } })
    expect(outcome(await prove({ ticket: await ticketOf(owner.username, client), totp: now() }, client))).toBe('internal')
    await app.store.updateTable('staff_factor').set({ secret: mine?.secret as Uint8Array }).where('id', '=', mine?.id as string).execute()
  })
})

describe('guesses at the second factor', () => {
  const wrong = async (times: number, client = desk) => {
    const seen: string[] = []
    for (let i = 0; i < times; i++) seen.push(outcome(await prove({ ticket: await ticketOf('officer.satu', client), totp: '000000' }, client)))
    return seen
  }

  test('pause after five, whatever passwords come between, and the right code waits too', async () => {
    expect(await wrong(5)).toEqual(Array<string>(5).fill('factor-wrong'))
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), totp: now() }))).toBe('sign-in-paused')
    app.clock.advance(5 * minute)
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), totp: now() }))).toBe('signed-in')
  })

  test('are counted one by one when they come together', async () => {
    const ticket = await ticketOf('officer.satu')
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => prove({ ticket, totp: String(100000 + i) })))
    expect(answers.filter((answer) => outcome(answer) === 'factor-wrong')).toHaveLength(5)
  })

  test('of one desk hold up that desk, longer each time, and no other: its office is told, and the owner comes in elsewhere', async () => {
    const other = await enrolDesk(app)
    expect(await wrong(5)).toEqual(Array<string>(5).fill('factor-wrong'))
    for (const pause of [5, 10, 20, 40]) {
      app.clock.advance(pause * minute - 1)
      expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), totp: now() })), `${pause}`).toBe('sign-in-paused')
      app.clock.advance(1)
      await wrong(5)
      // The desk's own count, of twenty at whatever names, is proven elsewhere.
      await app.store.deleteFrom('sign_in_failure').where('failures', '>', 5).execute()
    }
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu', other), totp: now() }, other))).toBe('signed-in')
    const admin = await enrolDesk(app)
    const token = await signIn(admin, 'admin.satu')
    const alerts = (await get('/v1/alerts', token, admin)).body['alerts'] as { kind: string; staff?: string }[]
    expect(alerts.filter(({ kind }) => kind === 'codes-guessed')).toMatchObject([{ staff: 'officer satu' }])
    expect(alerts.filter(({ kind }) => kind === 'account-locked')).toEqual([])
  })

  test('lock the codes with the tenth in a row of two desks, tell the office, and only an admin unlocks', async () => {
    const other = await enrolDesk(app)
    await wrong(5)
    app.clock.advance(5 * minute)
    // The rest of this desk's count no more.
    await wrong(5)
    app.clock.advance(10 * minute)
    expect(outcome(await enter('officer.satu'))).toBe('second-factor')
    expect((await wrong(5, other)).at(-1)).toBe('account-locked')
    app.clock.advance(hour)
    expect(outcome(await enter('officer.satu'))).toBe('account-locked')
    expect(outcome(await enter('officer.satu', desk, 'salah'))).toBe('sign-in-wrong')
    const admin = await enrolDesk(app)
    const token = await signIn(admin, 'admin.satu')
    const listed = (await get('/v1/admin/staff', token, admin)).body['staff'] as { id: string; username: string; lockedAt?: number }[]
    const locked = listed.filter(({ lockedAt }) => lockedAt !== undefined)
    expect(locked.map(({ username }) => username)).toEqual(['officer.satu'])
    const alerts = (await get('/v1/alerts', token, admin)).body['alerts'] as { kind: string; staff?: string }[]
    expect(alerts.find(({ kind }) => kind === 'account-locked')).toMatchObject({ staff: 'officer satu' })
    expect((await post(`/v1/admin/staff/${locked[0]?.id}/unlock`, token, {}, admin)).status).toBe(200)
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), totp: now() }))).toBe('signed-in')
  })

  test('that are right in between begin the row anew', async () => {
    const other = await enrolDesk(app)
    await wrong(5)
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu', other), totp: now() }, other))).toBe('signed-in')
    expect((await wrong(5, await enrolDesk(app))).at(-1)).toBe('factor-wrong')
    expect(outcome(await enter('officer.satu'))).toBe('second-factor')
  })

  test('by passkey are held up by no lock: an admin locked everywhere comes in by theirs, and opens the lock', async () => {
    const key = makeAuthenticator()
    const seat = { client: desk, token: await signIn(desk, 'admin.satu') }
    expect((await addPasskey(seat, key)).status).toBe(200)
    const id = (await app.store.selectFrom('staff').select('id').where('username', '=', 'admin.satu').executeTakeFirstOrThrow()).id
    await app.store.updateTable('staff').set({ locked_at: app.clock.now(), failures_row: 10, failures_at: app.clock.now() }).where('id', '=', id).execute()
    const { body } = await enter('admin.satu')
    expect(body).toMatchObject({ needs: 'second-factor', kinds: ['passkey'] })
    expect(outcome(await prove({ ticket: body['ticket'], totp: now() }))).toBe('account-locked')
    const opened = await prove({ ticket: body['ticket'], passkey: key.get(body['passkey'] as Parameters<SoftAuthenticator['get']>[0]) })
    expect(outcome(opened)).toBe('signed-in')
    const token = (opened.body as unknown as StaffSession).token.accessToken
    expect((await post(`/v1/admin/staff/${id}/unlock`, token, {})).status).toBe(200)
    expect((await enter('admin.satu')).body).toMatchObject({ kinds: ['totp', 'passkey'] })
    await app.store.deleteFrom('staff_factor').where('kind', '=', 'passkey').execute()
  })
})

describe('a setup code', () => {
  const renew = (token: string) => post(routes.staff.renew.path, token, {})

  test('lets a newcomer set up an authenticator app, after which the session is a full one', async () => {
    const token = await signInToSetUp(desk, 'baru.satu')
    expect((await renew(token)).body).toMatchObject({ factor: 'setup-code' })
    expect(outcome(await get('/v1/cases?group=open', token))).toBe('forbidden')
    const started = (await post(routes.staff.startTotp.path, token, { label: 'Ponsel' })).body as { factorId: string; secret: string; uri: string }
    expect(started.uri).toContain(`secret=${started.secret}`)
    expect(started.secret).toMatch(/^[A-Z2-7]{32}$/)
    const confirm = (code: string) => post(`/v1/staff/factors/totp/${started.factorId}/confirmation`, token, { code })
    expect(outcome(await confirm('000000'))).toBe('factor-wrong')
    const { TOTP } = await import('otpauth')
    const code = () => new TOTP({ secret: started.secret }).generate({ timestamp: app.clock.now() })
    expect((await confirm(code())).body).toMatchObject({ kind: 'totp', label: 'Ponsel' })
    expect((await renew(token)).body as unknown as StaffSession).toMatchObject({ factor: 'totp' })
    expect((await get('/v1/cases?group=open', token)).status).toBe(200)
    expect(outcome(await prove({ ticket: await ticketOf('baru.satu'), totp: code() }))).toBe('factor-wrong')
    app.clock.advance(31 * second)
    expect(outcome(await prove({ ticket: await ticketOf('baru.satu'), totp: code() }))).toBe('signed-in')
    await app.store.deleteFrom('staff_factor').where('id', '=', started.factorId).execute()
  })

  test('serves once, within its time, and never somebody who has a second factor', async () => {
    await app.store.updateTable('staff_setup_code').set({ used_at: null }).execute()
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), setupCode: testSetupCode }))).toBe('factor-wrong')
    await signInToSetUp(desk, 'baru.satu')
    expect(outcome(await prove({ ticket: await ticketOf('baru.satu'), setupCode: testSetupCode }))).toBe('factor-wrong')
    await app.store.updateTable('staff_setup_code').set({ used_at: null, expires_at: app.clock.now() }).execute()
    expect(outcome(await prove({ ticket: await ticketOf('baru.satu'), setupCode: testSetupCode }))).toBe('factor-wrong')
    await app.store.updateTable('staff_setup_code').set({ expires_at: app.clock.now() + 365 * 24 * hour }).execute()
  })

  test('opens a session of an hour at most', async () => {
    await app.store.updateTable('staff_setup_code').set({ used_at: null }).execute()
    let token = await signInToSetUp(desk, 'baru.satu')
    for (let i = 0; i < 6; i++) {
      app.clock.advance(9 * minute)
      expect((await get(routes.staff.factors.path, token)).status).toBe(200)
      token = ((await renew(token)).body['token'] as { accessToken: string }).accessToken
    }
    app.clock.advance(6 * minute)
    expect(outcome(await get(routes.staff.factors.path, token))).toBe('token-expired')
  })
})

describe('a passkey', () => {
  let key: SoftAuthenticator
  let token: string

  const start = async () =>
    (await post(routes.staff.startPasskey.path, token, { proof: await proveAct({ client: desk, token }, 'add-factor') })).body as { ticket: string; passkey: Parameters<SoftAuthenticator['create']>[0] }
  const register = async (choices: AuthenticatorChoices = {}) => {
    const { ticket, passkey } = await start()
    return post(routes.staff.confirmPasskey.path, token, { ticket, label: 'Kunci', passkey: key.create(passkey, choices) })
  }
  const signInWithKey = async (choices: AuthenticatorChoices = {}) => {
    const { body } = await enter('admin.satu')
    return prove({ ticket: body['ticket'], passkey: key.get(body['passkey'] as Parameters<SoftAuthenticator['get']>[0], choices) })
  }

  beforeEach(async () => {
    key = makeAuthenticator()
    token = await signIn(desk, 'admin.satu')
  })

  test('signs in in the place of a code', async () => {
    expect((await register()).body).toMatchObject({ kind: 'passkey' })
    const answer = await signInWithKey()
    expect(outcome(answer)).toBe('signed-in')
    expect(answer.body).toMatchObject({ factor: 'passkey' })
  })

  test('is not made for another origin, challenge or host, nor without the user verified', async () => {
    const bad: AuthenticatorChoices[] = [{ origin: 'https://ikd.example.net' }, { challenge: 'AAAA' }, { rpId: 'ikd.example.net' }, { flags: 0x41 }, { type: 'webauthn.get' }]
    for (const choices of bad) expect(outcome(await register(choices)), JSON.stringify(choices)).toBe('passkey-invalid')
  })

  test('does not sign in for another origin, challenge or host, without the user verified, or with a counter that stands still', async () => {
    await register()
    await signInWithKey({ counter: 9 })
    const bad: AuthenticatorChoices[] = [{ origin: 'https://ikd.example.net', counter: 20 }, { challenge: 'AAAA', counter: 21 }, { rpId: 'ikd.example.net', counter: 22 }, { flags: 0x01, counter: 23 }, { counter: 9 }]
    for (const choices of bad) {
      await app.store.deleteFrom('sign_in_failure').execute()
      expect(outcome(await signInWithKey(choices)), JSON.stringify(choices)).toBe('factor-wrong')
    }
    expect(outcome(await signInWithKey({ counter: 10 }))).toBe('signed-in')
  })

  test('is taken once for one challenge, and for the account’s own ticket only', async () => {
    await register()
    const { body } = await enter('admin.satu')
    const assertion = key.get(body['passkey'] as Parameters<SoftAuthenticator['get']>[0], { counter: 50 })
    expect(outcome(await prove({ ticket: await ticketOf('admin.satu'), passkey: assertion }))).toBe('factor-wrong')
    expect(outcome(await prove({ ticket: await ticketOf('officer.satu'), passkey: assertion }))).toBe('factor-wrong')
    expect(outcome(await prove({ ticket: body['ticket'], passkey: assertion }))).toBe('signed-in')
    expect(outcome(await prove({ ticket: body['ticket'], passkey: assertion }))).toBe('factor-wrong')
  })

  test('belongs to one account', async () => {
    const { ticket, passkey } = await start()
    const made = key.create(passkey)
    expect((await post(routes.staff.confirmPasskey.path, token, { ticket, label: 'Kunci', passkey: made })).status).toBe(200)
    expect(outcome(await register())).toBe('passkey-invalid')
    // A ticket of one session is nothing in another.
    const again = await start()
    const officer = await signIn(desk, 'officer.satu')
    expect(outcome(await post(routes.staff.confirmPasskey.path, officer, { ticket: again.ticket, label: 'Kunci', passkey: makeAuthenticator().create(again.passkey) }))).toBe('sign-in-ticket-expired')
  })
})

describe('the last second factor', () => {
  test('of office staff cannot be removed', async () => {
    const token = await signIn(desk, 'officer.satu')
    const { factors } = (await get(routes.staff.factors.path, token)).body as { factors: { id: string }[] }
    expect(factors).toHaveLength(1)
    const id = String(factors[0]?.id)
    expect(outcome(await post(`/v1/staff/factors/${id}/removal`, token, { proof: await proveAct({ client: desk, token }, 'remove-factor', id) }))).toBe('factor-last')
  })

  test('nor anybody else’s', async () => {
    const token = await signIn(desk, 'officer.satu')
    const foreign = await app.store.selectFrom('staff_factor').innerJoin('staff', 'staff.id', 'staff_factor.staff_id').select('staff_factor.id').where('staff.username', '=', 'supervisor.satu').executeTakeFirstOrThrow()
    const proof = await proveAct({ client: desk, token }, 'remove-factor', foreign.id)
    expect(outcome(await post(`/v1/staff/factors/${foreign.id}/removal`, token, { proof }))).toBe('factor-unknown')
  })
})

describe('an institution’s staff', () => {
  test('sign in with a password until they add a second factor; from then on they need it, and sessions without it end', async () => {
    const [browser, elsewhere] = [makeTestClient(app), makeTestClient(app)]
    const [token, other] = [await signIn(browser, 'teller'), await signIn(elsewhere, 'teller')]
    const seat = { client: browser, token }
    const asked = async (password: string) => {
      const demand = await demandProof(seat, 'add-factor')
      if (demand.needs !== 'password') throw new Error(`needs ${demand.needs}`)
      return { ticket: demand.ticket, password }
    }
    expect(outcome(await addPasskey(seat, makeAuthenticator(), await asked('salah')))).toBe('password-old-wrong')
    expect((await addPasskey(seat, makeAuthenticator(), await asked(testPassword))).status).toBe(200)
    // From then on the password is no proof any more.
    expect(outcome(await addPasskey(seat, makeAuthenticator(), { ticket: 'x.y', password: testPassword }))).toBe('account-proof-needed')
    expect(outcome(await get(routes.staff.factors.path, other, elsewhere))).toBe('token-invalid')
    expect(outcome(await get(routes.staff.factors.path, token, browser))).toBe('signed-in')
    expect((await enter('teller', browser)).body).toMatchObject({ needs: 'second-factor', kinds: ['passkey'] })
  })
})

// Last of all: the clock moves on by months.
test('pauses for codes grow for a month, and begin anew only then', async () => {
  const wrong = async () => {
    for (let i = 0; i < 5; i++) await prove({ ticket: await ticketOf('officer.satu'), totp: '000000' })
    const paused = await prove({ ticket: await ticketOf('officer.satu'), totp: now() })
    return (Number(paused.body['retryAt']) - app.clock.now()) / minute
  }
  expect(await wrong()).toBe(5)
  app.clock.advance(29 * 24 * hour)
  expect(await wrong()).toBe(10)
  app.clock.advance(30 * 24 * hour)
  expect(await wrong()).toBe(5)
})
