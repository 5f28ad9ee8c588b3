import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@ikd/client'
import { routes } from '@ikd/contract'
import { createFaceEngine } from '@ikd/face/node'
import { type Config, importPopulation, loadConfig, openStore, type Store } from '@ikd/server'
import { Secret } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencies, type Agencies, createAgencies } from '../demo/agencies.ts'
import { type DemoFace, findDemoFaces } from '../demo/faces.ts'
import { answer } from '../demo/turning-head/answer.ts'
import { type Head, headOf } from '../demo/turning-head/head.ts'
import { createMailbox, type Mailbox } from '../demo/mailbox.ts'
import { knownTotpSecret } from '../demo/population/offices.ts'
import { makePopulation } from '../demo/population/population.ts'
import { type Canary, findCanaries, markJpeg, searchDatabase, searchFolder } from './stage/canary.ts'
import { type Desk, makeDesk, makeInstitution } from './stage/desk.ts'
import { awaitLetter, readActivation } from './stage/letter.ts'
import { makePhone, type Phone, solveCaptcha } from './stage/phone.ts'
import { findFreePort } from './stage/ports.ts'
import { refusal } from './stage/refusal.ts'
import { type ServerProcess, startServerProcess } from './stage/server-process.ts'

// Promise 18: what a visit brings with it — a NIK, PINs, codes, passwords, tokens, pictures — is looked for afterwards in
// everything the server has written: its log at the most talkative level, temporary files, data folder and database.

const password = `kenari-sandi-${randomUUID()}`
const approvalPin = '58204719'
const [pin, nextPin] = ['472915', '830264']
const email = 'ratna@contoh.id'
const newEmail = 'ratna.baru@contoh.id'
const pictureMark = `kenari-gambar-${randomUUID()}`

let folder: string
let config: Config
let server: ServerProcess
let store: Store
let mailbox: Mailbox
let sources: Agencies
let nik: string
let head: Head
let desk: Desk
/** Every refusal and failure that was answered, as a client received it. */
let refusals = ''
const canaries: Canary[] = []
const add = (name: string, value: string | Uint8Array) => void canaries.push({ name, value })

const realFetch = globalThis.fetch

/** Keeps what the server says when it says no. */
async function listeningFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await realFetch(input, init)
  if (answer.status >= 400) refusals += `${JSON.stringify([...answer.headers])} ${await answer.clone().text()}\n`
  return answer
}

beforeAll(async () => {
  globalThis.fetch = listeningFetch
  folder = await mkdtemp(join(tmpdir(), 'ikd-canary-'))
  await mkdir(join(folder, 'temp'))
  const engine = await createFaceEngine()
  const faces = await findDemoFaces(engine)
  head = await headOf(engine, faces.find(({ id }) => id === 'sample3-895') as DemoFace)
  mailbox = await createMailbox({ smtpPort: 0, webPort: 0 })
  sources = await createAgencies({ port: 0, token: 'kenari' })
  config = loadConfig({ IKD_DATA: join(folder, 'data'), IKD_PORT: String(await findFreePort()) })
  const { population, cast } = await makePopulation({ today: '2026-11-21', portraits: faces, password: () => password, approvalPin: () => approvalPin, enrolmentCode: (office, n) => `kenari-${office}-kode-${n}` })
  nik = cast.find(({ part }) => part === 'genuine-pair')?.nik as string
  const residents = population.residents.map((resident) => (resident.photo ? { ...resident, photo: markJpeg(resident.photo, pictureMark) } : resident))
  await importPopulation(config, { ...population, residents })
  const described = await engine.describeReference(residents.find((resident) => resident.nik === nik)?.photo as Uint8Array)
  await engine.close()
  if (!('template' in described)) throw new Error('her photograph cannot be described')
  const { values } = described.template
  add('template', Buffer.from(values.buffer, values.byteOffset, 64))
  add('template in figures', `${values[0]},${values[1]}`)

  server = await startServerProcess(config, {
    TMPDIR: join(folder, 'temp'),
    IKD_LOG_LEVEL: 'trace',
    IKD_SMTP_PORT: String(mailbox.smtpPort),
    // One agency answers, one has gone.
    IKD_SOURCES: JSON.stringify(agencies.map(({ id, name, kinds }) => ({ id, name, kinds, token: 'kenari', url: `http://localhost:${id === 'djp' ? sources.port : 9}/${id}` }))),
  })
  store = await openStore(config.database)
  await live()
}, 180_000)

afterAll(async () => {
  globalThis.fetch = realFetch
  await store?.destroy()
  await server?.stop()
  await Promise.all([mailbox?.close(), sources?.close()])
  await rm(folder, { recursive: true, force: true })
})

/** A life with IKD, its mistakes included. */
async function live(): Promise<void> {
  add('NIK', nik)
  add('PIN', pin)
  add('second PIN', nextPin)
  add('password', password)
  add('approval PIN', approvalPin)
  add('enrolment code', 'kenari-madiun-kode-1')
  add('picture', pictureMark)
  add('TOTP secret', knownTotpSecret)
  add('TOTP secret’s bytes', Buffer.from(Secret.fromBase32(knownTotpSecret).buffer))
  desk = await makeDesk(config.publicUrl, { enrolmentCode: 'kenari-madiun-kode-1', username: 'petugas.madiun', password })
  add('officer’s token', desk.token)
  const phone = await visit()
  await useIt(phone)
  await loseIt(phone)
  await sendNonsense(phone)
  await breakTables(phone)
}

async function visit(): Promise<Phone> {
  const phone = await makePhone(config.publicUrl)
  const { receiptCode } = await phone.register({ nik, email })
  add('receipt code', receiptCode)
  const { token, client } = desk
  await client.call(routes.residents.search, { token, body: { purpose: 'correction', by: { nik } } })
  const { id: caseId, confirmation } = await desk.open(await phone.registrationQr())
  await refusal(phone.confirmCase('000000'))
  await phone.confirmCase(confirmation?.code as string)
  await desk.capture(caseId, async (asked) => (await answer(head, asked, 0)).map((frame) => ({ ...frame, jpeg: markJpeg(frame.jpeg, pictureMark) })))
  await client.call(routes.cases.reference, { token, params: { caseId } })
  await refusal(client.call(routes.cases.startApproval, { token, params: { caseId }, body: { outcome: 'approve', way: 'pin', username: 'supervisor.madiun', pin: approvalPin } }))
  await desk.decide(caseId, 'approve')

  const letter = await awaitLetter(mailbox, email)
  const { code, token: linkToken } = readActivation(letter)
  add('activation code', code)
  add('link token', linkToken)
  add('mail body', letter.text.slice(letter.text.indexOf('Kode aktivasi'), letter.text.indexOf('Kode aktivasi') + 60))
  const browser = createClient({ baseUrl: config.publicUrl })
  await browser.call(routes.activation.open, { body: { token: linkToken } })
  await refusal(browser.call(routes.activation.confirm, { body: { token: linkToken, code: code === '123123' ? '321321' : '123123', captcha: await solveCaptcha(browser) } }))
  await refusal(browser.call(routes.activation.confirm, { body: { token: linkToken, code, captcha: 'kenari' } }))
  await browser.call(routes.activation.confirm, { body: { token: linkToken, code, captcha: await solveCaptcha(browser) } })
  await phone.enterCode(code)
  await refusal(phone.setPin('123456'))
  await phone.setPin(pin)
  return phone
}

async function useIt(phone: Phone): Promise<void> {
  await refusal(phone.unlock(nextPin))
  await phone.unlock(pin)
  const token = phone.holderToken()
  add('holder token', token)
  await phone.client.call(routes.holder.identity, { token })
  await phone.client.call(routes.holder.family, { token })
  for (const kind of ['family-card', 'npwp', 'vehicle'] as const) await phone.client.call(routes.holder.document, { token, params: { kind } })
  const bank = await makeInstitution(config.publicUrl, 'teller.bank', password)
  const qr = await phone.presentation({ audience: { to: 'any-institution' }, fields: ['photo', 'name', 'nik', 'address'] })
  add('QR', qr)
  await bank.scan(qr)
  await refusal(bank.scan(qr))
  await refusal(phone.client.call(routes.holder.changePin, { token, body: { currentPin: nextPin, newPin: nextPin } }))
  await phone.client.call(routes.holder.changePin, { token, body: { currentPin: pin, newPin: nextPin } })
}

/** A change of address, then a phone lost and found. */
async function loseIt(phone: Phone): Promise<void> {
  const { client } = phone
  await phone.unlock(nextPin)
  const token = phone.holderToken()
  await client.call(routes.contacts.start, { token, body: { pin: nextPin, email: newEmail } })
  for (const [address, to] of [['old', email], ['new', newEmail]] as const) {
    const code = await mailed(`code to the ${address} address`, to, /\b(\d{3}) ?(\d{3})\b/, 'Kode')
    await refusal(client.call(routes.contacts.confirm, { token, body: { address, code: code === '123123' ? '321321' : '123123' } }))
    await client.call(routes.contacts.confirm, { token, body: { address, code } })
  }
  await mailed('not-me token', email, /\/tangguhkan#([\w-]{22})/, 'tangguhkan#')
  const browser = createClient({ baseUrl: config.publicUrl })
  await browser.call(routes.suspensions.ask, { body: { nik, captcha: await solveCaptcha(browser) } })
  const link = await mailed('suspension token', newEmail, /\/tangguhkan#([\w-]{22})/, 'tangguhkan#')
  await browser.call(routes.suspensions.open, { body: { token: link } })
  await browser.call(routes.suspensions.suspend, { body: { token: link, captcha: await solveCaptcha(browser) } })
  await refusal(client.call(routes.holder.identity, { token }))
  const device = (await client.call(routes.device.session)).token.accessToken
  add('device token', device)
  await refusal(client.call(routes.resumption.start, { token: device, body: { pin } }))
  await client.call(routes.resumption.start, { token: device, body: { pin: nextPin } })
  const code = await mailed('resumption code', newEmail, /\b(\d{3}) ?(\d{3})\b/, 'ditangguhkan, dan seseorang')
  await client.call(routes.resumption.finish, { token: device, body: { code } })
  await phone.unlock(nextPin)
}

/** What a letter brought, by hand of whoever reads it; a canary from here on. */
async function mailed(name: string, to: string, secret: RegExp, words: string): Promise<string> {
  for (let i = 0; i < 200; i++) {
    const letter = mailbox.letters(to).find(({ text }) => text.includes(words) && !text.includes('/aktivasi#'))
    const found = letter && secret.exec(letter.text)
    if (found) {
      const value = found.slice(1).join('')
      add(name, value)
      return value
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no letter to ${to} brought a ${name}`)
}

/** What a mistaken or hostile client sends: the values stand where they do not belong. */
async function sendNonsense(phone: Phone): Promise<void> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': nik, authorization: `DPoP ${phone.holderToken()}`, dpop: nik, 'user-agent': `kenari ${nik}`, 'x-request-id': nik }
  for (const path of [routes.device.register.path, routes.holder.unlock.path, routes.staff.signIn.path, '/v1/nowhere']) {
    for (const body of [JSON.stringify({ nik: Number(nik), pin, password, extra: nik }), `{"nik":"${nik}","pin":"${pin}`, nik]) {
      await fetch(`${config.publicUrl}${path}?nik=${nik}&pin=${pin}`, { method: 'POST', headers, body })
    }
  }
  await fetch(`${config.publicUrl}/v1/${nik}/%ff?pin=${pin}`, { headers })
  await fetch(`${config.publicUrl}/v1/holder/documents/${nik}`, { headers })
}

/** Surprises: tables are not there when they are needed, so that the server fails where nobody has thought of it. */
async function breakTables(phone: Phone): Promise<void> {
  const { token, client } = desk
  const attempts: (() => Promise<unknown>)[] = [
    () => client.call(routes.residents.search, { token, body: { purpose: 'correction', by: { nik } }, timeoutMs: 1_000 }),
    () => phone.unlock(nextPin),
    () => phone.client.call(routes.holder.identity, { token: phone.holderToken(), timeoutMs: 1_000 }),
    async () => (await makePhone(config.publicUrl)).register({ nik, email }),
    () => phone.client.call(routes.staff.signIn, { body: { username: 'petugas.madiun', password } }),
  ]
  for (const table of ['activity', 'registration', 'resident', 'staff'] as const) {
    await store.schema.alterTable(table).renameTo(`${table}_away`).execute()
    for (const attempt of attempts) await attempt().catch(() => undefined)
    await store.schema.alterTable(`${table}_away`).renameTo(table).execute()
  }
}

describe('of a whole visit', () => {
  test('nothing stands in the log, not even where the server failed', () => {
    expect(server.output()).toContain('unexpected failure')
    expect(findCanaries(Buffer.from(server.output()), canaries)).toEqual([])
    expect(findCanaries(Buffer.from(server.output()), [{ name: 'e-mail', value: email }, { name: 'new e-mail', value: newEmail }, { name: 'name', value: 'RATNA AYU' }])).toEqual([])
  })

  test('nothing is repeated in a refusal', () => {
    expect(refusals).toContain('pin-wrong')
    expect(refusals).toContain('internal')
    expect(findCanaries(Buffer.from(refusals), canaries)).toEqual([])
  })

  test('nothing stands in a file, but the NIK in the database', async () => {
    expect(await searchFolder(join(folder, 'temp'), canaries)).toEqual([])
    const inFiles = await searchFolder(join(folder, 'data'), canaries)
    expect(inFiles.filter((found) => !/^ikd\.sqlite(-wal)?: NIK$/.test(found))).toEqual([])
    // The search works: what may be there is found.
    expect(inFiles.length).toBeGreaterThan(0)
  })

  test('the NIK stands in the register and in registrations, and nothing else in any column', async () => {
    expect(await searchDatabase(store, canaries)).toEqual(['registration.nik: NIK', 'resident.nik: NIK'])
  })
})
