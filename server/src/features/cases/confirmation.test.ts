import { routes } from '@ikd/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseTestApp, type TestApp } from '../../testing/app.ts'
import { addResident, openDesk, registerPhone, registrationQrOf, type TestDesk } from '../../testing/bound.ts'

let app: TestApp
let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  desk = await openDesk(app, 'satu', 0)
})
afterAll(() => app.close())

/** A case that waits for its code to be typed on the phone. */
async function openCase() {
  const { nik } = await addResident(app)
  const phone = await registerPhone(app, nik, 'warga@contoh.id')
  const { body } = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, phone.client, phone.registrationId) })
  const { body: session } = await phone.client.send({ method: 'POST', path: routes.device.session.path })
  const { accessToken: token } = session['token'] as { accessToken: string }
  const type = (code: string) => phone.client.send({ method: 'POST', path: routes.device.confirmCase.path, token, body: { code } })
  return { id: body['id'] as string, code: (body['confirmation'] as { code: string }).code, type }
}

const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0')

test('the desk’s code allows five wrong tries, side by side as well, and then not even the right one', async () => {
  const { code, type } = await openCase()
  const answers = await Promise.all(Array.from({ length: 15 }, (_, i) => type(other(code, i + 1))))
  const told = answers.map(({ body }) => body['code'])
  expect([told.filter((one) => one === 'case-code-wrong').length, told.filter((one) => one === 'case-code-exhausted').length]).toEqual([4, 11])
  expect((await type(code)).body['code']).toBe('case-code-exhausted')
})

test('a right code costs no try', async () => {
  const { id, code, type } = await openCase()
  expect((await type(other(code))).body).toMatchObject({ code: 'case-code-wrong', triesLeft: 4 })
  expect((await type(code)).body).toMatchObject({ state: 'in-review' })
  expect((await desk.get(`/v1/cases/${id}`)).body['confirmation']).toMatchObject({ triesLeft: 4 })
})
