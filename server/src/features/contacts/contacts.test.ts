import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, minute } from '../../clock.ts'
import { raiseTestApp, type TestApp } from '../../testing/app.ts'
import { activityOf, bindResident, type BoundResident, callPublic, codeInMail, findInMail, openDesk, readMails, suspensionToken, type TestDesk } from '../../testing/bound.ts'

let app: TestApp
let desk: TestDesk
let serial = 0

beforeAll(async () => {
  app = await raiseTestApp()
  desk = await openDesk(app, 'dua', 0)
})
afterAll(() => app.close())

const { start, confirm, cancel, get } = routes.contacts
const newAddress = () => `baru-${++serial}@contoh.id`
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

/** A change of e-mail begun, and the codes that went to both addresses. */
async function begun(resident: BoundResident, email = newAddress()) {
  const started = await resident.asHolder(start.path, { pin: resident.pin, email })
  expect(started.body['code']).toBeUndefined()
  const [oldCode, newCode] = [await findInMail(app, resident.email, codeInMail), await findInMail(app, email, codeInMail)]
  if (!oldCode || !newCode) throw new Error('a code did not come')
  return { email, oldCode, newCode, started }
}

const emailOnFile = async ({ registrationId }: BoundResident) =>
  (await app.store.selectFrom('registration').select('email').where('id', '=', registrationId).executeTakeFirstOrThrow()).email

describe('a new e-mail', () => {
  test('counts once both addresses have answered, and not before', async () => {
    const resident = await bindResident(app, desk)
    const { email, oldCode, newCode, started } = await begun(resident)
    expect(started.body).toMatchObject({ pending: { kind: 'email', triesLeft: 5, old: { confirmed: false, mail: 'queued' }, new: { confirmed: false } } })
    expect(await emailOnFile(resident)).toBe(resident.email)
    const half = await resident.asHolder(confirm.path, { address: 'new', code: newCode })
    expect(half.body).toMatchObject({ pending: { old: { confirmed: false }, new: { confirmed: true } } })
    expect(await emailOnFile(resident)).toBe(resident.email)
    const done = await resident.asHolder(confirm.path, { address: 'old', code: oldCode })
    expect([done.status, done.body['pending']]).toEqual([200, undefined])
    expect(await emailOnFile(resident)).toBe(email)
  })

  test('is told to both addresses and in the history; the old one gets a link that stops the phone for good', async () => {
    const resident = await bindResident(app, desk)
    const { email, oldCode, newCode } = await begun(resident)
    await resident.asHolder(confirm.path, { address: 'old', code: oldCode })
    await resident.asHolder(confirm.path, { address: 'new', code: newCode })
    const subject = 'E-mail IKD Anda diganti / The e-mail of your IKD was changed'
    for (const to of [resident.email, email]) expect((await readMails(app, to)).map((mail) => mail.subject)).toContain(subject)
    expect(await findInMail(app, email, suspensionToken)).toBeUndefined()
    expect((await activityOf(app, resident.residentId)).map(({ kind }) => kind).sort()).toEqual(['contact-change-started', 'contact-changed'])
    expect(JSON.stringify(await activityOf(app, resident.residentId))).not.toContain(email)

    const token = await findInMail(app, resident.email, suspensionToken)
    expect((await callPublic(app, routes.suspensions.suspend, { token })).body).toMatchObject({ liftedAt: 'office' })
    // Whoever changed the address holds phone, PIN and new e-mail: that must not lift it.
    expect((await resident.asDevice(routes.resumption.start.path, { pin: resident.pin })).body['code']).toBe('resume-at-office')
    for (const to of [resident.email, email]) expect((await readMails(app, to)).some(({ text }) => text.includes('tautan "bukan saya"'))).toBe(true)
  })

  test('counts as well when both codes come at the same moment', async () => {
    const resident = await bindResident(app, desk)
    const { email, oldCode, newCode } = await begun(resident)
    const token = (await resident.unlock()).body['accessToken'] as string
    await Promise.all([['old', oldCode], ['new', newCode]].map(([address, code]) => resident.client.send({ method: 'POST', path: confirm.path, token, body: { address, code } })))
    expect(await emailOnFile(resident)).toBe(email)
  })

  test('does not count with one code in both places, nor with the codes exchanged', async () => {
    const resident = await bindResident(app, desk)
    const { oldCode, newCode } = await begun(resident)
    if (oldCode === newCode) return
    expect((await resident.asHolder(confirm.path, { address: 'old', code: newCode })).body['code']).toBe('mail-code-wrong')
    expect((await resident.asHolder(confirm.path, { address: 'new', code: oldCode })).body['code']).toBe('mail-code-wrong')
  })

  test('takes the PIN anew, counted as ever, before any mail is sent', async () => {
    const resident = await bindResident(app, desk)
    const email = newAddress()
    expect((await resident.asHolder(start.path, { pin: '305817', email })).body).toMatchObject({ code: 'pin-wrong', triesLeft: 2 })
    expect(await readMails(app, email)).toEqual([])
  })

  test('allows five wrong codes for both addresses together, then ends', async () => {
    const resident = await bindResident(app, desk)
    const { oldCode, newCode } = await begun(resident)
    const token = (await resident.unlock()).body['accessToken'] as string
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, i) => {
        const body = i % 2 === 0 ? { address: 'old', code: other(oldCode) } : { address: 'new', code: other(newCode) }
        return resident.client.send({ method: 'POST', path: confirm.path, token, body })
      }),
    )
    const told = tries.map(({ body }) => body['code'])
    expect(told.filter((code) => code === 'mail-code-wrong')).toHaveLength(4)
    // Those after the fifth find it ended, or ending.
    expect(told.filter((code) => code === 'mail-code-exhausted' || code === 'contact-change-missing')).toHaveLength(4)
    expect((await resident.asHolder(confirm.path, { address: 'old', code: oldCode })).body['code']).toBe('contact-change-missing')
  })

  test('waits for a day at most', async () => {
    const resident = await bindResident(app, desk)
    const { oldCode } = await begun(resident)
    app.clock.advance(day)
    expect((await resident.asHolder(confirm.path, { address: 'old', code: oldCode })).body['code']).toBe('contact-change-missing')
    expect((await resident.asHolder(get.path)).body['pending']).toBeUndefined()
    await begun(resident)
  })

  test('is one at a time, may be cancelled, and is begun three times a day', async () => {
    const resident = await bindResident(app, desk)
    const { oldCode } = await begun(resident)
    expect((await resident.asHolder(start.path, { pin: resident.pin, email: newAddress() })).body['code']).toBe('contact-change-pending')
    expect((await resident.asHolder(cancel.path)).body['pending']).toBeUndefined()
    expect((await resident.asHolder(confirm.path, { address: 'old', code: oldCode })).body['code']).toBe('contact-change-missing')
    app.clock.advance(minute)
    for (let i = 0; i < 2; i++) {
      await begun(resident)
      await resident.asHolder(cancel.path)
      app.clock.advance(minute)
    }
    expect((await resident.asHolder(start.path, { pin: resident.pin, email: newAddress() })).body['code']).toBe('mail-codes-exhausted')
  }, 60_000)

  test('bombs nobody: an address gets three such mails a day, from all phones together', async () => {
    const victim = newAddress()
    for (let i = 0; i < 3; i++) await begun(await bindResident(app, desk), victim)
    const fourth = await bindResident(app, desk)
    expect((await fourth.asHolder(start.path, { pin: fourth.pin, email: victim.toUpperCase().replace('@CONTOH.ID', '@contoh.id') })).body['code']).toBe('mail-codes-exhausted')
    expect(await readMails(app, victim)).toHaveLength(3)
    expect(JSON.stringify(await app.store.selectFrom('cap').selectAll().execute())).not.toContain('contoh.id')
  }, 60_000)

  test('is nothing when it is the one on file', async () => {
    const resident = await bindResident(app, desk)
    expect((await resident.asHolder(start.path, { pin: resident.pin, email: resident.email })).body['code']).toBe('contact-unchanged')
  })

  test('ends with a suspension: what a thief began does not go on', async () => {
    const resident = await bindResident(app, desk)
    const { newCode } = await begun(resident)
    await callPublic(app, routes.suspensions.suspend, { receiptCode: resident.receiptCode })
    const { ended_at: ended } = await app.store.selectFrom('contact_change').select('ended_at').where('binding_id', '=', resident.bindingId).executeTakeFirstOrThrow()
    expect(ended).toBe(app.clock.now())
    expect(newCode).toMatch(/^\d{6}$/)
  })

  test('stands nowhere in clear before it counts', async () => {
    const resident = await bindResident(app, desk)
    const { email, oldCode, newCode } = await begun(resident)
    const rows = await app.store.selectFrom('contact_change').selectAll().where('binding_id', '=', resident.bindingId).execute()
    const kept = rows.map((row) => JSON.stringify({ ...row, new_value: Buffer.from(row.new_value).toString('latin1') })).join('')
    for (const secret of [email, oldCode, newCode]) expect(kept).not.toContain(secret)
  })
})

test('a new phone number takes the PIN and a code to the e-mail on file, which can stop the phone', async () => {
  const resident = await bindResident(app, desk)
  const started = await resident.asHolder(start.path, { pin: resident.pin, phone: '+6289999000111' })
  expect(started.body).toMatchObject({ phoneMasked: '+62•••••7890', pending: { kind: 'phone', newMasked: '+62•••••0111' } })
  const code = (await findInMail(app, resident.email, codeInMail)) ?? ''
  expect((await resident.asHolder(confirm.path, { address: 'new', code })).body['code']).toBe('contact-change-missing')
  const done = await resident.asHolder(confirm.path, { address: 'old', code })
  expect(done.body).toEqual({ emailMasked: expect.any(String), phoneMasked: '+62•••••0111' })
  expect(await findInMail(app, resident.email, suspensionToken)).toBeDefined()
})
