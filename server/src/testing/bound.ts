import { randomBytes, randomUUID, sign as signWith } from 'node:crypto'
import { encodeRegistrationQr, routes } from '@ikd/contract'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { buildApp } from '../app.ts'
import { mailContext } from '../features/mail/service.ts'
import { createEnvelope } from '../security/envelope.ts'
import { openSecrets } from '../security/secrets.ts'
import { makeTestClient, mintCaptcha, register, signIn, type TestAnswer, type TestApp, type TestClient, unlimited } from './app.ts'
import { absentFaceEngine, quickHashing } from './core.ts'

/** A desk of `office`, signed in. */
export interface TestDesk {
  readonly client: TestClient
  readonly token: string
  readonly office: 'satu' | 'dua'
  readonly staffId: string
  post(path: string, body?: object): Promise<TestAnswer>
  get(path: string): Promise<TestAnswer>
}

/** A resident with an e-mail address of their own and a phone; its rows are written directly, all else goes over its routes. */
export interface BoundResident {
  readonly client: TestClient
  readonly nik: string
  readonly residentId: string
  readonly registrationId: string
  readonly bindingId: string
  readonly email: string
  readonly pin: string
  readonly receiptCode: string
  /** A device token. */
  session(): Promise<string>
  /** A holder token, or the refusal. */
  unlock(pin?: string): Promise<TestAnswer>
  asDevice(path: string, body?: object): Promise<TestAnswer>
  asHolder(path: string, body?: object): Promise<TestAnswer>
  status(): Promise<Record<string, unknown>>
  qr(): Promise<string>
}

export interface TestMail {
  readonly kind: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

export async function openDesk(test: TestApp, office: 'satu' | 'dua', code: number, role: 'officer' | 'supervisor' | 'admin' = 'officer'): Promise<TestDesk> {
  const client = makeTestClient(test)
  const token = await signIn(client, `${role}.${office}`, `${office}-kode-${code}`)
  const { id: staffId } = await test.store.selectFrom('staff').select('id').where('username', '=', `${role}.${office}`).executeTakeFirstOrThrow()
  return {
    client,
    token,
    office,
    staffId,
    post: (path, body) => client.send({ method: 'POST', path, token, body }),
    get: (path) => client.send({ method: 'GET', path, token }),
  }
}

/** Hashing is slow on purpose; one hash serves all phones of a test that share a PIN. */
const hashes = new WeakMap<TestApp['secrets'], Map<string, Promise<string>>>()

function hashOnce(test: TestApp, pin: string): Promise<string> {
  const known = hashes.get(test.secrets) ?? new Map<string, Promise<string>>()
  hashes.set(test.secrets, known)
  const hash = known.get(pin) ?? test.hashPin(pin)
  known.set(pin, hash)
  return hash
}

let serial = 1000

/** A newcomer to the register, with a NIK of their own. */
export async function addResident(test: TestApp, birthDate = '1998-04-12'): Promise<{ residentId: string; nik: string }> {
  const residentId = test.nextId()
  const nik = `357702520498${String(++serial).padStart(4, '0')}`
  const { id: _id, nik: _nik, ...like } = await test.store.selectFrom('resident').selectAll().limit(1).executeTakeFirstOrThrow()
  await test.store.insertInto('resident').values({ ...like, id: residentId, nik, birth_date: birthDate }).execute()
  return { residentId, nik }
}

/** A phone registered by `resident`; not bound. */
export async function registerPhone(test: TestApp, nik: string, email: string) {
  const client = makeTestClient(test)
  const { status, body } = await register(client, test, { nik, email })
  if (status !== 201) throw new Error(`registration: ${JSON.stringify(body)}`)
  const { registrationId, receiptCode } = body['status'] as { registrationId: string; receiptCode: string }
  return { client, registrationId, receiptCode }
}

export async function bindResident(
  test: TestApp,
  desk: TestDesk,
  { pin = '472915', resident }: { pin?: string; resident?: { residentId: string; nik: string } } = {},
): Promise<BoundResident> {
  const { residentId, nik } = resident ?? (await addResident(test))
  const email = `warga-${++serial}@contoh.id`
  const { client, registrationId, receiptCode } = await registerPhone(test, nik, email)
  const [caseId, bindingId] = [test.nextId(), test.nextId()]
  const at = test.clock.now()
  const workstation = await test.store.selectFrom('staff_session').select('workstation_id').where('staff_id', '=', desk.staffId).executeTakeFirstOrThrow()
  const { office_id: officeId } = await test.store.selectFrom('staff').select('office_id').where('id', '=', desk.staffId).executeTakeFirstOrThrow()
  await test.store
    .insertInto('desk_case')
    .values({
      id: caseId, kind: 'activation', state: 'completed', version: 1, office_id: officeId ?? '', workstation_id: workstation.workstation_id ?? '',
      officer_id: desk.staffId, resident_id: residentId, registration_id: registrationId, eligibility: '[]', opened_at: at, closed_at: at, confirmation_tries: 0,
    })
    .execute()
  const { jkt } = await test.store.selectFrom('registration').select('jkt').where('id', '=', registrationId).executeTakeFirstOrThrow()
  await test.store
    .insertInto('binding')
    .values({
      id: bindingId, resident_id: residentId, registration_id: registrationId, case_id: caseId, jkt, state: 'active', pin_hash: await hashOnce(test, pin),
      pin_set_at: at, pin_failures: 0, pin_row: 0, pin_paused_until: null, bound_at: at, ended_at: null,
    })
    .execute()

  async function session(): Promise<string> {
    const { body } = await client.send({ method: 'POST', path: routes.device.session.path })
    return (body['token'] as { accessToken: string }).accessToken
  }
  async function unlock(given = pin): Promise<TestAnswer> {
    return client.send({ method: 'POST', path: routes.holder.unlock.path, token: await session(), body: { pin: given } })
  }
  return {
    client, nik, residentId, registrationId, bindingId, email, pin, receiptCode, session, unlock,
    asDevice: async (path, body) => client.send({ method: 'POST', path, token: await session(), body }),
    async asHolder(path, body) {
      const token = (await unlock()).body['accessToken'] as string
      return client.send({ method: body || path.endsWith('cancellation') ? 'POST' : 'GET', path, token, body })
    },
    async status() {
      return (await client.send({ method: 'GET', path: routes.device.status.path, token: await session() })).body
    },
    qr: () => registrationQrOf(test, client, registrationId),
  }
}

/** What a registered phone shows at a desk, with a fresh nonce. */
export async function registrationQrOf(test: TestApp, client: TestClient, registrationId: string): Promise<string> {
  const { body: session } = await client.send({ method: 'POST', path: routes.device.session.path })
  const token = (session['token'] as { accessToken: string }).accessToken
  const { body } = await client.send({ method: 'GET', path: routes.device.nonce.path, token })
  const qr = { registrationId, id: randomBytes(8), issuedAt: Math.floor(test.clock.now() / 1000), nonce: Buffer.from(body['nonce'] as string, 'base64url') }
  const sign = async (bytes: Uint8Array) => new Uint8Array(signWith('sha256', bytes, { key: client.privateKey, dsaEncoding: 'ieee-p1363' }))
  return encodeRegistrationQr(qr, sign)
}

/** Every mail of the outbox, newest last, opened with the server's own key; those done with are empty and left out. */
export async function readMails(test: TestApp, to?: string): Promise<TestMail[]> {
  const envelope = createEnvelope(openSecrets(test.config).masterKey, randomBytes)
  const rows = await test.store.selectFrom('outbox').select(['id', 'kind', 'message']).where('message', 'is not', null).orderBy('id').execute()
  const mails = rows.map(({ id, kind, message }) => ({ kind, ...(JSON.parse(envelope.open(message as Uint8Array, mailContext(id)).toString('utf8')) as Omit<TestMail, 'kind'>) }))
  return mails.filter((mail) => to === undefined || mail.to === to)
}

/** Newest mail to `to` that holds what is looked for; its first match. */
export async function findInMail(test: TestApp, to: string, what: RegExp): Promise<string | undefined> {
  const texts = (await readMails(test, to)).map(({ text }) => what.exec(text)?.[1]).filter((found) => found !== undefined)
  return texts.at(-1)
}

export const codeInMail = /^(?:Kode|Kode aktivasi): (\d{6})$/m
export const suspensionToken = /\/tangguhkan#([\w-]{22})/
export const contactToken = /\/kontak#([\w-]{22})/
export const activationToken = /\/aktivasi#([\w-]{22})/

let address = 0

/** A route that anybody may call, with its captcha solved where it wants one. */
export async function callPublic(test: TestApp, { path }: { readonly path: string }, body: object, withCaptcha = true): Promise<TestAnswer> {
  const captcha = withCaptcha ? { captcha: await mintCaptcha(test) } : {}
  return sendPublic(test, { path }, { ...body, ...captcha })
}

/** Just this body, each time from an address of its own. */
export async function sendPublic(test: TestApp, { path }: { readonly path: string }, payload: object, key: string = randomUUID()): Promise<TestAnswer> {
  const remoteAddress = `10.0.${(++address >> 8) & 255}.${address & 255}`
  const answer = await test.app.inject({ method: 'POST', url: path, remoteAddress, headers: { 'idempotency-key': key }, payload })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

/** As if the face had matched at the desk: pictures and models have tests of their own. */
export async function matchFace(test: TestApp, caseId: string, outcome: 'match' | 'non-match' = 'match'): Promise<void> {
  await test.store.updateTable('desk_case').set({ state: 'awaiting-decision', capture_outcome: outcome }).where('id', '=', caseId).where('state', '=', 'awaiting-capture').execute()
}

/** As if the office's supervisor had approved just what was asked. */
export async function letSupervisorApprove(test: TestApp, caseId: string, office: 'satu' | 'dua'): Promise<void> {
  const { id } = await test.store.selectFrom('staff').select('id').where('username', '=', `supervisor.${office}`).executeTakeFirstOrThrow()
  await test.store.updateTable('desk_case').set({ state: 'awaiting-decision', supervision_by: id }).where('id', '=', caseId).where('state', '=', 'awaiting-supervisor').execute()
}

export async function activityOf(test: TestApp, residentId: string): Promise<{ kind: string; actor: string | null; purpose: string | null }[]> {
  return test.store.selectFrom('activity').select(['kind', 'actor', 'purpose']).where('resident_id', '=', residentId).orderBy('id').execute()
}

/** A second server on the same database, to be closed before the first; `both` asks them in turn. */
export async function raiseSecondServer(test: TestApp): Promise<{ app: FastifyInstance; both: TestApp }> {
  const app = await buildApp(test.config, { clock: test.clock, face: absentFaceEngine, logLevel: 'silent', pressure: unlimited, hashing: quickHashing })
  let turn = 0
  return { app, both: askingOf(test, () => (turn++ % 2 === 0 ? test.app : app)) }
}

/** The same test, each of its requests sent to the server that is picked for it. */
export function askingOf(test: TestApp, pick: () => FastifyInstance): TestApp {
  const inject = (request: InjectOptions) => pick().inject(request)
  return { ...test, app: Object.assign(Object.create(test.app) as FastifyInstance, { inject }) as FastifyInstance }
}
