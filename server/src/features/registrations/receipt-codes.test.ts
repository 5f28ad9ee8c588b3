import { routes } from '@ikd/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { up } from '../../database/migrations/0014-one-at-a-time.ts'
import { randomReadable } from '../../security/random.ts'
import { raiseTestApp, type TestApp } from '../../testing/app.ts'
import { addResident, bindResident, callPublic, openDesk, raiseSecondServer, registerPhone, registrationQrOf, type TestDesk } from '../../testing/bound.ts'

let app: TestApp
let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  desk = await openDesk(app, 'dua', 0)
})
afterAll(() => app.close())

const { suspend } = routes.suspensions

/** Every text of every row of a table. */
async function everyText(table: 'registration' | 'desk_case'): Promise<string> {
  return JSON.stringify(await app.store.selectFrom(table).selectAll().execute())
}

test('whoever reads the database finds no receipt code, though its holder is shown it and it suspends', async () => {
  const resident = await bindResident(app, desk)
  expect(await everyText('registration')).not.toContain(resident.receiptCode)
  expect((await resident.status())['receiptCode']).toBe(resident.receiptCode)
  const { receipt_hash: hash } = await app.store.selectFrom('registration').select('receipt_hash').where('id', '=', resident.registrationId).executeTakeFirstOrThrow()
  expect((await callPublic(app, suspend, { receiptCode: hash })).body['code']).toBe('request-invalid')
  expect((await callPublic(app, suspend, { receiptCode: resident.receiptCode })).status).toBe(200)
})

test('nor the code of a desk’s screen, though the phone must type it', async () => {
  const { nik } = await addResident(app)
  const phone = await registerPhone(app, nik, 'kode@contoh.id')
  const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, phone.client, phone.registrationId) })
  const { code } = opened.body['confirmation'] as { code: string }
  expect(code).toMatch(/^\d{6}$/)
  const row = await app.store.selectFrom('desk_case').selectAll().where('id', '=', opened.body['id'] as string).executeTakeFirstOrThrow()
  expect(Object.values(row)).not.toContain(code)
  // The same however often it is looked at, another for another visit.
  expect(((await desk.get(`/v1/cases/${row.id}`)).body['confirmation'] as { code: string }).code).toBe(code)
  const other = await registerPhone(app, (await addResident(app)).nik, 'lain@contoh.id')
  const next = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, other.client, other.registrationId) })
  expect((next.body['confirmation'] as { code: string }).code).not.toBe(code)
})

test('codes that an earlier version wrote in the clear are hashed at the next start, and stay what people have noted', async () => {
  const run = (statement: string) => sql.raw(statement).execute(app.store)
  const residents = [await bindResident(app, desk), await bindResident(app, desk), await bindResident(app, desk)]
  const waiting = await registerPhone(app, (await addResident(app)).nik, 'lama@contoh.id')
  const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, waiting.client, waiting.registrationId) })

  // As the last version left it.
  for (const index of ['registration_receipt_clear', 'registration_age', 'activation_address', 'presentation_grant_living']) await run(`drop index ${index}`)
  for (const column of ['receipt_sealed', 'kept_until', 'forgotten_at']) await run(`alter table registration drop column ${column}`)
  await run('alter table registration rename column receipt_hash to receipt_code')
  await run('alter table desk_case add column confirmation_code text')
  for (const column of ['pin_guess', 'pin_guess_until']) await run(`alter table binding drop column ${column}`)
  await run('alter table presentation_grant drop column ended_at')
  const codes = new Map(residents.map(({ registrationId }) => [registrationId, randomReadable(16, (length) => Buffer.from(crypto.getRandomValues(new Uint8Array(length))))]))
  for (const [id, code] of codes) await sql`update registration set receipt_code = ${code} where id = ${id}`.execute(app.store)
  await sql`update desk_case set confirmation_code = '730264' where id = ${opened.body['id'] as string}`.execute(app.store)

  await up(app.store as unknown as Parameters<typeof up>[0])
  const next = await raiseSecondServer(app)
  try {
    const kept = await everyText('registration')
    for (const code of codes.values()) expect(kept).not.toContain(code)
    expect(await everyText('desk_case')).not.toContain('730264')
    for (const resident of residents) {
      const code = codes.get(resident.registrationId)
      expect((await resident.status())['receiptCode']).toBe(code)
      expect((await callPublic(next.both, suspend, { receiptCode: code })).status).toBe(200)
      expect((await resident.status())['state']).toBe('suspended')
    }
    // The open visit goes on, with the code its desk now shows.
    const { code } = (await desk.get(`/v1/cases/${opened.body['id']}`)).body['confirmation'] as { code: string }
    const { token } = (await waiting.client.send({ method: 'POST', path: routes.device.session.path })).body as { token: { accessToken: string } }
    expect((await waiting.client.send({ method: 'POST', path: routes.device.confirmCase.path, token: token.accessToken, body: { code } })).body['state']).toBe('in-review')
  } finally {
    await next.app.close()
  }
}, 30_000)
