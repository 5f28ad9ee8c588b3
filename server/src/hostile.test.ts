import { randomUUID } from 'node:crypto'
import { allRoutes, isEmail, type Principal, type Route, routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHeadKeys } from './features/audit/heads.ts'
import { verifyAudit } from './features/audit/verify.ts'
import { onePlainLine } from './plain-text.ts'
import { sha256 } from './security/digest.ts'
import { openSecrets } from './security/secrets.ts'
import { bindPhone, makeTestClient, raiseTestApp, register, signIn, type TestApp, type TestClient } from './testing/app.ts'
import { testConfig } from './testing/core.ts'
import { hostileAddresses, hostileTexts } from './testing/hostile.ts'

interface Caller {
  readonly client: TestClient
  readonly token: string | undefined
}

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

/** A body that fits its schema, and where in it a text stands. */
interface Shape {
  readonly sample: unknown
  readonly texts: readonly (readonly (string | number)[])[]
}

let app: TestApp
const callers = new Map<Principal, Caller>()

beforeAll(async () => {
  app = await raiseTestApp()
  callers.set('key', { client: makeTestClient(app), token: undefined })
  callers.set('public', { client: makeTestClient(app), token: undefined })
  const phone = makeTestClient(app)
  const registered = await register(phone, app)
  callers.set('device', { client: phone, token: (registered.body['token'] as { accessToken: string }).accessToken })
  const bound = makeTestClient(app)
  callers.set('holder', { client: bound, token: (await bindPhone(bound, app)).holder })
  for (const [i, role] of (['officer', 'supervisor', 'admin'] as const).entries()) {
    const client = makeTestClient(app)
    callers.set(role, { client, token: await signIn(client, `${role}.satu`, `satu-kode-${i}`) })
  }
  const teller = makeTestClient(app)
  callers.set('verifier', { client: teller, token: await signIn(teller, 'teller') })
})

afterAll(() => app.close())

const anId = '01890000-0000-7000-8000-000000000000'
const samples = ['contoh', '472915', '3577025204980003', 'siti@contoh.id', '+6281234567890', anId, '2026-11-21', ...[16, 22, 43, 86].map((length) => 'A'.repeat(length)), 'ABCD-ABCD-ABCD-ABCD']

function shapesOf(schema: Schema): Shape[] {
  if (schema.anyOf) return schema.anyOf.flatMap(shapesOf)
  if (schema.enum) return [{ sample: schema.enum[0], texts: [] }]
  if (schema.const !== undefined) return [{ sample: schema.const, texts: [] }]
  if (schema.type === 'string') return [{ sample: samples.find((sample) => new RegExp(schema.pattern ?? '', 'u').test(sample)), texts: [[]] }]
  if (schema.type === 'integer' || schema.type === 'number') return [{ sample: schema.minimum ?? 0, texts: [] }]
  if (schema.type === 'boolean') return [{ sample: true, texts: [] }]
  if (schema.items) return shapesOf(schema.items).map(({ sample, texts }) => ({ sample: [sample], texts: texts.map((path) => [0, ...path]) }))
  return Object.entries(schema.properties ?? {}).reduce<Shape[]>(
    (wholes, [name, member]) =>
      wholes.flatMap((whole) =>
        shapesOf(member).map(({ sample, texts }) => ({
          sample: { ...(whole.sample as object), [name]: sample },
          texts: [...whole.texts, ...texts.map((path) => [name, ...path])],
        })),
      ),
    [{ sample: {}, texts: [] }],
  )
}

function replaced(value: unknown, [step, ...rest]: readonly (string | number)[], text: string): unknown {
  if (step === undefined) return text
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === step ? replaced(item, rest, text) : item))
  return { ...(value as object), [step]: replaced((value as Record<string, unknown>)[step], rest, text) }
}

let sent = 0

/** Each request from an address of its own: the limits for one address are another test's. */
async function send({ client, token }: Caller, route: Route, url: string, payload: unknown) {
  sent++
  return app.app.inject({
    method: route.method,
    url,
    remoteAddress: `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
    headers: {
      dpop: await client.prove({
        htm: route.method,
        htu: testConfig.publicUrl + url.split('?', 1)[0],
        nonce: await client.goodNonce(),
        ...(token === undefined ? {} : { ath: sha256(token).toString('base64url') }),
      }),
      ...(token === undefined ? {} : { authorization: `DPoP ${token}` }),
      ...(route.method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
    },
    ...(payload === undefined ? {} : { payload: payload as object }),
  })
}

type Answer = Awaited<ReturnType<typeof send>>

/** No failure, no echo: a refusal names what is wrong and never what was sent. */
function complaints(answer: Answer, text: string): string[] {
  const found: string[] = []
  if (answer.statusCode >= 500) found.push(`status ${answer.statusCode}`)
  if (answer.statusCode < 400) return found
  // OAuth's route speaks plain JSON (RFC 6749 §5.2).
  if (!/^application\/(problem\+)?json$/.test(String(answer.headers['content-type']))) found.push(`content type ${answer.headers['content-type']}`)
  const told = answer.body + JSON.stringify(answer.headers)
  // Words of our own may be in both.
  const echoed = text.length > 12 && (told.includes(text) || told.includes(JSON.stringify(text).slice(1, -1)))
  if (echoed) found.push('echo')
  return found
}

// Signing out would end the session the others use; a stream has no end.
const answering = allRoutes.filter((route) => route.kind !== 'stream' && route.id !== 'staff.signOut')

describe('a hostile text', () => {
  for (const route of answering.filter(({ body }) => body)) {
    test(`in any field of ${route.id} is taken as text or refused, and never repeated in a refusal`, async () => {
      const caller = callers.get(route.access[0]) as Caller
      const wrong: string[] = []
      const path = route.path.replace(/:kind/g, 'npwp').replace(/:\w+/g, anId)
      for (const { sample, texts } of shapesOf(route.body as Schema)) {
        for (const place of texts) {
          // A password is hashed, slowly on purpose, and goes nowhere else.
          for (const text of place.at(-1) === 'password' ? hostileTexts.slice(0, 5) : [...hostileTexts, ...hostileAddresses]) {
            const answer = await send(caller, route, path, replaced(sample, place, text))
            wrong.push(...complaints(answer, text).map((complaint) => `${place.join('.')} ${JSON.stringify(text.slice(0, 40))}: ${complaint}`))
          }
        }
      }
      expect(wrong).toEqual([])
    }, 60_000)
  }

  test.each(answering.filter(({ path, query }) => path.includes(':') || query).map((route) => [route.id, route] as const))(
    'in the address of %s is refused and never repeated',
    async (_id, route) => {
      const caller = callers.get(route.access[0]) as Caller
      const body = route.body ? shapesOf(route.body as Schema)[0]?.sample : undefined
      for (const text of hostileTexts.filter((one) => one.isWellFormed() && one.length <= 200)) {
        const there = encodeURIComponent(text)
        const query = Object.keys((route.query as Schema | undefined)?.properties ?? {}).map((name) => `${name}=${there}`)
        const url = route.path.replace(/:\w+/g, there) + (query.length > 0 ? `?${query.join('&')}` : '')
        expect([text, complaints(await send(caller, route, url, body), text)]).toEqual([text, []])
      }
    },
    60_000,
  )

  test('that an officer may write comes back as it was written; one that cannot be kept whole is refused', async () => {
    const officer = callers.get('officer') as Caller
    const { id: residentId } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
    const opened = await send(officer, routes.cases.open, routes.cases.open.path, { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' })
    const url = routes.cases.recordService.path.replace(':caseId', (opened.json() as { id: string }).id)
    const refused: string[] = []
    for (const note of hostileTexts.filter(({ length }) => length <= 500)) {
      const answer = await send(officer, routes.cases.recordService, url, { kind: 'moving', note })
      if (answer.statusCode === 400) refused.push(note)
      else expect((answer.json() as { serviceRequests: { note: string }[] }).serviceRequests.map((request) => request.note)).toContain(note)
    }
    expect(refused.map((note) => note.replace(/[\p{L}\p{N}]/gu, '')).filter((rest) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{M}]/u.test(rest))).toEqual([])
    expect(refused).toEqual(expect.arrayContaining(['nol\u0000byte', 'setengah \ud83d pasangan', '\u202egnp.exe\u202c']))
  })

  test('leaves the record of decisions as it was hashed', async () => {
    expect((await verifyAudit(app.store, createHeadKeys(openSecrets(app.config)))).findings).toEqual([])
  })
})

test.each(hostileAddresses)('%j is nobody’s e-mail address', (address) => {
  expect(isEmail(address)).toBe(false)
})

test.each(['siti@contoh.id', 'siti.aminah+ikd@surel.contoh.co.id', 'a_b-c@x1.museum', 'ujung@xn--mgbaam7a8h.xn--p1ai'])('%j is an e-mail address', (address) => {
  expect(isEmail(address)).toBe(true)
})

test.each([
  ['RATNA\r\nAYU', 'RATNA AYU'],
  ['\u202eANTAR\u202c SITI\u0000', 'ANTAR SITI'],
  ['  SITI\t ROHANA ', 'SITI ROHANA'],
  ['أحمد بن محمد', 'أحمد بن محمد'],
])('the register’s name %j is kept as %j', (given, kept) => {
  expect(onePlainLine(given)).toBe(kept)
})
