import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, hour } from '../../clock.ts'
import { mintCaptcha, raiseTestApp, signIn, type TestAnswer, type TestApp } from '../../testing/app.ts'
import {
  activityOf, addResident, bindResident, type BoundResident, callPublic, contactToken, findInMail, letSupervisorApprove, matchFace, openDesk,
  readMails, registerPhone, registrationQrOf, sendPublic, suspensionToken, type TestDesk,
} from '../../testing/bound.ts'

let app: TestApp
let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  desk = await openDesk(app, 'satu', 0)
})
afterAll(() => app.close())

const { suspend } = routes.suspensions
const keptOf = (registrationId: string) => app.store.selectFrom('registration').select(['nik', 'kept_until']).where('id', '=', registrationId).executeTakeFirstOrThrow()

async function openLookup(kind: 'block' | 'contact' | 'rebinding', { residentId }: { residentId: string }, at = desk): Promise<TestAnswer> {
  return at.post(routes.cases.open.path, { from: 'lookup', kind, residentId, purpose: kind === 'contact' ? 'correction' : 'lost-phone' })
}

async function block(resident: BoundResident, at = desk): Promise<TestAnswer> {
  const opened = await openLookup('block', resident, at)
  return at.post(`/v1/cases/${opened.body['id']}/block`, { reason: 'stolen' })
}

describe('blocking', () => {
  test('is a case: looked up with a purpose, then done at once with a reason', async () => {
    const resident = await bindResident(app, desk)
    const holder = (await resident.unlock()).body['accessToken'] as string
    const opened = await openLookup('block', resident)
    expect(opened.body).toMatchObject({ kind: 'block', state: 'awaiting-reason', actions: ['block', 'cancel'], phone: { state: 'active' }, contact: {} })
    expect((await resident.unlock()).status).toBe(200)
    const blocked = await desk.post(`/v1/cases/${opened.body['id']}/block`, { reason: 'stolen' })
    expect(blocked.body).toMatchObject({ state: 'completed', block: { reason: 'stolen' }, phone: { state: 'blocked', since: app.clock.now() } })
    expect((await resident.client.send({ method: 'GET', path: routes.holder.audiences.path, token: holder })).body['code']).toBe('device-blocked')
    expect((await resident.status())['state']).toBe('blocked')
    expect((await readMails(app, resident.email)).map(({ subject }) => subject)).toEqual(['Ponsel Anda diblokir untuk IKD / Your phone is blocked for IKD'])
    expect((await activityOf(app, resident.residentId)).find(({ kind }) => kind === 'device-blocked')).toEqual({ kind: 'device-blocked', actor: 'Kantor Satu', purpose: 'stolen' })
  })

  test('needs a living phone, and happens once', async () => {
    expect((await openLookup('block', await addResident(app))).body['code']).toBe('resident-has-no-device')
    const resident = await bindResident(app, desk)
    const [first, second] = [await openLookup('block', resident), await openLookup('block', resident)]
    expect((await desk.post(`/v1/cases/${first.body['id']}/block`, { reason: 'lost' })).status).toBe(200)
    expect((await desk.post(`/v1/cases/${second.body['id']}/block`, { reason: 'lost' })).body['code']).toBe('resident-has-no-device')
  })

  test('stops at ten an hour for an officer, though the desk presses all at once; the supervisors hear of it', async () => {
    const other = await openDesk(app, 'satu', 1, 'admin')
    const opened: string[] = []
    for (let i = 0; i < 13; i++) opened.push((await openLookup('block', await bindResident(app, desk), other)).body['id'] as string)
    expect((await other.get(`/v1/cases/${opened[0]}`)).body['block']).toMatchObject({ officerLeft: 10 })
    const answers = await Promise.all(opened.map((id) => other.post(`/v1/cases/${id}/block`, { reason: 'misuse' })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    const refused = answers.filter(({ body }) => body['code'] === 'block-cap-reached')
    expect(refused.map(({ body }) => body['retryAt'])).toEqual(Array(3).fill(app.clock.now() + hour))
    const { count } = await app.store.selectFrom('audit_entry').select((select) => select.fn.countAll<number>().as('count')).where('action', '=', 'case.block-cap-reached').executeTakeFirstOrThrow()
    expect(Number(count)).toBe(3)
    expect(await app.store.selectFrom('alert').select(['kind', 'staff_id']).where('kind', '=', 'block-cap-reached').execute()).toEqual([{ kind: 'block-cap-reached', staff_id: other.staffId }])
    expect((await app.store.selectFrom('binding').select('id').where('state', '=', 'blocked').where('ended_at', '=', app.clock.now()).execute()).length).toBeGreaterThanOrEqual(10)
    app.clock.advance(hour)
    const stillOpen = opened[answers.findIndex(({ status }) => status !== 200)]
    expect((await other.client.send({ method: 'POST', path: `/v1/cases/${stillOpen}/block`, token: await signIn(other.client, 'admin.satu'), body: { reason: 'misuse' } })).status).toBe(200)
  }, 60_000)

  test('stops at thirty an hour for an office, whoever does it', async () => {
    const now = app.clock.now()
    const { office_id: officeId } = await app.store.selectFrom('staff').select('office_id').where('id', '=', desk.staffId).executeTakeFirstOrThrow()
    await app.store
      .insertInto('cap')
      .values({ key: `block:office:${officeId}`, uses: JSON.stringify(Array(30).fill(now)), last_at: now })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ uses: JSON.stringify(Array(30).fill(now)) }))
      .execute()
    desk = await openDesk(app, 'satu', 2)
    expect((await block(await bindResident(app, desk))).body['code']).toBe('block-cap-reached')
    // Another office has its own.
    const elsewhere = await openDesk(app, 'dua', 1)
    expect((await block(await bindResident(app, elsewhere), elsewhere)).status).toBe(200)
    await app.store.deleteFrom('cap').execute()
  })
})

/** An unblock case up to the decision, the face matched; `approved`: a supervisor has said yes. */
async function openUnblock(resident: BoundResident, approved: boolean): Promise<string> {
  // A later visit than the one that bound it.
  app.clock.advance(1000)
  const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await resident.qr() })
  if (opened.status !== 201) throw new Error(String(opened.body['code']))
  const id = opened.body['id'] as string
  const { code } = opened.body['confirmation'] as { code: string }
  await resident.asDevice(routes.device.confirmCase.path, { code })
  await matchFace(app, id)
  if (approved) {
    await desk.post(`/v1/cases/${id}/supervision`, { outcome: 'approve', reason: 'ponsel ditemukan' })
    await letSupervisorApprove(app, id, 'satu')
  }
  return id
}

describe('unblocking', () => {
  test('takes the phone itself at the desk, its code, the face and a second officer', async () => {
    const resident = await bindResident(app, desk)
    await block(resident)
    app.clock.advance(31 * day)
    desk = await openDesk(app, 'satu', 3)
    const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await resident.qr() })
    expect(opened.body).toMatchObject({ kind: 'unblock', state: 'awaiting-confirmation', phone: { state: 'blocked' } })
    const id = opened.body['id'] as string
    expect(await resident.status()).toMatchObject({ state: 'at-desk', desk: { caseId: id } })
    const { code } = opened.body['confirmation'] as { code: string }
    expect((await resident.asDevice(routes.device.confirmCase.path, { code })).body).toMatchObject({ state: 'in-review' })
    await matchFace(app, id)
    expect((await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })).body['code']).toBe('approval-needed')
    await desk.post(`/v1/cases/${id}/supervision`, { outcome: 'approve', reason: 'ponsel ditemukan' })
    await letSupervisorApprove(app, id, 'satu')
    expect((await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })).body).toMatchObject({ state: 'completed', phone: { state: 'active' } })
    expect((await resident.unlock()).status).toBe(200)
    expect((await keptOf(resident.registrationId)).kept_until).toBeNull()
    expect((await activityOf(app, resident.residentId)).map(({ kind }) => kind)).toContain('device-unblocked')
    expect(await findInMail(app, resident.email, suspensionToken)).toBeDefined()
  })

  test('leaves the phone as it was when the officer refuses', async () => {
    const resident = await bindResident(app, desk)
    await block(resident)
    const id = await openUnblock(resident, false)
    await desk.post(`/v1/cases/${id}/decision`, { outcome: 'refuse', reason: 'bukan orangnya' })
    expect((await resident.status())['state']).toBe('blocked')
  })

  test('never brings back a phone while another has taken its place', async () => {
    const resident = await bindResident(app, desk)
    await block(resident)
    const id = await openUnblock(resident, true)
    const second = await bindResident(app, desk, { resident })
    expect((await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })).body['code']).toBe('resident-has-active-device')
    expect((await resident.status())['state']).not.toBe('active')
    await desk.post(`/v1/cases/${id}/cancellation`, { reason: 'technical' })
    expect((await desk.post(routes.cases.open.path, { from: 'registration', qr: await resident.qr() })).body['code']).toBe('resident-has-active-device')
    expect((await second.unlock()).status).toBe(200)
  })

  test('of a suspended phone is how a holder without their e-mail gets back', async () => {
    const resident = await bindResident(app, desk)
    await callPublic(app, suspend, { receiptCode: resident.receiptCode })
    const id = await openUnblock(resident, true)
    expect((await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })).body).toMatchObject({ phone: { state: 'active' } })
    expect((await resident.unlock()).status).toBe(200)
  })

  /** As if ten wrong PINs had come, the last of them long ago. */
  const lockPin = ({ bindingId }: BoundResident) => app.store.updateTable('binding').set({ pin_row: 10 }).where('id', '=', bindingId).execute()
  const scanAtDesk = async (resident: BoundResident) => desk.post(routes.cases.open.path, { from: 'registration', qr: await resident.qr() })

  describe('a phone whose PIN is locked', () => {
    test.each(['active', 'blocked', 'suspended'] as const)('is refused at once while it is %s, before anybody’s face is taken, and the phone says what to do', async (state) => {
      const resident = await bindResident(app, desk)
      if (state === 'blocked') await block(resident)
      if (state === 'suspended') await callPublic(app, suspend, { receiptCode: resident.receiptCode })
      expect((await resident.status())['pinLocked']).toBeUndefined()
      await lockPin(resident)
      expect((await scanAtDesk(resident)).body['code']).toBe('phone-pin-locked')
      expect(await resident.status()).toMatchObject({ state, pinLocked: true })
      expect(await app.store.selectFrom('desk_case').select('id').where('binding_id', '=', resident.bindingId).where('kind', '=', 'unblock').execute()).toEqual([])
    })

    test('and gets locked while two officers are about to open it, stays as it is', async () => {
      const resident = await bindResident(app, desk)
      await callPublic(app, suspend, { receiptCode: resident.receiptCode })
      const id = await openUnblock(resident, true)
      await lockPin(resident)
      expect((await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })).body['code']).toBe('phone-pin-locked')
      expect((await desk.post(`/v1/cases/${id}/cancellation`, { reason: 'technical' })).status).toBe(200)
      expect(await resident.status()).toMatchObject({ state: 'suspended', pinLocked: true })
    })

    test('is activated anew: the same phone registers again, and the office replaces the old binding', async () => {
      const resident = await bindResident(app, desk)
      await lockPin(resident)
      expect((await resident.unlock()).body['code']).toBe('pin-blocked')
      const anew = await registerPhone(app, resident.nik, resident.email)
      const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, anew.client, anew.registrationId) })
      expect(opened.body).toMatchObject({ kind: 'rebinding', state: 'awaiting-confirmation' })
    })
  })

  test('ends what waited for the phone’s place: a new phone approved meanwhile is told, not left waiting', async () => {
    const resident = await bindResident(app, desk)
    await block(resident)
    const other = await registerPhone(app, resident.nik, `lain-${resident.email}`)
    const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, other.client, other.registrationId) })
    const id = await openUnblock(resident, true)
    expect((await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })).body).toMatchObject({ state: 'completed' })
    expect((await desk.get(`/v1/cases/${opened.body['id']}`)).body['state']).toBe('cancelled')
  })

  test('is not for a phone that is active', async () => {
    const resident = await bindResident(app, desk)
    expect((await desk.post(routes.cases.open.path, { from: 'registration', qr: await resident.qr() })).body['code']).toBe('device-state-wrong')
  })
})

describe('a phone replaced', () => {
  /** A re-binding approved by two, its activation mail on the way to the new address. */
  async function replace(resident: BoundResident) {
    const email = `pengganti-${resident.registrationId}@contoh.id`
    const phone = await registerPhone(app, resident.nik, email)
    const opened = await openLookup('rebinding', resident)
    const id = opened.body['id'] as string
    const attached = await desk.post(`/v1/cases/${id}/phone`, { qr: await registrationQrOf(app, phone.client, phone.registrationId) })
    const session = async () => ((await phone.client.send({ method: 'POST', path: routes.device.session.path })).body['token'] as { accessToken: string }).accessToken
    const asDevice = async (path: string, body?: object) => phone.client.send({ method: 'POST', path, token: await session(), body })
    await asDevice(routes.device.confirmCase.path, { code: (attached.body['confirmation'] as { code: string }).code })
    await matchFace(app, id)
    const alone = await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })
    await desk.post(`/v1/cases/${id}/supervision`, { outcome: 'approve', reason: 'ponsel hilang' })
    await letSupervisorApprove(app, id, 'satu')
    const approved = await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })
    return { ...phone, email, id, alone, approved, asDevice, session }
  }

  test('is dead as soon as two people have approved the new one, and its address hears of it', async () => {
    const resident = await bindResident(app, desk)
    const holder = (await resident.unlock()).body['accessToken'] as string
    const { alone, approved } = await replace(resident)
    expect([alone.body['code'], approved.body['state']]).toEqual(['approval-needed', 'approved'])
    expect((await keptOf(resident.registrationId)).kept_until).toBe(app.clock.now() + 90 * day)
    expect((await resident.client.send({ method: 'GET', path: routes.holder.audiences.path, token: holder })).body['code']).toBe('device-blocked')
    expect((await readMails(app, resident.email)).map(({ kind }) => kind)).toEqual(['newly-bound'])
    expect((await activityOf(app, resident.residentId)).map(({ kind }) => kind)).toContain('device-replaced')
  })

  test('and *not me* before the new one has its PIN: it never gets one', async () => {
    const resident = await bindResident(app, desk)
    const { id, asDevice } = await replace(resident)
    const token = await findInMail(app, resident.email, suspensionToken)
    expect((await callPublic(app, routes.suspensions.open, { token }, false)).body).toMatchObject({ purpose: 'not-me' })
    expect((await desk.get(`/v1/cases/${id}`)).body['state']).toBe('approved')
    expect((await callPublic(app, suspend, { token })).body).toEqual({ at: app.clock.now(), liftedAt: 'office' })
    expect((await desk.get(`/v1/cases/${id}`)).body['state']).toBe('cancelled')
    expect((await asDevice(routes.device.enterCode.path, { code: '123456' })).body['code']).toBe('device-state-wrong')
    expect((await asDevice(routes.device.newCode.path)).body['code']).toBe('device-state-wrong')
    expect((await callPublic(app, suspend, { token })).body).toMatchObject({ liftedAt: 'office' })
  })

  test('and *not me* after it: the new phone is stopped, and its PIN and e-mail do not lift that', async () => {
    const resident = await bindResident(app, desk)
    const { id, registrationId, receiptCode, asDevice, session, email } = await replace(resident)
    await app.store.updateTable('activation').set({ confirmed_at: app.clock.now(), consumed_at: app.clock.now() }).where('case_id', '=', id).execute()
    expect((await asDevice(routes.device.setPin.path, { pin: '730264' })).body['state']).toBe('active')
    // Bound: kept as long as that lasts, and the NIK has served.
    expect(await keptOf(registrationId)).toEqual({ nik: '', kept_until: null })
    // The thief stops it first by its own receipt code, so that *not me* would come too late.
    await callPublic(app, suspend, { receiptCode })
    const token = await findInMail(app, resident.email, suspensionToken)
    expect((await callPublic(app, suspend, { token })).body).toMatchObject({ liftedAt: 'office' })
    const unlocked = await asDevice(routes.holder.unlock.path, { pin: '730264' })
    expect(unlocked.body['code']).toBe('device-state-wrong')
    expect((await asDevice(routes.resumption.start.path, { pin: '730264' })).body['code']).toBe('resume-at-office')
    const { body: status } = await resident.client.send({ method: 'GET', path: routes.device.status.path, token: await resident.session() })
    expect(status['state']).toBe('blocked')
    for (const to of [resident.email, email]) expect((await readMails(app, to)).some(({ text }) => text.includes('tautan "bukan saya"'))).toBe(true)
    expect(await session()).toBeDefined()
  })

  test('and the link is good for seven days', async () => {
    const resident = await bindResident(app, desk)
    await replace(resident)
    const token = await findInMail(app, resident.email, suspensionToken)
    app.clock.advance(7 * day - 1)
    expect((await callPublic(app, routes.suspensions.open, { token }, false)).status).toBe(200)
    app.clock.advance(1)
    expect((await callPublic(app, suspend, { token })).body['code']).toBe('suspension-link-invalid')
    desk = await openDesk(app, 'satu', 4)
  })
})

describe('a contact changed at the desk', () => {
  async function matched(resident: BoundResident, outcome: 'match' | 'non-match' = 'match'): Promise<string> {
    const opened = await openLookup('contact', resident)
    expect(opened.body).toMatchObject({ kind: 'contact', state: 'awaiting-capture' })
    const id = opened.body['id'] as string
    expect((await desk.post(`/v1/cases/${id}/contact`, { phone: '+6281111111111' })).body['code']).toBe('case-state-wrong')
    await matchFace(app, id, outcome)
    return id
  }
  const onFile = async ({ registrationId }: BoundResident) => app.store.selectFrom('registration').select(['email', 'phone']).where('id', '=', registrationId).executeTakeFirstOrThrow()

  test('counts for an e-mail when that address has answered, and the old one can say *not me*', async () => {
    const resident = await bindResident(app, desk)
    const id = await matched(resident)
    const email = `desk-${id}@contoh.id`
    expect((await desk.post(`/v1/cases/${id}/contact`, { email })).body).toMatchObject({ state: 'awaiting-address', contactChange: { kind: 'email', mail: 'queued', sendsLeft: 2 } })
    expect((await onFile(resident)).email).toBe(resident.email)
    const token = await findInMail(app, email, contactToken)
    expect((await callPublic(app, routes.contacts.openLink, { token }, false)).body).toMatchObject({ state: 'waiting', office: 'Kantor Satu' })
    expect((await onFile(resident)).email).toBe(resident.email)
    // Twice the same, as when an answer is lost; then anew.
    const request = [{ token, captcha: await mintCaptcha(app) }, randomUUID()] as const
    for (let i = 0; i < 2; i++) expect((await sendPublic(app, routes.contacts.confirmLink, ...request)).body).toEqual({ state: 'confirmed' })
    expect((await callPublic(app, routes.contacts.confirmLink, { token })).body).toEqual({ state: 'confirmed' })
    expect((await onFile(resident)).email).toBe(email)
    expect((await desk.get(`/v1/cases/${id}`)).body).toMatchObject({ state: 'completed', contactChange: { confirmedAt: app.clock.now() } })
    const notMe = await findInMail(app, resident.email, suspensionToken)
    expect((await callPublic(app, suspend, { token: notMe })).body).toMatchObject({ liftedAt: 'office' })
  })

  test('counts for a phone number at once', async () => {
    const resident = await bindResident(app, desk)
    const id = await matched(resident)
    expect((await desk.post(`/v1/cases/${id}/contact`, { phone: '+6281111111111' })).body).toMatchObject({ state: 'completed' })
    expect((await onFile(resident)).phone).toBe('+6281111111111')
    expect((await activityOf(app, resident.residentId)).find(({ kind }) => kind === 'contact-changed')).toMatchObject({ actor: 'Kantor Satu' })
  })

  test('takes a second officer when the face did not match', async () => {
    const resident = await bindResident(app, desk)
    const id = await matched(resident, 'non-match')
    expect((await desk.post(`/v1/cases/${id}/contact`, { phone: '+6281111111111' })).body['code']).toBe('approval-needed')
    await desk.post(`/v1/cases/${id}/supervision`, { outcome: 'approve', reason: 'dokumen asli' })
    await letSupervisorApprove(app, id, 'satu')
    expect((await desk.post(`/v1/cases/${id}/contact`, { phone: '+6281111111111' })).body).toMatchObject({ state: 'completed' })
  })

  test('sends three mails at most, and only the last one’s link counts', async () => {
    const resident = await bindResident(app, desk)
    const id = await matched(resident)
    const address = (n: number) => `desk-${n}-${id}@contoh.id`
    await desk.post(`/v1/cases/${id}/contact`, { email: address(1) })
    const first = await findInMail(app, address(1), contactToken)
    await desk.post(`/v1/cases/${id}/contact`, { email: address(2) })
    expect((await callPublic(app, routes.contacts.confirmLink, { token: first })).body['code']).toBe('contact-link-invalid')
    expect((await desk.post(`/v1/cases/${id}/contact`, { email: address(3) })).body).toMatchObject({ contactChange: { sendsLeft: 0 } })
    expect((await desk.post(`/v1/cases/${id}/contact`, { email: address(4) })).body['code']).toBe('mail-codes-exhausted')
  })

  test('ends with its visit', async () => {
    const resident = await bindResident(app, desk)
    const id = await matched(resident)
    const email = `desk-${id}@contoh.id`
    await desk.post(`/v1/cases/${id}/contact`, { email })
    const token = await findInMail(app, email, contactToken)
    await desk.post(`/v1/cases/${id}/cancellation`, { reason: 'left' })
    expect((await callPublic(app, routes.contacts.confirmLink, { token })).body['code']).toBe('contact-link-invalid')
    expect((await onFile(resident)).email).toBe(resident.email)
  })

  test('approves nothing else: such a case binds no phone', async () => {
    const id = await matched(await bindResident(app, desk))
    expect((await desk.post(`/v1/cases/${id}/decision`, { outcome: 'approve' })).body['code']).toBe('case-state-wrong')
    expect((await desk.post(`/v1/cases/${id}/block`, { reason: 'lost' })).body['code']).toBe('case-state-wrong')
  })
})
