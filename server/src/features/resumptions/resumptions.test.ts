import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, hour, minute } from '../../clock.ts'
import { makeTestClient, raiseTestApp, type TestApp } from '../../testing/app.ts'
import { activityOf, bindResident, type BoundResident, callPublic, codeInMail, findInMail, openDesk, readMails, type TestDesk } from '../../testing/bound.ts'

let app: TestApp
let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  desk = await openDesk(app, 'dua', 0)
})
afterAll(() => app.close())

const { start, finish } = routes.resumption

async function suspended(): Promise<BoundResident> {
  const resident = await bindResident(app, desk)
  await callPublic(app, routes.suspensions.suspend, { receiptCode: resident.receiptCode })
  app.clock.advance(1000)
  return resident
}

async function codeOf(resident: BoundResident): Promise<string> {
  const started = await resident.asDevice(start.path, { pin: resident.pin })
  if (started.status !== 200) throw new Error(String(started.body['code']))
  return (await findInMail(app, resident.email, codeInMail)) ?? 'no code came'
}

/** Another code than the right one. */
const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0')

describe('lifting one’s own suspension', () => {
  test('takes the same phone, its PIN and the code of the e-mail on file', async () => {
    const resident = await suspended()
    const code = await codeOf(resident)
    expect(await resident.status()).toMatchObject({ state: 'suspended', suspension: { liftedAt: 'phone', code: { mail: 'queued', triesLeft: 5 }, codesLeft: 4 } })
    const done = await resident.asDevice(finish.path, { code })
    expect([done.status, done.body['state'], done.body['suspension']]).toEqual([200, 'active', undefined])
    expect((await resident.unlock()).status).toBe(200)
    expect((await readMails(app, resident.email)).map(({ subject }) => subject)).toContain('IKD Anda dibuka kembali / Your IKD is open again')
    expect((await activityOf(app, resident.residentId)).map(({ kind }) => kind).sort()).toEqual(['device-resumed', 'device-suspended'])
  })

  test('is not to be had without the mail: the PIN alone changes nothing, and no answer holds the code', async () => {
    const resident = await suspended()
    const started = await resident.asDevice(start.path, { pin: resident.pin })
    const code = (await findInMail(app, resident.email, codeInMail)) ?? 'none'
    expect(JSON.stringify(started.body)).not.toContain(code)
    expect((await resident.unlock()).body['code']).toBe('device-state-wrong')
    expect(JSON.stringify(await app.store.selectFrom('resumption').selectAll().execute())).not.toContain(code)
  })

  test('counts wrong PINs with all others, and sends no mail for one', async () => {
    const resident = await suspended()
    const codes = []
    for (let i = 0; i < 4; i++) codes.push((await resident.asDevice(start.path, { pin: '305817' })).body['code'])
    expect(codes).toEqual(['pin-wrong', 'pin-wrong', 'pin-paused', 'pin-paused'])
    expect((await resident.asDevice(start.path, { pin: resident.pin })).body['code']).toBe('pin-paused')
    expect((await readMails(app, resident.email)).filter(({ kind }) => kind === 'code')).toEqual([])
    app.clock.advance(5 * minute + 1)
    expect((await resident.asDevice(start.path, { pin: resident.pin })).status).toBe(200)
  })

  test('asks the device’s signature first: no stranger counts a PIN', async () => {
    const resident = await suspended()
    const stranger = makeTestClient(app)
    const token = await resident.session()
    const answer = await stranger.send({ method: 'POST', path: start.path, token, body: { pin: '000000' } })
    expect(answer.body['code']).toBe('token-invalid')
    const { pin_row: row } = await app.store.selectFrom('binding').select('pin_row').where('id', '=', resident.bindingId).executeTakeFirstOrThrow()
    expect(row).toBe(0)
  })

  test('allows five tries of a code, side by side as well', async () => {
    const resident = await suspended()
    const code = await codeOf(resident)
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => resident.asDevice(finish.path, { code: other(code, i + 1) })))
    const told = answers.map(({ body }) => body['code'])
    expect(told.filter((one) => one === 'mail-code-wrong')).toHaveLength(4)
    expect(told.filter((one) => one === 'mail-code-exhausted')).toHaveLength(8)
    expect((await resident.asDevice(finish.path, { code })).body['code']).toBe('mail-code-exhausted')
    expect((await resident.status())['state']).toBe('suspended')
  })

  test('makes an earlier code worthless with the next', async () => {
    const resident = await suspended()
    const first = await codeOf(resident)
    app.clock.advance(1000)
    const second = await codeOf(resident)
    if (first !== second) expect((await resident.asDevice(finish.path, { code: first })).body['code']).toBe('mail-code-wrong')
    expect((await resident.asDevice(finish.path, { code: second })).status).toBe(200)
  })

  test('lets a code expire after an hour', async () => {
    const resident = await suspended()
    const code = await codeOf(resident)
    app.clock.advance(hour)
    expect((await resident.asDevice(finish.path, { code })).body['code']).toBe('mail-code-expired')
  })

  test('sends five codes a day', async () => {
    const resident = await suspended()
    for (let i = 0; i < 5; i++) expect((await resident.asDevice(start.path, { pin: resident.pin })).status).toBe(200)
    const sixth = await resident.asDevice(start.path, { pin: resident.pin })
    expect([sixth.body['code'], sixth.body['retryAt']]).toEqual(['mail-codes-exhausted', app.clock.now() + day])
    expect(await resident.status()).toMatchObject({ suspension: { codesLeft: 0 } })
    app.clock.advance(day + 1)
    expect((await resident.asDevice(start.path, { pin: resident.pin })).status).toBe(200)
  })

  test('is no way back for a phone that is active or blocked', async () => {
    const active = await bindResident(app, desk)
    expect((await active.asDevice(start.path, { pin: active.pin })).body['code']).toBe('device-state-wrong')
    const blocked = await suspended()
    const code = await codeOf(blocked)
    await app.store.updateTable('binding').set({ state: 'blocked', ended_at: app.clock.now() }).where('id', '=', blocked.bindingId).execute()
    expect((await blocked.asDevice(finish.path, { code })).body['code']).toBe('device-state-wrong')
  })
})
