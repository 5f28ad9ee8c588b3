import { routes } from '@ikd/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readmitStaff } from './operator.ts'
import { makeTestClient, raiseTestApp, signIn, type TestApp, testPassword } from './testing/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

test('the only admin of an office, locked out with a lost phone, comes back by the operator’s code, and it is written down', async () => {
  const client = makeTestClient(app)
  const token = await signIn(client, 'admin.satu', 'satu-kode-0')
  await app.store.updateTable('staff').set({ locked_at: 1, failures_row: 10 }).where('username', '=', 'admin.satu').execute()
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

test('nobody else has such a way: not an institution’s staff, not a name that does not exist', async () => {
  await expect(readmitStaff(app.config, 'teller', app.clock)).rejects.toThrow('nobody of an office')
  await expect(readmitStaff(app.config, 'nobody', app.clock)).rejects.toThrow('nobody of an office')
})
