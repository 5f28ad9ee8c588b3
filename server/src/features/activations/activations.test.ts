import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, minute } from '../../clock.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { mintCaptcha, raiseTestApp, type TestAnswer, type TestApp } from '../../testing/app.ts'
import {
  activationToken, addResident, callPublic, codeInMail, findInMail, matchFace, openDesk, raiseSecondServer, registerPhone, registrationQrOf,
  sendPublic, type TestDesk,
} from '../../testing/bound.ts'
import { createTestCore } from '../../testing/core.ts'
import { createMailService } from '../mail/service.ts'
import { createActivationsService } from './service.ts'

let app: TestApp
let servers: Awaited<ReturnType<typeof raiseSecondServer>>
let desk: TestDesk
let visits = 0

beforeAll(async () => {
  app = await raiseTestApp()
  servers = await raiseSecondServer(app)
  desk = await openDesk(app, 'satu', 0)
})
afterAll(async () => {
  await servers.app.close()
  await app.close()
})

const { confirm, open } = routes.activation
const { enterCode, newCode, setPin } = routes.device

interface Visit {
  readonly caseId: string
  readonly email: string
  /** Secret of the link and code of the newest mail. */
  mail(): Promise<{ token: string; code: string }>
  asDevice(path: string, body?: object): Promise<TestAnswer>
  /** As if the mailbox had answered 250 now. */
  deliver(): Promise<void>
}

/** A visit that was approved; its requests go to two servers in turn. */
async function approve(test = servers.both): Promise<Visit> {
  app.clock.advance(1000)
  const { nik } = await addResident(app)
  const email = `aktivasi-${++visits}@contoh.id`
  const phone = await registerPhone(test, nik, email)
  const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(test, phone.client, phone.registrationId) })
  if (opened.status !== 201) throw new Error(String(opened.body['code']))
  const caseId = opened.body['id'] as string
  const token = async () => ((await phone.client.send({ method: 'POST', path: routes.device.session.path })).body['token'] as { accessToken: string }).accessToken
  const asDevice = async (path: string, body?: object) => phone.client.send({ method: 'POST', path, token: await token(), body })
  await asDevice(routes.device.confirmCase.path, { code: (opened.body['confirmation'] as { code: string }).code })
  await matchFace(app, caseId)
  const approved = await desk.post(`/v1/cases/${caseId}/decision`, { outcome: 'approve' })
  if (approved.status !== 200) throw new Error(String(approved.body['code']))
  return {
    caseId,
    email,
    asDevice,
    async mail() {
      const [token, code] = [await findInMail(app, email, activationToken), await findInMail(app, email, /^Kode aktivasi: (\d{6})$/m)]
      return { token: token ?? '', code: code ?? '' }
    },
    async deliver() {
      const { mail_id: id } = await app.store.selectFrom('activation').select('mail_id').where('case_id', '=', caseId).executeTakeFirstOrThrow()
      await app.store.updateTable('outbox').set({ state: 'accepted', accepted_at: app.clock.now() }).where('id', '=', id).execute()
    },
  }
}

const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0')
const codes = (answers: readonly TestAnswer[]) => answers.map(({ body }) => body['code'])

describe('an activation code', () => {
  test('is used once: consumed in the app it opens nothing again, and the link only says so', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    expect((await callPublic(servers.both, confirm, { token, code })).body).toEqual({ state: 'confirmed' })
    const answers = await Promise.all(Array.from({ length: 6 }, () => visit.asDevice(enterCode.path, { code })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(codes(answers.filter(({ status }) => status !== 200)))).toEqual(new Set(['device-state-wrong']))
    expect((await callPublic(app, confirm, { token, code })).body).toEqual({ state: 'done' })
    expect((await visit.asDevice(setPin.path, { pin: '472915' })).body).toMatchObject({ state: 'active' })
    expect((await visit.asDevice(setPin.path, { pin: '730264' })).body['code']).toBe('device-state-wrong')
  })

  test('allows five wrong tries in all, link page and app together', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    for (let i = 1; i <= 3; i++) expect((await callPublic(app, confirm, { token, code: other(code, i) })).body).toMatchObject({ code: 'activation-code-wrong', triesLeft: 5 - i })
    await callPublic(app, confirm, { token, code })
    expect((await visit.asDevice(enterCode.path, { code: other(code) })).body).toMatchObject({ code: 'activation-code-wrong', triesLeft: 1 })
    expect((await visit.asDevice(enterCode.path, { code: other(code, 2) })).body['code']).toBe('activation-code-exhausted')
    expect((await visit.asDevice(enterCode.path, { code })).body['code']).toBe('activation-code-exhausted')
    expect((await callPublic(app, confirm, { token, code })).body['code']).toBe('activation-code-exhausted')
  })

  test('allows five also when twenty come at once, by both ways and over two servers', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    await callPublic(app, confirm, { token, code })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2 === 0 ? callPublic(servers.both, confirm, { token, code: other(code, i + 1) }) : visit.asDevice(enterCode.path, { code: other(code, i + 1) }),
      ),
    )
    expect(codes(answers).filter((one) => one === 'activation-code-wrong')).toHaveLength(4)
    expect(codes(answers).filter((one) => one === 'activation-code-exhausted')).toHaveLength(16)
    const { code_tries: tries } = await app.store.selectFrom('activation').select('code_tries').where('case_id', '=', visit.caseId).executeTakeFirstOrThrow()
    expect(tries).toBe(5)
  })

  test('counts each wrong try on the link page against a captcha of its own', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    const challenge = await app.store.selectFrom('captcha_spent').select('challenge').execute()
    await callPublic(app, confirm, { token, code: other(code) })
    expect((await app.store.selectFrom('captcha_spent').select('challenge').execute()).length).toBe(challenge.length + 1)
    expect((await callPublic(app, confirm, { token, code }, false)).body['code']).toBe('request-invalid')
  })

  test('whose answer was lost is asked for again with the same robot check: counted once, confirmed once, at either server', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    const wrong = { token, code: other(code), captcha: await mintCaptcha(app) }
    const guess = randomUUID()
    const told = [await sendPublic(servers.both, confirm, wrong, guess), await sendPublic(servers.both, confirm, wrong, guess)]
    expect(told.map(({ body }) => [body['code'], body['triesLeft']])).toEqual([['activation-code-wrong', 4], ['activation-code-wrong', 4]])
    const right = { token, code, captcha: await mintCaptcha(app) }
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 4 }, () => sendPublic(servers.both, confirm, right, key)))
    expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 4 }, () => ({ state: 'confirmed' })))
    expect(await app.store.selectFrom('audit_entry').select('seq').where('action', '=', 'activation.link-confirmed').where('subject_id', '=', visit.caseId).execute()).toHaveLength(1)
    // Under another key it is another request, and the robot check is spent.
    expect((await sendPublic(app, confirm, right)).body['code']).toBe('captcha-spent')
    // Nor does a stranger who has seen the key hear or hinder anything with it.
    expect((await sendPublic(app, confirm, { token: 'A'.repeat(22), code, captcha: await mintCaptcha(app) }, key)).body['code']).toBe('activation-link-invalid')
    expect((await sendPublic(app, confirm, right, key)).body).toEqual({ state: 'confirmed' })
  })

  test('costs no robot check when the server could not do what it was solved for', async () => {
    const visit = await approve()
    const request = { ...(await visit.mail()), captcha: await mintCaptcha(app) }
    await sql`alter table audit_entry rename to out_of_reach`.execute(app.store)
    try {
      expect((await sendPublic(app, confirm, request)).status).toBe(500)
    } finally {
      await sql`alter table out_of_reach rename to audit_entry`.execute(app.store)
    }
    expect((await sendPublic(app, confirm, request)).body).toEqual({ state: 'confirmed' })
  })

  test('lives ten minutes from the mailbox’s 250, by both ways', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    // A slow mailbox takes nothing from them.
    app.clock.advance(8 * minute)
    await visit.deliver()
    app.clock.advance(10 * minute - 1)
    expect((await callPublic(app, confirm, { token, code })).status).toBe(200)
    app.clock.advance(1)
    expect((await callPublic(app, confirm, { token, code: other(code) })).body['code']).toBe('activation-expired')
    expect((await visit.asDevice(enterCode.path, { code })).body['code']).toBe('activation-expired')
    desk = await openDesk(app, 'satu', 1)
  })

  test('serves this device and this case: another approved phone cannot use it', async () => {
    const [one, two] = [await approve(), await approve()]
    const { token, code } = await one.mail()
    const mail = await two.mail()
    await callPublic(app, confirm, { token, code })
    if (code !== mail.code) {
      expect((await callPublic(app, confirm, { token: mail.token, code })).body['code']).toBe('activation-code-wrong')
      await callPublic(app, confirm, mail)
      expect((await two.asDevice(enterCode.path, { code })).body['code']).toBe('activation-code-wrong')
    }
    expect((await one.asDevice(enterCode.path, { code })).status).toBe(200)
  })

  test('wants the link confirmed first, and a link that was only opened confirms nothing', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    expect((await visit.asDevice(enterCode.path, { code })).body['code']).toBe('activation-not-confirmed')
    for (let i = 0; i < 2; i++) expect((await callPublic(app, open, { token }, false)).body).toEqual({ state: 'waiting' })
    expect((await visit.asDevice(enterCode.path, { code })).body['code']).toBe('activation-not-confirmed')
  })

  test('stands nowhere in the database, and neither does its link', async () => {
    const visit = await approve()
    const { token, code } = await visit.mail()
    const kept = JSON.stringify(await app.store.selectFrom('activation').selectAll().where('case_id', '=', visit.caseId).execute())
    expect([kept.includes(token), kept.includes(`"${code}"`)]).toEqual([false, false])
  })
})

describe('a new code', () => {
  test('may be asked for three times, the phone’s and the desk’s together, and kills the one before', async () => {
    const visit = await approve()
    const before = await visit.mail()
    app.clock.advance(1000)
    expect((await visit.asDevice(newCode.path)).status).toBe(200)
    const after = await visit.mail()
    expect(after.token).not.toBe(before.token)
    expect((await callPublic(app, confirm, before)).body['code']).toBe('activation-link-invalid')
    expect((await desk.post(`/v1/cases/${visit.caseId}/new-code`)).status).toBe(200)
    expect((await visit.asDevice(newCode.path)).status).toBe(200)
    expect((await visit.asDevice(newCode.path)).body['code']).toBe('activation-resends-exhausted')
    expect((await desk.post(`/v1/cases/${visit.caseId}/new-code`)).body['code']).toBe('activation-resends-exhausted')
    expect((await desk.post(`/v1/cases/${visit.caseId}/email`, { email: 'lain@contoh.id' })).body['code']).toBe('activation-resends-exhausted')
  })

  test('counts three even if the phone believes otherwise: the database has the last word', async () => {
    const core = await createTestCore({ config: { database: app.config.database }, secrets: app.secrets, clock: app.clock })
    const activations = createActivationsService(core, createMailService(core))
    const visit = await approve()
    const stale = await activations.findByCase(core.store, visit.caseId)
    if (!stale) throw new Error('nothing was approved')
    const reissue = () => inUnit(core, (unit) => activations.reissue(unit, stale, { name: 'Warga', officeName: 'Kantor' }))
    for (let i = 0; i < 3; i++) await reissue()
    await expect(reissue()).rejects.toMatchObject({ code: 'activation-resends-exhausted' })
    await core.close()
  })

  test('is three also when ten are asked for at once over two servers', async () => {
    const visit = await approve()
    const answers = await Promise.all(Array.from({ length: 10 }, () => visit.asDevice(newCode.path)))
    const { resends } = await app.store.selectFrom('activation').select('resends').where('case_id', '=', visit.caseId).executeTakeFirstOrThrow()
    expect([resends, answers.filter(({ status }) => status === 200).length]).toEqual([3, 3])
    const queued = await app.store.selectFrom('outbox').select('id').where('case_id', '=', visit.caseId).where('state', '=', 'queued').execute()
    expect(queued).toHaveLength(1)
  })

  test('brings five new tries, within the approval’s 24 hours and not a moment later', async () => {
    const visit = await approve()
    app.clock.advance(day - minute)
    expect((await visit.asDevice(newCode.path)).status).toBe(200)
    const { token, code } = await visit.mail()
    expect((await callPublic(app, confirm, { token, code })).status).toBe(200)
    app.clock.advance(minute)
    expect((await visit.asDevice(enterCode.path, { code })).body['code']).toBe('activation-expired')
    expect((await visit.asDevice(newCode.path)).body['code']).toBe('activation-expired')
    expect((await callPublic(app, confirm, { token, code })).body['code']).toBe('activation-expired')
    desk = await openDesk(app, 'satu', 2)
  })
})

test('a corrected address is the one on file from then on', async () => {
  const visit = await approve()
  app.clock.advance(1000)
  const email = `benar-${visits}@contoh.id`
  expect((await desk.post(`/v1/cases/${visit.caseId}/email`, { email })).status).toBe(200)
  expect(await findInMail(app, visit.email, codeInMail)).toBeUndefined()
  const onFile = await app.store.selectFrom('registration').innerJoin('activation', 'activation.registration_id', 'registration.id').select('registration.email').where('activation.case_id', '=', visit.caseId).executeTakeFirstOrThrow()
  expect(onFile.email).toBe(email)
})
