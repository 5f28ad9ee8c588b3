import { randomUUID } from 'node:crypto'
import { allRoutes, type Principal, type Route } from '@ikd/contract'
import fc from 'fast-check'
import { sha256 } from '../security/digest.ts'
import { bindPhone, makeTestClient, register, signIn, signInSystem, type TestApp, type TestClient } from './app.ts'
import { testConfig } from './core.ts'

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

const tame = ['472915', '3577025204980003', 'siti@contoh.id', '+6281234567890', '01890000-0000-7000-8000-000000000000', '2026-11-21', ...[16, 22, 43, 86].map((length) => 'A'.repeat(length)), 'ABCD-ABCD-ABCD-ABCD', 'IKD1:', 'IKDR1:ABC', 'eyJhIjoxfQ==']
const wild = ['', '\0', '\uD800', '\u202E', '𝕊'.repeat(60), '%00', '__proto__', 'constructor', '-0', '1e999', 'x'.repeat(5_000), '\r\nSet-Cookie: a=b', '${7*7}', "'; drop table resident; --"]

/** Anything JSON can hold, odd things first. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...wild, null, true, [], {}, -1, 0.5, -0, 2 ** 53, 1e308, Number.MAX_SAFE_INTEGER),
  fc.jsonValue({ maxDepth: 4 }),
  fc.array(fc.constant('a'), { minLength: 1_000, maxLength: 1_000 }),
)

/** Values that fit a schema, or nearly. */
export function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valueOf))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.items) return fc.array(valueOf(schema.items), { maxLength: 4 })
  switch (schema.type) {
    case 'string': {
      const fitting = tame.filter((text) => new RegExp(schema.pattern ?? '', 'u').test(text) && text.length <= (schema.maxLength ?? 1e6))
      const any = fc.string({ unit: 'binary', minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 80, 80) })
      return fitting.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: any }) : any
    }
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 2 ** 31 })
    case 'boolean':
      return fc.boolean()
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, member]) => [name, valueOf(member)])))
    default:
      return junk
  }
}

/** Bodies as text: fitting ones, ones with a member spoilt, added or taken away, twice the same member, cut short, none at all. */
export function bodyOf(schema: Schema): fc.Arbitrary<string> {
  const fitting = valueOf(schema)
  const spoilt = fc.tuple(fitting, junk, fc.nat(), fc.constantFrom('replace', 'add', 'remove')).map(([value, odd, at, how]) => {
    if (typeof value !== 'object' || value === null) return odd
    const members = Object.entries(value)
    const [name = 'x'] = members[at % Math.max(1, members.length)] ?? []
    if (how === 'remove') return Object.fromEntries(members.filter(([other]) => other !== name))
    return { ...value, [how === 'add' ? 'lebih' : name]: odd }
  })
  const text = fitting.map((value) => JSON.stringify(value))
  return fc.oneof(
    { weight: 3, arbitrary: text },
    { weight: 6, arbitrary: spoilt.map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: fc.tuple(text, fc.nat(2_000)).map(([whole, at]) => whole.slice(0, at % (whole.length + 1))) },
    { weight: 1, arbitrary: text.map((whole) => whole.replace('{', '{"nik":1,"nik":2,')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  )
}

interface Caller {
  readonly client: TestClient
  readonly token: string | undefined
}

/** One of each who may call. */
export async function makeCallers(app: TestApp): Promise<ReadonlyMap<Principal, Caller>> {
  const token = (answer: { body: Record<string, unknown> }) => (answer.body['token'] as { accessToken: string }).accessToken
  const callers = new Map<Principal, Caller>()
  for (const open of ['public', 'key'] as const) callers.set(open, { client: makeTestClient(app), token: undefined })
  const phone = makeTestClient(app)
  callers.set('device', { client: phone, token: token(await register(phone, app)) })
  const bound = makeTestClient(app)
  callers.set('holder', { client: bound, token: (await bindPhone(bound, app)).holder })
  for (const [i, role] of (['officer', 'supervisor', 'admin'] as const).entries()) {
    const client = makeTestClient(app)
    callers.set(role, { client, token: await signIn(client, `${role}.satu`, `satu-kode-${i}`) })
  }
  const teller = makeTestClient(app)
  callers.set('verifier', { client: teller, token: await signIn(teller, 'teller') })
  const system = makeTestClient(app)
  callers.set('institution', { client: system, token: await signInSystem(system, app) })
  return callers
}

export const routesWithBodies: readonly Route[] = allRoutes.filter((route) => route.body !== undefined)

const anId = '01890000-0000-7000-8000-000000000000'
let sent = 0

/** A request that is right in everything but its body, from an address of its own. */
export async function sendBody(app: TestApp, route: Route, { client, token }: Caller, payload: string, idempotencyKey: string = randomUUID()): Promise<{ status: number; ms: number; body: string }> {
  const url = route.path.replace(/:kind/g, 'npwp').replace(/:\w+/g, anId)
  const proof = await client.prove({
    htm: route.method,
    htu: testConfig.publicUrl + url,
    nonce: await client.goodNonce(),
    ...(token === undefined ? {} : { ath: sha256(token).toString('base64url') }),
  })
  sent++
  const began = performance.now()
  const answer = await app.app.inject({
    method: route.method,
    url,
    remoteAddress: `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
    headers: { dpop: proof, 'content-type': 'application/json', 'idempotency-key': idempotencyKey, ...(token === undefined ? {} : { authorization: `DPoP ${token}` }) },
    payload,
  })
  return { status: answer.statusCode, ms: performance.now() - began, body: answer.body }
}

/** Sends `runs` bodies to a route as its first principal; throws with the smallest body that breaks it. Returns the slowest answer (ms). */
export async function fuzzRoute(app: TestApp, callers: ReadonlyMap<Principal, Caller>, route: Route, runs: number, mostMs: number): Promise<number> {
  const caller = callers.get(route.access[0]) as Caller
  let slowest = 0
  await fc.assert(
    fc.asyncProperty(bodyOf(route.body as Schema), async (payload) => {
      let answer = await sendBody(app, route, caller, payload)
      // One that was slow once may have met a collection or a busy machine: the body is at fault when it is slow again.
      if (answer.status < 500 && answer.ms > mostMs) answer = await sendBody(app, route, caller, payload)
      const { status, ms, body } = answer
      slowest = Math.max(slowest, ms)
      // Busy is an answer; a surprise is none.
      if ((status >= 500 && status !== 503) || ms > mostMs) throw new Error(`${status} after ${Math.round(ms)} ms: ${body.slice(0, 200)}`)
    }),
    { numRuns: runs },
  )
  return slowest
}
