import { type AccountProof, type NewFactor, type PasskeyRequest, routes } from '@ikd/contract'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute, second } from '../../clock.ts'
import { makeAuthenticator, type SoftAuthenticator } from '../../testing/authenticator.ts'
import {
  forgetTotpSteps, makeTestClient, raiseBeside, raiseTestApp, signInToSetUp, type TestAnswer, type TestApp, testPassword,
} from '../../testing/app.ts'
import { addPasskey, demandProof, proveAct, seasonFactors } from '../../testing/own-account.ts'
import { beginAnew, enrolDesk, type Seat, sit } from '../../testing/seats.ts'

let app: TestApp
let beside: TestApp
/** Of a supervisor, with an authenticator app they have had for long. */
let seat: Seat

beforeAll(async () => {
  app = await raiseTestApp()
  beside = await raiseBeside(app)
})
afterAll(async () => {
  await beside.close()
  await app.close()
})

beforeEach(async () => {
  await beginAnew(app)
  // Every test begins with the authenticator apps of the import alone.
  await app.store.deleteFrom('staff_factor').where('added_in', 'is not', null).execute()
  await app.store.deleteFrom('alert').execute()
  seat = await sit(app, 'supervisor.satu')
})

const outcome = ({ status, body }: TestAnswer): string => (status < 300 ? 'done' : String(body['code']))
const post = ({ client, token }: Seat, path: string, body: object = {}) => client.send({ method: 'POST', path, token, body })
const startTotp = (at: Seat, proof?: AccountProof) => post(at, routes.staff.startTotp.path, { label: 'Ponsel', ...(proof ? { proof } : {}) })
const startPasskey = (at: Seat, proof?: AccountProof) => post(at, routes.staff.startPasskey.path, proof ? { proof } : {})
const remove = (at: Seat, id: string, proof?: AccountProof) => post(at, `/v1/staff/factors/${id}/removal`, proof ? { proof } : {})
const acknowledge = (at: Seat, id: string) => post(at, `/v1/staff/factors/${id}/acknowledgement`)
const confirmTotp = (at: Seat, started: TestAnswer) => {
  const { factorId, secret } = started.body as { factorId: string; secret: string }
  return post(at, `/v1/staff/factors/totp/${factorId}/confirmation`, { code: new TOTP({ secret }).generate({ timestamp: app.clock.now() }) })
}
const oldFactor = async ({ client, token }: Seat) => ((await client.send({ method: 'GET', path: routes.staff.factors.path, token })).body['factors'] as { id: string }[])[0]?.id as string
const newFactors = async ({ client, token }: Seat) => (await client.send({ method: 'POST', path: routes.staff.renew.path, token })).body['newFactors'] as NewFactor[]
const alerts = () => app.store.selectFrom('alert').innerJoin('staff', 'staff.id', 'alert.staff_id').select(['alert.kind', 'staff.username']).execute()
const idOf = async (username: string) => (await app.store.selectFrom('staff').select('id').where('username', '=', username).executeTakeFirstOrThrow()).id

async function signInWithKey(username: string, key: SoftAuthenticator): Promise<Seat> {
  const client = await enrolDesk(app)
  const { body } = await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username, password: testPassword } })
  const opened = await client.send({ method: 'POST', path: routes.staff.secondFactor.path, body: { ticket: body['ticket'], passkey: key.get(body['passkey'] as PasskeyRequest) } })
  return { client, token: (opened.body['token'] as { accessToken: string }).accessToken }
}

describe('a session alone', () => {
  test('adds no factor, removes none and changes no password', async () => {
    const id = await oldFactor(seat)
    const tried = [
      await startTotp(seat),
      await startPasskey(seat),
      await remove(seat, id),
      await post(seat, routes.staff.changePassword.path, { current: testPassword, next: 'gelas rumput tiang' }),
    ]
    expect(tried.map(outcome)).toEqual(Array(4).fill('account-proof-needed'))
    expect(await app.store.selectFrom('staff_factor').select('id').where('added_in', 'is not', null).execute()).toEqual([])
  })

  test('with the password has no more', async () => {
    const { ticket } = (await demandProof(seat, 'add-factor')) as { ticket: string }
    expect(outcome(await startTotp(seat, { ticket, password: testPassword }))).toBe('account-proof-needed')
  })

  test('does not finish what was begun in another', async () => {
    const started = await startTotp(seat, await proveAct(seat, 'add-factor'))
    const other = await sit(app, 'supervisor.satu')
    expect(outcome(await confirmTotp(other, started))).toBe('factor-unknown')
    app.clock.advance(9 * minute)
    expect(outcome(await confirmTotp(seat, started))).toBe('done')
  })

  test('does not finish it a quarter of an hour later', async () => {
    const started = await startTotp(seat, await proveAct(seat, 'add-factor'))
    for (let i = 0; i < 2; i++) {
      app.clock.advance(7.5 * minute)
      await post(seat, routes.staff.startProof.path, { act: 'add-factor' })
      const renewed = await post(seat, routes.staff.renew.path)
      seat = { ...seat, token: (renewed.body['token'] as { accessToken: string }).accessToken }
    }
    expect(outcome(await confirmTotp(seat, started))).toBe('factor-unknown')
  })
})

describe('the proof of an old factor', () => {
  test('serves once: neither its code nor its ticket again', async () => {
    const proof = await proveAct(seat, 'add-factor')
    expect(outcome(await startTotp(seat, proof))).toBe('done')
    expect(outcome(await startTotp(seat, proof))).toBe('factor-wrong')
    await forgetTotpSteps(app.store)
    expect(outcome(await startTotp(seat, proof))).toBe('account-proof-needed')
  })

  test('serves once at two servers at the same moment', async () => {
    const key = makeAuthenticator()
    expect(outcome(await addPasskey(seat, key))).toBe('done')
    await seasonFactors(app)
    const demand = await demandProof(seat, 'add-factor')
    if (demand.needs !== 'factor' || !demand.passkey) throw new Error('no passkey was asked for')
    // A key that is synchronised counts nothing: the ticket alone makes it single.
    const proof: AccountProof = { ticket: demand.ticket, passkey: key.get(demand.passkey, { counter: 0 }) }
    await app.store.updateTable('staff_factor').set({ last_counter: 0 }).where('kind', '=', 'passkey').execute()
    const twin = { ...seat, client: makeTestClient(beside, seat.client) }
    const answers = await Promise.all([seat, twin, seat, twin].map((at) => startPasskey(at, proof)))
    expect(answers.map(outcome).sort()).toEqual(['account-proof-needed', 'account-proof-needed', 'account-proof-needed', 'done'])
  })

  test('is of this act, this factor and this session', async () => {
    const id = await oldFactor(seat)
    const other = await sit(app, 'supervisor.satu')
    expect(outcome(await startTotp(seat, await proveAct(seat, 'change-password')))).toBe('account-proof-needed')
    expect(outcome(await startTotp(other, await proveAct(seat, 'add-factor')))).toBe('account-proof-needed')
    expect(outcome(await remove(seat, id, await proveAct(seat, 'add-factor')))).toBe('account-proof-needed')
    expect(outcome(await remove(seat, id, await proveAct(seat, 'remove-factor', app.nextId())))).toBe('account-proof-needed')
  })

  test('is of a factor of the account’s own, and a passkey’s signs exactly this', async () => {
    const key = makeAuthenticator()
    await addPasskey(seat, key)
    await seasonFactors(app)
    const [first, again] = [await demandProof(seat, 'add-factor'), await demandProof(seat, 'add-factor')]
    if (first.needs !== 'factor' || again.needs !== 'factor' || !first.passkey || !again.passkey) throw new Error('no passkey was asked for')
    expect(outcome(await startTotp(seat, { ticket: again.ticket, passkey: key.get(first.passkey) }))).toBe('factor-wrong')
    expect(outcome(await startTotp(seat, { ticket: again.ticket, passkey: makeAuthenticator().get(again.passkey) }))).toBe('factor-wrong')
    expect(outcome(await startTotp(seat, { ticket: again.ticket, passkey: key.get(again.passkey) }))).toBe('done')
  })

  test('cannot be guessed for ever: five tries, then a pause, over two servers at once', async () => {
    const demand = await demandProof(seat, 'add-factor')
    const { ticket } = demand as { ticket: string }
    const twin = { ...seat, client: makeTestClient(beside, seat.client) }
    const answers = await Promise.all(Array.from({ length: 9 }, (_, i) => startTotp(i % 2 ? twin : seat, { ticket, totp: String(100000 + i) })))
    expect(answers.map(outcome).filter((one) => one === 'factor-wrong')).toHaveLength(5)
    expect(outcome(await startTotp(seat, await proveAct(seat, 'add-factor')))).toBe('sign-in-paused')
  })
})

describe('a new factor', () => {
  test('is told to the office, and to its owner at every sign-in elsewhere until they say that it is theirs', async () => {
    const key = makeAuthenticator()
    const { id } = (await addPasskey(seat, key)).body as { id: string }
    expect(await alerts()).toEqual([{ kind: 'factor-added', username: 'supervisor.satu' }])
    expect(await newFactors(seat)).toEqual([])
    const other = await sit(app, 'supervisor.satu')
    expect(await newFactors(other)).toEqual([{ id, kind: 'passkey', label: 'Kunci', addedAt: app.clock.now(), workstation: 'Loket 0' }])
    // Not by whoever added it, nor by itself.
    expect(outcome(await acknowledge(seat, id))).toBe('forbidden')
    expect(outcome(await acknowledge(await signInWithKey('supervisor.satu', key), id))).toBe('factor-too-new')
    expect(outcome(await acknowledge(await sit(app, 'admin.satu'), id))).toBe('factor-unknown')
    expect(await newFactors(other)).toHaveLength(1)
    expect(outcome(await acknowledge(other, id))).toBe('done')
    expect(await newFactors(other)).toEqual([])
    expect(await newFactors(await sit(app, 'supervisor.satu'))).toEqual([])
  })

  test('of an authenticator app is told alike', async () => {
    expect(outcome(await confirmTotp(seat, await startTotp(seat, await proveAct(seat, 'add-factor'))))).toBe('done')
    expect(await alerts()).toEqual([{ kind: 'factor-added', username: 'supervisor.satu' }])
    expect(await newFactors(await sit(app, 'supervisor.satu'))).toMatchObject([{ kind: 'totp', label: 'Ponsel', workstation: 'Loket 0' }])
  })

  test('that is not the owner’s is removed by them with an old one, and whoever is in by it is out', async () => {
    const key = makeAuthenticator()
    const { id } = (await addPasskey(seat, key)).body as { id: string }
    const stranger = await signInWithKey('supervisor.satu', key)
    const owner = await sit(app, 'supervisor.satu')
    expect(outcome(await remove(owner, id, await proveAct(owner, 'remove-factor', id)))).toBe('done')
    for (const gone of [stranger, seat]) expect(outcome(await post(gone, routes.staff.renew.path))).toBe('token-invalid')
    expect(await newFactors(owner)).toEqual([])
  })

  test('shuts out no older one for a day, and may be taken away by itself', async () => {
    const key = makeAuthenticator()
    const { id } = (await addPasskey(seat, key)).body as { id: string }
    const stranger = await signInWithKey('supervisor.satu', key)
    const proveWithKey = async (act: 'add-factor' | 'remove-factor' | 'change-password', factorId?: string): Promise<AccountProof> => {
      const demand = await demandProof(stranger, act, factorId)
      if (demand.needs !== 'factor' || !demand.passkey) throw new Error('no passkey was asked for')
      return { ticket: demand.ticket, passkey: key.get(demand.passkey) }
    }
    const old = await oldFactor(seat)
    expect(outcome(await remove(stranger, old, await proveWithKey('remove-factor', old)))).toBe('factor-too-new')
    expect(outcome(await startTotp(stranger, await proveWithKey('add-factor')))).toBe('factor-too-new')
    const change = { current: testPassword, next: 'gelas rumput tiang', proof: await proveWithKey('change-password') }
    expect(outcome(await post(stranger, routes.staff.changePassword.path, change))).toBe('factor-too-new')
    expect(outcome(await remove(stranger, id, await proveWithKey('remove-factor', id)))).toBe('done')
  })

  test('is no second person’s word for a day, in a session either', async () => {
    const decide = (at: Seat) => post(at, `/v1/duplicates/${app.nextId()}/decision`, { outcome: 'different', reason: 'Beda orang' })
    const key = makeAuthenticator()
    await addPasskey(seat, key)
    expect((await decide(await signInWithKey('supervisor.satu', key))).body).toMatchObject({ code: 'factor-too-new', retryAt: app.clock.now() + 24 * hour })
    expect(outcome(await decide(await sit(app, 'supervisor.satu')))).toBe('not-found')
    app.clock.advance(24 * hour)
    expect(outcome(await decide(await signInWithKey('supervisor.satu', key)))).toBe('not-found')
  })
})

describe('the first factor an account ever has', () => {
  const factorsOf = async (username: string) =>
    app.store.selectFrom('staff_factor').select(['confirmed_at', 'approves_from', 'acknowledged_at']).where('staff_id', '=', await idOf(username)).where('confirmed_at', 'is not', null).execute()
  /** The newcomer as the import left them. */
  const restore = async () => {
    const staffId = await idOf('baru.satu')
    await app.store.deleteFrom('staff_factor').where('staff_id', '=', staffId).execute()
    await app.store.updateTable('staff').set({ new_factors_wait: 0 }).where('id', '=', staffId).execute()
    await app.store.updateTable('staff_setup_code').set({ used_at: null, expires_at: app.clock.now() + hour }).where('staff_id', '=', staffId).execute()
  }
  const setUp = async (): Promise<Seat> => {
    const client = await enrolDesk(app)
    return { client, token: await signInToSetUp(client, 'baru.satu') }
  }

  beforeEach(restore)

  test('is made by its setup code without another, approves at once and is nobody’s alert', async () => {
    const newcomer = await setUp()
    expect(await demandProof(newcomer, 'add-factor')).toEqual({ needs: 'nothing' })
    expect(outcome(await confirmTotp(newcomer, await startTotp(newcomer)))).toBe('done')
    expect(await factorsOf('baru.satu')).toEqual([{ confirmed_at: app.clock.now(), approves_from: app.clock.now(), acknowledged_at: app.clock.now() }])
    expect(await alerts()).toEqual([])
    // The next one takes its proof, and waits.
    app.clock.advance(31 * second)
    expect(outcome(await startPasskey(newcomer))).toBe('account-proof-needed')
  })

  test('is one, however many are begun beside it and finished at the same moment at two servers', async () => {
    const newcomer = await setUp()
    const twin = { ...newcomer, client: makeTestClient(beside, newcomer.client) }
    const begun = await Promise.all([newcomer, twin, newcomer, twin].map((at) => startPasskey(at)))
    const totp = await startTotp(newcomer)
    const finish = begun.map(({ body }, i) => {
      const { ticket, passkey } = body as { ticket: string; passkey: Parameters<SoftAuthenticator['create']>[0] }
      return post(i % 2 ? twin : newcomer, routes.staff.confirmPasskey.path, { ticket, label: 'Kunci', passkey: makeAuthenticator().create(passkey) })
    })
    const answers = await Promise.all([...finish, confirmTotp(twin, totp)])
    expect(answers.map(outcome).filter((one) => one === 'done')).toHaveLength(1)
    expect(await factorsOf('baru.satu')).toHaveLength(1)
  })

  test('is not the one after an admin’s reset: that waits a day, and the office hears', async () => {
    const newcomer = await setUp()
    expect(outcome(await confirmTotp(newcomer, await startTotp(newcomer)))).toBe('done')
    const admin = await sit(app, 'admin.satu')
    const { code } = (await post(admin, `/v1/admin/staff/${await idOf('baru.satu')}/setup-codes`)).body as { code: string }
    await app.store.deleteFrom('alert').execute()
    const { client } = newcomer
    const entered = await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'baru.satu', password: testPassword } })
    const opened = await client.send({ method: 'POST', path: routes.staff.secondFactor.path, body: { ticket: entered.body['ticket'], setupCode: code } })
    const again = { client, token: (opened.body['token'] as { accessToken: string }).accessToken }
    expect(outcome(await confirmTotp(again, await startTotp(again)))).toBe('done')
    expect(await factorsOf('baru.satu')).toMatchObject([{ approves_from: app.clock.now() + 24 * hour }])
    expect(await alerts()).toEqual([{ kind: 'factor-added', username: 'baru.satu' }])
  })

  test('of the import approves at once: its owner has had it before', async () => {
    expect(await app.store.selectFrom('staff_factor').select('approves_from').where('added_in', 'is', null).distinct().execute()).toEqual([{ approves_from: 0 }])
    const members = await app.store.selectFrom('staff').select('username').where('new_factors_wait', '=', 0).orderBy('username').execute()
    expect(members.map(({ username }) => username)).toEqual(['baru.satu', 'teller'])
  })
})
