import { type Access, allRoutes, type Principal, type Route } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindPhone, makeTestClient, raiseTestApp, register, signIn, signInSystem, signInToSetUp, type TestApp, type TestClient } from './testing/app.ts'

interface Caller {
  readonly client: TestClient
  readonly token: string | undefined
}

let app: TestApp
const callers = new Map<Principal, Caller>()

beforeAll(async () => {
  app = await raiseTestApp()
  const phone = makeTestClient(app)
  const registered = await register(phone, app)
  callers.set('key', { client: makeTestClient(app), token: undefined })
  callers.set('device', { client: phone, token: (registered.body['token'] as { accessToken: string }).accessToken })
  const bound = makeTestClient(app)
  callers.set('holder', { client: bound, token: (await bindPhone(bound, app)).holder })
  for (const [i, role] of (['officer', 'supervisor', 'admin'] as const).entries()) {
    const client = makeTestClient(app)
    callers.set(role, { client, token: await signIn(client, `${role}.satu`, `satu-kode-${i}`) })
  }
  const newcomer = makeTestClient(app)
  callers.set('setup', { client: newcomer, token: await signInToSetUp(newcomer, 'baru.satu', 'satu-kode-3') })
  const teller = makeTestClient(app)
  callers.set('verifier', { client: teller, token: await signIn(teller, 'teller') })
  const system = makeTestClient(app)
  callers.set('institution', { client: system, token: await signInSystem(system, app) })
})

afterAll(() => app.close())

const anId = '01890000-0000-7000-8000-000000000000'

/** Let in means: whatever comes now, it is not about who asks. */
const aboutWho = new Set(['proof-missing', 'proof-invalid', 'proof-nonce-required', 'token-missing', 'token-invalid', 'token-expired', 'forbidden'])

async function ask(route: Route, { client, token }: Caller): Promise<string | undefined> {
  const path = route.path.replace(/:kind/g, 'npwp').replace(/:\w+/g, anId)
  const answer = await client.send({ method: route.method, path: route.id === 'cases.list' ? `${path}?group=open` : path, token, body: route.body ? {} : undefined })
  return answer.body['code'] as string | undefined
}

// A stream never ends; that strangers are kept out of it is shown below, with the others.
const answering = allRoutes.filter((route) => route.kind !== 'stream')
const principals: readonly Principal[] = ['key', 'device', 'holder', 'officer', 'supervisor', 'admin', 'verifier', 'institution', 'setup']
const needsToken = (access: Access) => !access.includes('public') && !access.includes('key')

describe('who may call what', () => {
  for (const route of allRoutes.filter(({ access }) => needsToken(access))) {
    for (const principal of principals.filter((one) => !route.access.includes(one))) {
      test(`${principal} may not call ${route.id}`, async () => {
        const code = await ask(route, callers.get(principal) as Caller)
        expect(code).toBe(principal === 'key' ? 'token-missing' : 'forbidden')
      })
    }
  }

  // Signing out last: it ends the session the others use.
  for (const route of answering.filter(({ access, id }) => needsToken(access) && id !== 'staff.signOut')) {
    for (const principal of route.access) {
      test(`${principal} may call ${route.id}`, async () => {
        expect(aboutWho).not.toContain(await ask(route, callers.get(principal) as Caller))
      })
    }
  }

  test('a session that was signed out is dead at its next request', async () => {
    const client = makeTestClient(app)
    const token = await signIn(client, 'officer.satu', 'satu-kode-5')
    await client.send({ method: 'DELETE', path: '/v1/staff/sessions/current', token })
    expect((await client.send({ method: 'GET', path: '/v1/cases?group=open', token })).body['code']).toBe('token-invalid')
  })

  test('no public route is open to more than it says: without a proof everything else is closed', async () => {
    for (const route of allRoutes.filter(({ access }) => !access.includes('public'))) {
      const answer = await app.app.inject({ method: route.method, url: route.path.replace(/:\w+/g, anId), ...(route.body ? { payload: {} } : {}) })
      expect([route.id, answer.json().code]).toEqual([route.id, 'proof-missing'])
    }
  })
})
