import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute } from '../../clock.ts'
import { makeTestClient, raiseTestApp, signIn, type TestAnswer, type TestApp, type TestClient, testPassword, totpCode } from '../../testing/app.ts'

interface Seat {
  readonly client: TestClient
  readonly token: string
}

let app: TestApp
let admin: Seat
let officer: Seat
/** Of the other office. */
let stranger: Seat

beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  app.clock.advance(2 * minute)
  admin = await sit('admin.satu')
  officer = await sit('officer.satu')
  stranger = await sit('officer.dua')
})

async function sit(username: string): Promise<Seat> {
  await app.store.updateTable('workstation_enrolment').set({ used_at: null }).where('id', 'is', null).execute()
  const client = makeTestClient(app)
  return { client, token: await signIn(client, username, `${username.split('.')[1]}-kode-0`) }
}

const outcome = ({ status, body }: TestAnswer): string => (status < 300 ? 'done' : String(body['code']))
const get = ({ client, token }: Seat, path: string) => client.send({ method: 'GET', path, token })
const post = ({ client, token }: Seat, path: string, body: object = {}) => client.send({ method: 'POST', path, token, body })
const remove = ({ client, token }: Seat, path: string) => client.send({ method: 'DELETE', path, token })
const cases = (seat: Seat) => get(seat, '/v1/cases?group=open')
const idOf = async (username: string) => (await app.store.selectFrom('staff').select('id').where('username', '=', username).executeTakeFirstOrThrow()).id
const sessionOf = async ({ token }: Seat) => (JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as { sub: string }).sub
const deskOf = async (seat: Seat) => (await app.store.selectFrom('staff_session').select('workstation_id').where('id', '=', await sessionOf(seat)).executeTakeFirstOrThrow()).workstation_id as string
const audited = async (action: string) => (await app.store.selectFrom('audit_entry').select('seq').where('action', '=', action).execute()).length

describe('a session ended by the admin', () => {
  test('is listed until then and dead at its next request', async () => {
    const id = await sessionOf(officer)
    const listed = async () => ((await get(admin, '/v1/admin/sessions')).body['sessions'] as { id: string }[]).find((one) => one.id === id)
    expect(await listed()).toMatchObject({ staff: { name: 'officer satu' }, factor: 'totp', own: false })
    expect(outcome(await cases(officer))).toBe('done')
    expect(outcome(await remove(admin, `/v1/admin/sessions/${id}`))).toBe('done')
    expect(outcome(await cases(officer))).toBe('token-invalid')
    expect(await listed()).toBeUndefined()
    expect(await audited('staff.session-ended')).toBe(1)
  })

  test('is of the own office, never of another', async () => {
    expect(outcome(await remove(admin, `/v1/admin/sessions/${await sessionOf(stranger)}`))).toBe('other-office')
    expect(outcome(await cases(stranger))).toBe('done')
    const listed = (await get(admin, '/v1/admin/sessions')).body['sessions'] as { staff: { name: string } }[]
    expect(listed.filter(({ staff }) => staff.name.endsWith('dua'))).toEqual([])
  })
})

describe('a workstation', () => {
  test('that is revoked is dead at its next request, with everybody at it, and cannot sign anybody in', async () => {
    const id = await deskOf(officer)
    expect(outcome(await remove(admin, `/v1/admin/workstations/${id}`))).toBe('done')
    expect(outcome(await cases(officer))).toBe('token-invalid')
    expect(outcome(await officer.client.send({ method: 'POST', path: routes.staff.workstation.path }))).toBe('workstation-unknown')
    expect(outcome(await officer.client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'officer.satu', password: testPassword } }))).toBe('sign-in-wrong')
    expect((await get(admin, '/v1/alerts')).body['alerts']).toContainEqual(expect.objectContaining({ kind: 'workstation-revoked', staff: 'admin satu' }))
  })

  test('of another office is not revoked', async () => {
    expect(outcome(await remove(admin, `/v1/admin/workstations/${await deskOf(stranger)}`))).toBe('other-office')
    expect(outcome(await cases(stranger))).toBe('done')
  })

  test('is made by a code that works once, for a day, under the code’s name, with exactly its powers and in its office', async () => {
    const made = (await post(admin, '/v1/admin/workstation-enrolments', { label: 'Loket depan', powers: ['activate'] })).body as { code: string; expiresAt: number }
    expect(made.expiresAt).toBe(app.clock.now() + 24 * hour)
    const enrol = (client: TestClient, enrolmentCode = made.code) => client.send({ method: 'POST', path: routes.staff.enrolWorkstation.path, body: { enrolmentCode } })
    const [first, second] = [makeTestClient(app), makeTestClient(app)]
    expect((await enrol(first)).body).toMatchObject({ label: 'Loket depan', powers: ['activate'], office: { name: 'Kantor Satu' } })
    expect(outcome(await enrol(second))).toBe('enrolment-code-wrong')
    const late = (await post(admin, '/v1/admin/workstation-enrolments', { label: 'Loket baru', powers: ['activate'] })).body as { code: string }
    app.clock.advance(24 * hour)
    expect(outcome(await enrol(second, late.code))).toBe('enrolment-code-wrong')
    const rows = await app.store.selectFrom('workstation_enrolment').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(made.code)
  })

  test('is numbered on from those in use and those promised; a revoked one and a code that ran out leave their number free', async () => {
    const free = async () => {
      await app.store.updateTable('workstation_enrolment').set({ used_at: 0 }).where('id', 'is', null).execute()
      return (await get(admin, '/v1/admin/workstations')).body['freeNumber']
    }
    const name = async (seat: Seat, label: string) => app.store.updateTable('workstation').set({ label }).where('id', '=', await deskOf(seat)).execute()
    const promise = (label: string) => post(admin, '/v1/admin/workstation-enrolments', { label, powers: ['activate'] })
    await name(officer, 'Loket 1')
    await name(stranger, 'Loket 2')
    expect(await free()).toBe(2)
    await promise('Loket 2')
    await promise('Loket 4')
    expect(await free()).toBe(3)
    await remove(admin, `/v1/admin/workstations/${await deskOf(officer)}`)
    expect(await free()).toBe(1)
    app.clock.advance(24 * hour)
    admin = await sit('admin.satu')
    await name(admin, 'Loket 1')
    expect(await free()).toBe(2)
  })

  test('gets no power that its office may not give', async () => {
    await app.store.updateTable('office').set({ powers: '["activate"]' }).where('name', '=', 'Kantor Satu').execute()
    const make = (powers: string[]) => post(admin, '/v1/admin/workstation-enrolments', { label: 'Loket', powers })
    expect(outcome(await make(['activate', 'rebind']))).toBe('workstation-power-missing')
    expect(outcome(await make(['activate']))).toBe('done')
    await app.store.updateTable('office').set({ powers: null }).execute()
  })

  test('without the power to administer lets no admin do any of it', async () => {
    await app.store.updateTable('workstation').set({ powers: '["activate","override","rebind"]' }).where('id', '=', await deskOf(admin)).execute()
    const staffId = await idOf('officer.satu')
    const tried = [
      await get(admin, '/v1/admin/staff'),
      await get(admin, '/v1/admin/sessions'),
      await get(admin, '/v1/admin/workstations'),
      await post(admin, `/v1/admin/staff/${staffId}/unlock`),
      await post(admin, `/v1/admin/staff/${staffId}/setup-codes`),
      await post(admin, '/v1/admin/workstation-enrolments', { label: 'Loket', powers: ['activate'] }),
      await remove(admin, `/v1/admin/sessions/${await sessionOf(officer)}`),
      await remove(admin, `/v1/admin/workstations/${await deskOf(officer)}`),
    ]
    expect(tried.map(outcome)).toEqual(tried.map(() => 'workstation-power-missing'))
    expect(outcome(await cases(officer))).toBe('done')
  })
})

describe('a second factor that was lost', () => {
  test('is taken away by the admin for a code that sets a new one up, and the sessions end', async () => {
    const staffId = await idOf('supervisor.satu')
    const supervisor = await sit('supervisor.satu')
    const { code } = (await post(admin, `/v1/admin/staff/${staffId}/setup-codes`)).body as { code: string }
    expect(outcome(await cases(supervisor))).toBe('token-invalid')
    const { client } = supervisor
    const enter = async () => (await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'supervisor.satu', password: testPassword } })).body as { needs: string; ticket: string }
    const entered = await enter()
    expect(entered.needs).toBe('setup-code')
    const prove = (body: object) => client.send({ method: 'POST', path: routes.staff.secondFactor.path, body })
    expect(outcome(await prove({ ticket: entered.ticket, totp: totpCode(app.clock.now()) }))).toBe('factor-wrong')
    expect(outcome(await prove({ ticket: entered.ticket, setupCode: code.toLowerCase().replaceAll('-', ' ') }))).toBe('done')
    expect(outcome(await prove({ ticket: (await enter()).ticket, setupCode: code }))).toBe('factor-wrong')
    const rows = await app.store.selectFrom('staff_setup_code').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(code)
    expect((await get(admin, '/v1/alerts')).body['alerts']).toContainEqual(expect.objectContaining({ kind: 'factors-reset', staff: 'supervisor satu' }))
  })

  test('is no way round the second factor once there is one', async () => {
    const staffId = await idOf('supervisor.dua')
    const { client } = await sit('supervisor.dua')
    const other = await sit('admin.dua')
    const { code } = (await post(other, `/v1/admin/staff/${staffId}/setup-codes`)).body as { code: string }
    const enter = async () => (await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'supervisor.dua', password: testPassword } })).body as { needs: string; ticket: string }
    const early = await enter()
    expect(early.needs).toBe('setup-code')
    await app.store
      .insertInto('staff_factor')
      .values({ id: app.nextId(), staff_id: staffId, kind: 'passkey', label: 'Kunci', credential_id: 'AAAA', public_key: 'AAAA', last_counter: 0, added_at: 1, confirmed_at: 1 })
      .execute()
    for (const { ticket } of [early, await enter()]) {
      expect(outcome(await client.send({ method: 'POST', path: routes.staff.secondFactor.path, body: { ticket, setupCode: code } }))).toBe('factor-wrong')
    }
  })

  test('is not the admin’s own, nor anybody’s of another office', async () => {
    expect(outcome(await post(admin, `/v1/admin/staff/${await idOf('admin.satu')}/setup-codes`))).toBe('forbidden')
    expect(outcome(await post(admin, `/v1/admin/staff/${await idOf('officer.dua')}/setup-codes`))).toBe('other-office')
    expect(outcome(await post(admin, `/v1/admin/staff/${await idOf('teller')}/setup-codes`))).toBe('other-office')
    expect(outcome(await post(admin, `/v1/admin/staff/${await idOf('officer.dua')}/unlock`))).toBe('other-office')
  })

  test('is answered with the same code when the answer was lost', async () => {
    const path = `/v1/admin/staff/${await idOf('baru.satu')}/setup-codes`
    const idempotencyKey = randomUUID()
    const ask = () => admin.client.send({ method: 'POST', path, token: admin.token, body: {}, idempotencyKey })
    expect((await ask()).body).toEqual((await ask()).body)
  })
})

describe('alerts', () => {
  test('are the own office’s, and the first to look is noted', async () => {
    const supervisor = await sit('admin.dua')
    const own = (await get(admin, '/v1/alerts')).body as { alerts: { id: string; seen?: object }[]; unseen: number }
    const foreign = (await get(supervisor, '/v1/alerts')).body as typeof own
    expect(own.alerts.length).toBeGreaterThan(0)
    expect(foreign.alerts.filter(({ id }) => own.alerts.some((one) => one.id === id))).toEqual([])
    const [alert] = own.alerts
    expect(outcome(await post(supervisor, `/v1/alerts/${alert?.id}/seen`))).toBe('other-office')
    expect((await post(admin, `/v1/alerts/${alert?.id}/seen`)).body).toMatchObject({ seen: { by: 'admin satu' } })
    expect(((await get(admin, '/v1/alerts')).body as typeof own).unseen).toBe(own.unseen - 1)
  })
})
