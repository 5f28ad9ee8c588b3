import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hour, minute } from '../../clock.ts'
import { makeTestClient, mintCaptcha, raiseTestApp, type TestApp } from '../../testing/app.ts'
import { activityOf, addResident, bindResident, type BoundResident, callPublic, findInMail, openDesk, readMails, sendPublic, suspensionToken, type TestDesk } from '../../testing/bound.ts'

let app: TestApp
let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  desk = await openDesk(app, 'dua', 0)
})
afterAll(() => app.close())

const { ask, open, suspend } = routes.suspensions

/** Requests are answered by the clock: until nobody waits any more. */
async function answered(): Promise<void> {
  await expect.poll(() => app.store.selectFrom('suspension_request').select('id').execute(), { timeout: 10_000 }).toEqual([])
}

async function linkOf(resident: BoundResident): Promise<string> {
  expect((await callPublic(app, ask, { nik: resident.nik })).status).toBe(200)
  await answered()
  const token = await findInMail(app, resident.email, suspensionToken)
  if (!token) throw new Error('no link came')
  return token
}

describe('suspending by receipt code', () => {
  test('stops the phone at its next request, whatever token it holds', async () => {
    const resident = await bindResident(app, desk)
    const holder = (await resident.unlock()).body['accessToken'] as string
    const look = () => resident.client.send({ method: 'GET', path: routes.holder.audiences.path, token: holder })
    expect((await look()).status).toBe(200)
    const { status, body } = await callPublic(app, suspend, { receiptCode: resident.receiptCode })
    expect([status, body]).toEqual([200, { at: app.clock.now(), liftedAt: 'phone' }])
    expect((await look()).body['code']).toBe('device-suspended')
    expect((await resident.unlock()).body['code']).toBe('device-state-wrong')
    expect(await resident.status()).toMatchObject({ state: 'suspended', suspension: { at: app.clock.now(), liftedAt: 'phone', codesLeft: 5 } })
  })

  test('tells the e-mail on file and the history', async () => {
    const resident = await bindResident(app, desk)
    await callPublic(app, suspend, { receiptCode: resident.receiptCode })
    expect((await readMails(app, resident.email)).map(({ subject }) => subject)).toEqual(['IKD Anda ditangguhkan / Your IKD is suspended'])
    expect((await activityOf(app, resident.residentId)).map(({ kind, purpose }) => [kind, purpose])).toEqual([['device-suspended', 'resident']])
  })

  test('may be repeated, and changes nothing then', async () => {
    const resident = await bindResident(app, desk)
    const first = await callPublic(app, suspend, { receiptCode: resident.receiptCode })
    app.clock.advance(minute)
    expect((await callPublic(app, suspend, { receiptCode: resident.receiptCode })).body).toEqual(first.body)
    expect(await readMails(app, resident.email)).toHaveLength(1)
  })

  test('takes a code of eighty bits; a wrong one costs a captcha', async () => {
    const resident = await bindResident(app, desk)
    expect(resident.receiptCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    expect((await callPublic(app, suspend, { receiptCode: resident.receiptCode }, false)).body['code']).toBe('request-invalid')
    const spent = (await app.store.selectFrom('captcha_spent').select('challenge').execute()).length
    expect((await callPublic(app, suspend, { receiptCode: '0000-0000-0000-0000' })).body['code']).toBe('receipt-code-wrong')
    expect((await app.store.selectFrom('captcha_spent').select('challenge').execute()).length).toBe(spent + 1)
  })

  test('has nothing to stop on a phone that was never bound, or is blocked', async () => {
    const resident = await bindResident(app, desk)
    await app.store.updateTable('binding').set({ state: 'blocked', ended_at: app.clock.now() }).where('id', '=', resident.bindingId).execute()
    expect((await callPublic(app, suspend, { receiptCode: resident.receiptCode })).body['code']).toBe('suspension-needless')
  })
})

describe('asking for a link', () => {
  test('is answered alike for a bound, an unbound and an unknown NIK', async () => {
    const bound = await bindResident(app, desk)
    const unbound = await addResident(app)
    const answers = []
    for (const nik of [bound.nik, unbound.nik, '3577020101010099', '0000000000000000']) {
      const { status, body, headers } = await callPublic(app, ask, { nik })
      answers.push({ status, body, length: headers['content-length'] })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    await answered()
    expect(await readMails(app, bound.email)).toHaveLength(1)
  })

  test('leaves no NIK behind in clear while it waits', async () => {
    const { nik } = await addResident(app)
    await callPublic(app, ask, { nik })
    const rows = await app.store.selectFrom('suspension_request').select('nik').execute()
    for (const row of rows) expect(Buffer.from(row.nik).toString('latin1')).not.toContain(nik)
    await answered()
  })

  test('sends one mail an hour, whose link is good until the next: nobody can use up another’s', async () => {
    const resident = await bindResident(app, desk)
    for (let i = 0; i < 5; i++) await callPublic(app, ask, { nik: resident.nik })
    await answered()
    expect(await readMails(app, resident.email)).toHaveLength(1)
    expect((await activityOf(app, resident.residentId)).map(({ kind }) => kind)).toEqual(['suspension-link-sent'])
    app.clock.advance(hour - 1)
    expect((await linkOf(resident)).length).toBe(22)
    expect((await callPublic(app, open, { token: await linkOf(resident) }, false)).body).toMatchObject({ purpose: 'asked' })
    app.clock.advance(1)
    const second = await linkOf(resident)
    expect((await callPublic(app, suspend, { token: second })).body).toMatchObject({ liftedAt: 'phone' })
    expect((await activityOf(app, resident.residentId)).filter(({ kind }) => kind === 'suspension-link-sent')).toHaveLength(2)
  })
})

describe('an answer lost on the way back', () => {
  test('leaves one request for a link, however often it is sent', async () => {
    const request = { nik: '3577020101010097', captcha: await mintCaptcha(app) }
    const key = randomUUID()
    const count = async () => (await app.store.selectFrom('idempotency').select('key').where('key', '=', key).execute()).length
    const answers = await Promise.all(Array.from({ length: 3 }, () => sendPublic(app, ask, request, key)))
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array.from({ length: 3 }, () => [200, {}]))
    expect(await count()).toBe(1)
    expect((await sendPublic(app, ask, request)).body['code']).toBe('captcha-spent')
    await answered()
  })

  test('is given again, though the phone is in use again by then', async () => {
    const resident = await bindResident(app, desk)
    const request = { receiptCode: resident.receiptCode, captcha: await mintCaptcha(app) }
    const key = randomUUID()
    const first = await sendPublic(app, suspend, request, key)
    await app.store.updateTable('binding').set({ state: 'active', suspended_at: null, suspended_by: null }).where('id', '=', resident.bindingId).execute()
    app.clock.advance(minute)
    expect((await sendPublic(app, suspend, request, key)).body).toEqual(first.body)
    expect((await resident.unlock()).status).toBe(200)
    expect(await readMails(app, resident.email)).toHaveLength(1)
  })

  test('is the same refusal, whose robot check is spent and whose half-done act is undone', async () => {
    const resident = await bindResident(app, desk)
    const token = await linkOf(resident)
    const setState = (state: 'active' | 'blocked') => app.store.updateTable('binding').set({ state }).where('id', '=', resident.bindingId).execute()
    await setState('blocked')
    const request = { token, captcha: await mintCaptcha(app) }
    const key = randomUUID()
    for (let i = 0; i < 2; i++) expect((await sendPublic(app, suspend, request, key)).body['code']).toBe('suspension-needless')
    expect((await sendPublic(app, suspend, request)).body['code']).toBe('captcha-spent')
    await setState('active')
    expect((await callPublic(app, suspend, { token })).body).toMatchObject({ liftedAt: 'phone' })
  })
})

test('asking from one address is slowed down, whoever is asked about', async () => {
  const codes = []
  for (let i = 0; i < 11; i++) codes.push((await app.app.inject({ method: 'POST', url: ask.path, remoteAddress: '10.9.9.9', headers: { 'idempotency-key': randomUUID() }, payload: { nik: '3577020101010098', captcha: 'x' } })).json().code)
  expect([codes[9], codes[10]]).toEqual(['captcha-wrong', 'too-many-requests'])
})

describe('a link', () => {
  test('tells what it would do and changes nothing when it is opened, however often', async () => {
    const resident = await bindResident(app, desk)
    const token = await linkOf(resident)
    for (let i = 0; i < 2; i++) expect((await callPublic(app, open, { token }, false)).body).toMatchObject({ purpose: 'asked' })
    expect((await resident.unlock()).status).toBe(200)
  })

  test('suspends once; used again it answers the same while that lasts', async () => {
    const resident = await bindResident(app, desk)
    const token = await linkOf(resident)
    const first = await callPublic(app, suspend, { token })
    expect(first.body).toEqual({ at: app.clock.now(), liftedAt: 'phone' })
    app.clock.advance(minute)
    expect((await callPublic(app, suspend, { token })).body).toEqual(first.body)
    expect((await callPublic(app, open, { token }, false)).body['suspension']).toEqual(first.body)
    // Lifted meanwhile: a used link does not suspend again.
    await app.store.updateTable('binding').set({ state: 'active', suspended_at: null, suspended_by: null }).where('id', '=', resident.bindingId).execute()
    expect((await callPublic(app, suspend, { token })).body['code']).toBe('suspension-link-invalid')
    expect((await resident.unlock()).status).toBe(200)
  })

  test('is good for an hour', async () => {
    const resident = await bindResident(app, desk)
    const token = await linkOf(resident)
    app.clock.advance(hour)
    expect((await callPublic(app, suspend, { token })).body['code']).toBe('suspension-link-invalid')
    expect((await callPublic(app, open, { token }, false)).body['code']).toBe('suspension-link-invalid')
  })

  test('of which only a hash is kept, and which nothing else takes', async () => {
    const resident = await bindResident(app, desk)
    const token = await linkOf(resident)
    const kept = JSON.stringify(await app.store.selectFrom('suspension_link').selectAll().execute())
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(resident.email)
    expect((await callPublic(app, routes.activation.confirm, { token, code: '123456' })).body['code']).toBe('activation-link-invalid')
    expect((await callPublic(app, routes.contacts.confirmLink, { token })).body['code']).toBe('contact-link-invalid')
  })
})

test('what was unlocked and shown before a suspension stays dead after it is lifted', async () => {
  const resident = await bindResident(app, desk)
  const holder = (await resident.unlock()).body['accessToken'] as string
  await callPublic(app, suspend, { receiptCode: resident.receiptCode })
  app.clock.advance(2000)
  await app.store
    .updateTable('binding')
    .set({ state: 'active', suspended_at: null, suspended_by: null, valid_from: app.clock.now() })
    .where('id', '=', resident.bindingId)
    .execute()
  expect((await resident.client.send({ method: 'GET', path: routes.holder.audiences.path, token: holder })).body['code']).toBe('token-expired')
})

test('a stranger’s key cannot suspend by guessing at the phone’s own routes', async () => {
  const stranger = makeTestClient(app)
  expect((await stranger.send({ method: 'POST', path: routes.device.session.path })).body['code']).toBe('device-unknown')
})
