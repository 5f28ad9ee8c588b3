import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BodyOf, type FactorProof, type Method, type PublicJwk, routes, type SignInAnswer, type StaffSession } from '@ikd/contract'
import type { FastifyInstance } from 'fastify'
import { SignJWT } from 'jose'
import { TOTP } from 'otpauth'
import { buildApp } from '../app.ts'
import { minute } from '../clock.ts'
import type { Config } from '../config.ts'
import { openStore, type Store } from '../database/store.ts'
import { emptyPopulation, importPopulation, type Population } from '../population.ts'
import { sha256 } from '../security/digest.ts'
import { createPasswordHasher } from '../security/password.ts'
import { createIds } from '../security/random.ts'
import { openSecrets, type Secrets } from '../security/secrets.ts'
import { createCaptchaMint } from './captcha.ts'
import { createTestDatabase } from './database.ts'
import type { PressureLimits } from '../plugins/pressure.ts'
import { absentFaceEngine, type MovableClock, movableClock, quickHashing, testConfig } from './core.ts'

/** The whole server on a database and a folder of its own, spoken to without a port. */
export interface TestApp {
  readonly app: FastifyInstance
  readonly config: Config
  readonly store: Store
  readonly secrets: Secrets
  readonly clock: MovableClock
  readonly boundPhones: { count: number }
  nextId(): string
  hashPin(pin: string): Promise<string>
  close(): Promise<void>
}

export const testPassword = 'sawah-melati-kopi'
/** The authenticator app of all desk staff. */
export const testTotpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
/** Of all supervisors and admins. */
export const testApprovalPin = '730284'
/** With which `baru.satu`, who has no second factor, sets one up. */
export const testSetupCode = 'AWAL-UJI-0001'
export const totpCode = (at: number): string => new TOTP({ secret: testTotpSecret }).generate({ timestamp: at })

/** The bank's own system: its client id, and the key it signs its assertions with. */
export const testSystem = { clientId: 'bank-core', kid: 'kunci-1', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) } as const

function testSystemJwk() {
  const { x = '', y = '' } = testSystem.publicKey.export({ format: 'jwk' })
  return { kty: 'EC', crv: 'P-256', x, y, kid: testSystem.kid } as const
}

const population: Population = {
  ...emptyPopulation,
  offices: [
    { ref: 'satu', name: 'Kantor Satu', address: 'Jalan Satu', hours: '08.00–15.00', contacts: [], areaCodes: [] },
    { ref: 'dua', name: 'Kantor Dua', address: 'Jalan Dua', hours: '08.00–15.00', contacts: [], areaCodes: [] },
  ],
  institutions: [{ ref: 'bank', number: 1, name: 'Bank', fields: ['photo', 'name'], purposes: ['Pembukaan rekening', 'Penarikan tunai'], systems: [{ clientId: testSystem.clientId, name: 'Sistem inti', keys: [testSystemJwk()] }] }],
  staff: [
    ...(['satu', 'dua'] as const).flatMap((officeRef) =>
      (['officer', 'supervisor', 'admin'] as const).map((role) => ({ username: `${role}.${officeRef}`, name: `${role} ${officeRef}`, role, officeRef, password: testPassword, totpSecret: testTotpSecret, ...(role === 'officer' ? {} : { approvalPin: testApprovalPin }) })),
    ),
    { username: 'baru.satu', name: 'Baru Satu', role: 'officer', officeRef: 'satu', password: testPassword, setupCode: testSetupCode },
    { username: 'teller', name: 'Teller', role: 'verifier', institutionRef: 'bank', password: testPassword },
  ],
  enrolments: (['satu', 'dua'] as const).flatMap((officeRef) =>
    Array.from({ length: 20 }, (_, i) => ({ officeRef, code: `${officeRef}-kode-${i}`, label: `Loket ${i}`, powers: ['activate', 'override', 'rebind', 'administer'] as const })),
  ),
  families: [
    { number: '3577010101010001', address: 'Jalan Contoh', neighbourhood: 'RT 001 / RW 001', villageCode: '3577011001', village: 'Desa', district: 'Kecamatan', regency: 'Kota', province: 'Provinsi', postalCode: '63100' },
  ],
  residents: [
    {
      nik: '3577025204980003', name: 'SITI UJI', birthPlace: 'MADIUN', birthDate: '1998-04-12', sex: 'female', religion: 'Islam', maritalStatus: 'single',
      occupation: 'Guru', nationality: 'WNI', familyNumber: '3577010101010001', relationship: 'head', recorded: true, ktpIssued: true, alive: true,
    },
  ],
}

// The clients' own work, proofs and robot checks, is done in the server's thread here.
export const unlimited: PressureLimits = { eventLoopDelayMs: 0, heapBytes: 0, rssBytes: 0 }

export async function raiseTestApp(change: Partial<Config> = {}, pressure: PressureLimits = unlimited): Promise<TestApp> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ikd-app-'))
  const database = await createTestDatabase()
  const config = { ...testConfig, dataDirectory, database: database.serviceUrl, ...change }
  const clock = movableClock()
  await importPopulation(config, population, clock, quickHashing)
  const app = await buildApp(config, { clock, face: absentFaceEngine, logLevel: 'silent', pressure, hashing: quickHashing })
  // Tests look at everything, and tamper; the app may do what a service may.
  const store = await openStore(change.database ?? database.url)
  const ids = createIds(clock)
  return {
    app,
    config,
    store,
    secrets: openSecrets(config),
    clock,
    boundPhones: { count: 0 },
    nextId: () => ids.next(),
    hashPin: (pin) => createPasswordHasher(openSecrets(config).derive('pepper'), quickHashing).hash(pin),
    async close() {
      await store.destroy()
      await app.close()
      await database.drop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Another server on the same database, folder and clock; close it before the first. */
export async function raiseBeside(first: TestApp): Promise<TestApp> {
  const app = await buildApp({ ...first.config, serverId: 'beside' }, { clock: first.clock, face: absentFaceEngine, logLevel: 'silent', pressure: unlimited, hashing: quickHashing })
  return { ...first, app, close: () => app.close() }
}

export interface TestAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Record<string, unknown>
}

export interface Request {
  readonly method: Method
  readonly path: string
  readonly body?: unknown
  readonly token?: string | undefined
  readonly idempotencyKey?: string
  /** Instead of the proof this key would make. */
  readonly proof?: string
}

export interface TestKey {
  readonly jwk: PublicJwk
  readonly privateKey: KeyObject
}

function makeTestKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
  return { privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } }
}

/** A client with a key of its own (or with that of another client, at another server), made with `jose` apart from our own client: two hands, one standard. */
export interface TestClient extends TestKey {
  readonly test: TestApp
  /** Each its own: limits by address are proven where they are the subject. */
  readonly address: string
  prove(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
  /** The server's newest. */
  nonce(): Promise<string>
  /** One that is good for minutes still. */
  goodNonce(): Promise<string>
  send(request: Request): Promise<TestAnswer>
}

export function makeTestClient(test: TestApp, { privateKey, jwk }: TestKey = makeTestKey()): TestClient {
  const { app } = test
  const address = `10.${randomBytes(3).join('.')}`

  const prove = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
    new SignJWT({ jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { ...jwk }, ...header })
      .sign(privateKey)

  async function nonce(): Promise<string> {
    return String((await app.inject({ method: 'GET', url: '/health', remoteAddress: address })).headers['dpop-nonce'])
  }

  let kept: { readonly nonce: string; readonly at: number } | undefined
  async function goodNonce(): Promise<string> {
    const at = test.clock.now()
    if (!kept || Math.abs(at - kept.at) >= minute) kept = { nonce: await nonce(), at }
    return kept.nonce
  }

  return {
    test,
    address,
    jwk,
    privateKey,
    prove,
    nonce,
    goodNonce,
    async send({ method, path, body, token, idempotencyKey = randomUUID(), proof }) {
      const answer = await app.inject({
        method,
        url: path,
        remoteAddress: address,
        headers: {
          dpop:
            proof ??
            (await prove({
              htm: method,
              htu: testConfig.publicUrl + path.split('?', 1)[0],
              nonce: await goodNonce(),
              ...(token === undefined ? {} : { ath: sha256(token).toString('base64url') }),
            })),
          ...(token === undefined ? {} : { authorization: `DPoP ${token}` }),
          ...(method === 'GET' ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json(), headers: answer.headers }
    },
  }
}

export const mintCaptcha = (test: TestApp, effort = 1): Promise<string> => createCaptchaMint(test.config, () => test.clock.now())(effort)

export async function register(client: TestClient, test: TestApp, change: Partial<BodyOf<typeof routes.device.register>> = {}): Promise<TestAnswer> {
  const body: BodyOf<typeof routes.device.register> = {
    nik: '3577025204980003',
    email: 'siti@contoh.id',
    phone: '+6281234567890',
    consentVersion: '1',
    captcha: await mintCaptcha(test),
    ...change,
  }
  return client.send({ method: 'POST', path: routes.device.register.path, body })
}

/** Signs staff in, with the second factor of those who have one; desk staff enrol the client's key as a workstation first. */
export async function signIn(client: TestClient, username: string, enrolmentCode?: string): Promise<string> {
  const first = await enterPassword(client, username, enrolmentCode)
  if (first.needs === 'setup-code') throw new Error(`${username} has no second factor`)
  if (first.needs === 'nothing') return first.session.token.accessToken
  await forgetTotpSteps(client.test.store)
  return secondStep(client, { ticket: first.ticket, totp: totpCode(client.test.clock.now()) })
}

/** Signs somebody in who has no second factor yet, as far as they come. */
export async function signInToSetUp(client: TestClient, username: string, enrolmentCode?: string): Promise<string> {
  const first = await enterPassword(client, username, enrolmentCode)
  if (first.needs !== 'setup-code') throw new Error(`${username} needs no setup code`)
  return secondStep(client, { ticket: first.ticket, setupCode: testSetupCode })
}

async function enterPassword(client: TestClient, username: string, enrolmentCode?: string): Promise<SignInAnswer> {
  if (enrolmentCode) {
    const enrolled = await client.send({ method: 'POST', path: routes.staff.enrolWorkstation.path, body: { enrolmentCode } })
    if (enrolled.status !== 201) throw new Error(`enrolment: ${JSON.stringify(enrolled.body)}`)
  }
  const answer = await client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username, password: testPassword } })
  if (answer.status !== 201) throw new Error(`sign-in: ${JSON.stringify(answer.body)}`)
  return answer.body as unknown as SignInAnswer
}

async function secondStep(client: TestClient, body: FactorProof): Promise<string> {
  const answer = await client.send({ method: 'POST', path: routes.staff.secondFactor.path, body })
  if (answer.status !== 201) throw new Error(`second factor: ${JSON.stringify(answer.body)}`)
  return (answer.body as unknown as StaffSession).token.accessToken
}

/** As if half a minute had passed for all authenticator apps: a test's clock stands, and a code serves once. */
export async function forgetTotpSteps(store: Store): Promise<void> {
  await store.updateTable('staff_factor').set({ last_counter: 0 }).where('kind', '=', 'totp').execute()
}

/** A client assertion (RFC 7523 §2.2) of the bank's system, changed as told, or of another. */
export function assertSystem(
  test: TestApp,
  change: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  { clientId, kid, privateKey }: { clientId: string; kid: string; privateKey: KeyObject } = testSystem,
): Promise<string> {
  const now = Math.floor(test.clock.now() / 1000)
  return new SignJWT({ iss: clientId, sub: clientId, aud: testConfig.publicUrl, jti: randomUUID(), iat: now, exp: now + 60, ...change })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid, ...header })
    .sign(privateKey)
}

/** A system, the bank's unless said, gets a token bound to the client's key. */
export async function signInSystem(client: TestClient, test: TestApp, assertion?: string): Promise<string> {
  const body: BodyOf<typeof routes.institution.token> = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion ?? (await assertSystem(test)),
  }
  const answer = await client.send({ method: 'POST', path: routes.institution.token.path, body })
  if (answer.status !== 200) throw new Error(`client credentials: ${JSON.stringify(answer.body)}`)
  return answer.body['access_token'] as string
}

/** A bound phone: its row is written directly, its token comes through the PIN. */
export async function bindPhone(client: TestClient, test: TestApp, pin = '472915'): Promise<{ device: string; holder: string; bindingId: string }> {
  const registered = await register(client, test)
  const device = (registered.body['token'] as { accessToken: string }).accessToken
  const { registrationId } = registered.body['status'] as { registrationId: string }
  const { jkt } = await test.store.selectFrom('registration').select('jkt').where('id', '=', registrationId).executeTakeFirstOrThrow()
  const { id: residentId } = await test.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
  const officer = makeTestClient(test)
  // Codes from ten on are for phones; each serves once.
  await signIn(officer, 'officer.dua', `dua-kode-${test.boundPhones.count++ + 10}`)
  const { id: staffId } = await test.store.selectFrom('staff').select('id').where('username', '=', 'officer.dua').executeTakeFirstOrThrow()
  const desk = await test.store.selectFrom('workstation').selectAll().executeTakeFirstOrThrow()
  const caseId = test.nextId()
  await test.store
    .insertInto('desk_case')
    .values({
      id: caseId, kind: 'activation', state: 'completed', version: 1, office_id: desk.office_id, workstation_id: desk.id, officer_id: staffId,
      resident_id: residentId, registration_id: registrationId, purpose: null, eligibility: '[]', opened_at: test.clock.now(), closed_at: test.clock.now(),
      confirmation_tries: 0, confirmed_at: null, capture_outcome: 'match', supervision_outcome: null, supervision_reason: null,
      supervision_asked_at: null, supervision_asked_by: null, supervision_by: null, decision_outcome: 'approve', decision_reason: null, decided_at: test.clock.now(), decided_by: staffId, end_reason: null,
    })
    .execute()
  const bindingId = test.nextId()
  await test.store
    .insertInto('binding')
    .values({
      id: bindingId, resident_id: residentId, registration_id: registrationId, case_id: caseId, jkt, state: 'active',
      pin_hash: await test.hashPin(pin), pin_set_at: test.clock.now(), pin_failures: 0, pin_row: 0, pin_paused_until: null, bound_at: test.clock.now(), ended_at: null,
    })
    .execute()
  const unlocked = await client.send({ method: 'POST', path: routes.holder.unlock.path, token: device, body: { pin } })
  return { device, holder: unlocked.body['accessToken'] as string, bindingId }
}
