import { routes } from '@ikd/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readmitStaff } from './operator.ts'
import { minute } from './clock.ts'
import { makeTestClient, raiseTestApp, signIn, type TestApp, type TestClient, testPassword } from './testing/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

test('the only admin of an office, locked out with a lost phone, comes back by the operator’s code, and it is written down', async () => {
  const client = makeTestClient(app)
  const token = await signIn(client, 'admin.satu', 'satu-kode-0')
  await app.store.updateTable('staff').set({ locked_at: 1, failures_row: 10, failures_at: 1 }).where('username', '=', 'admin.satu').execute()
  const enter = async () => (await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'admin.satu', password: testPassword } })).body
  expect(await enter()).toMatchObject({ code: 'account-locked' })

  const { code } = await readmitStaff(app.config, 'Admin.Satu', app.clock)
  expect((await client.send({ method: 'GET', path: '/v1/admin/staff', token })).body).toMatchObject({ code: 'token-invalid' })
  const first = await enter()
  expect(first).toMatchObject({ needs: 'setup-code' })
  const second = await client.send({ method: 'POST', path: routes.staff.secondFactor.path, body: { ticket: first['ticket'], setupCode: code } })
  expect(second.body).toMatchObject({ factor: 'setup-code' })
  expect(await app.store.selectFrom('audit_entry').select('actor_id').where('action', '=', 'staff.readmitted').execute()).toEqual([{ actor_id: 'operator' }])
})

test('an office all of whose admins are locked, at desks that are all held, is opened by the operator at any of them', async () => {
  const [desk, other] = [makeTestClient(app), makeTestClient(app)]
  for (const [client, code] of [[desk, 'dua-kode-1'], [other, 'dua-kode-2']] as const) {
    await client.send({ method: 'POST', path: routes.staff.enrolWorkstation.path, body: { enrolmentCode: code } })
  }
  await app.store.updateTable('staff').set({ failures_row: 0, locked_at: null }).execute()
  const enter = async (client: TestClient, password = testPassword) => (await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'admin.dua', password } })).body
  // Two patched desks that know the password: ten wrong codes, then wrong names until both are held.
  for (const client of [desk, other]) {
    const { ticket } = (await enter(client)) as { ticket: string }
    for (let i = 0; i < 5; i++) await client.send({ method: 'POST', path: routes.staff.secondFactor.path, body: { ticket, totp: '000000' } })
    app.clock.advance(2 * minute)
    for (let i = 0; i < 16; i++) {
      if (i % 8 === 0) app.clock.advance(2 * minute)
      await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: `nama.${i % 8}.${i}`, password: 'salah' } })
    }
    expect(await enter(client)).toMatchObject({ code: 'sign-in-paused' })
  }
  app.clock.advance(10 * minute)
  expect(await enter(desk)).toMatchObject({ code: 'account-locked' })
  for (let i = 0; i < 5; i++) await enter(desk, 'salah')
  expect(await enter(desk)).toMatchObject({ code: 'sign-in-paused' })

  const { code } = await readmitStaff(app.config, 'admin.dua', app.clock)
  for (const client of [other, desk]) expect(await enter(client)).toMatchObject({ needs: 'setup-code' })
  const first = await enter(desk)
  const second = await desk.send({ method: 'POST', path: routes.staff.secondFactor.path, body: { ticket: first['ticket'], setupCode: code } })
  expect(second.body).toMatchObject({ factor: 'setup-code' })
})

test('nobody else has such a way: not an institution’s staff, not a name that does not exist', async () => {
  await expect(readmitStaff(app.config, 'teller', app.clock)).rejects.toThrow('nobody of an office')
  await expect(readmitStaff(app.config, 'nobody', app.clock)).rejects.toThrow('nobody of an office')
})
