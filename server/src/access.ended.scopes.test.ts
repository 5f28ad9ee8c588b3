import { allRoutes, type ProblemCode, type Route } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minute } from './clock.ts'
import { bindPhone, makeTestClient, raiseTestApp, signIn, signInSystem, signInToSetUp, type TestApp, type TestClient } from './testing/app.ts'

/** Somebody who could call until a moment ago, and what every route says to them now. */
interface Ended {
  readonly who: string
  readonly refusal: ProblemCode
  /** Lets them in, then takes their right away. */
  readonly end: () => Promise<{ client: TestClient; token: string }>
}

let app: TestApp
let desks = 0

beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

const anId = '01890000-0000-7000-8000-000000000000'

async function desk(username: string): Promise<{ client: TestClient; token: string; sessionId: string; workstationId: string }> {
  const client = makeTestClient(app)
  const token = await signIn(client, username, `satu-kode-${desks++}`)
  const { sub: sessionId } = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as { sub: string }
  const opened = await app.store.selectFrom('staff_session').select('workstation_id').where('id', '=', sessionId).executeTakeFirstOrThrow()
  return { client, token, sessionId, workstationId: opened.workstation_id as string }
}

async function holder(state: 'blocked' | 'suspended' | 'released'): Promise<{ client: TestClient; token: string }> {
  await app.store.updateTable('binding').set({ state: 'released', ended_at: app.clock.now() }).execute()
  const client = makeTestClient(app)
  const bound = await bindPhone(client, app)
  await app.store.updateTable('binding').set({ state }).where('id', '=', bound.bindingId).execute()
  return { client, token: bound.holder }
}

const session = (change: object) => (id: string) => app.store.updateTable('staff_session').set(change).where('id', '=', id).execute()

const ended: readonly Ended[] = [
  ...(['officer', 'supervisor', 'admin'] as const).map(
    (role): Ended => ({
      who: `${role} whose session was ended`,
      refusal: 'token-invalid',
      async end() {
        const seat = await desk(`${role}.satu`)
        await session({ ended_at: 1 })(seat.sessionId)
        return seat
      },
    }),
  ),
  {
    who: 'admin who left the desk',
    refusal: 'token-expired',
    async end() {
      const seat = await desk('admin.satu')
      await session({ last_used_at: app.clock.now() - 15 * minute })(seat.sessionId)
      return seat
    },
  },
  {
    who: 'admin at a revoked workstation',
    refusal: 'workstation-unknown',
    async end() {
      const seat = await desk('admin.satu')
      await app.store.updateTable('workstation').set({ revoked_at: 1 }).where('id', '=', seat.workstationId).execute()
      return seat
    },
  },
  {
    who: 'admin at a workstation that went to another office',
    refusal: 'token-invalid',
    async end() {
      const seat = await desk('admin.satu')
      const { id } = await app.store.selectFrom('office').select('id').where('name', '=', 'Kantor Dua').executeTakeFirstOrThrow()
      await app.store.updateTable('workstation').set({ office_id: id }).where('id', '=', seat.workstationId).execute()
      return seat
    },
  },
  {
    who: 'newcomer whose setup session was ended',
    refusal: 'token-invalid',
    async end() {
      const client = makeTestClient(app)
      const token = await signInToSetUp(client, 'baru.satu', `satu-kode-${desks++}`)
      await app.store.updateTable('staff_session').set({ ended_at: 1 }).where('factor', '=', 'setup-code').execute()
      return { client, token }
    },
  },
  {
    who: 'teller whose session was ended',
    refusal: 'token-invalid',
    async end() {
      const client = makeTestClient(app)
      const token = await signIn(client, 'teller')
      await app.store.updateTable('staff_session').set({ ended_at: 1 }).where('workstation_id', 'is', null).execute()
      return { client, token }
    },
  },
  {
    who: 'institution’s system that was revoked',
    refusal: 'token-invalid',
    async end() {
      const client = makeTestClient(app)
      const token = await signInSystem(client, app)
      await app.store.updateTable('institution_system').set({ revoked_at: 1 }).execute()
      return { client, token }
    },
  },
  { who: 'phone that was blocked', refusal: 'device-blocked', end: () => holder('blocked') },
  { who: 'phone that was suspended', refusal: 'device-suspended', end: () => holder('suspended') },
  { who: 'phone that was released', refusal: 'device-blocked', end: () => holder('released') },
]

const closed: readonly Route[] = allRoutes.filter(({ access }) => !access.includes('public') && !access.includes('key'))

describe.each(ended)('$who', ({ refusal, end }) => {
  test('is refused by every route at the next request', async () => {
    const { client, token } = await end()
    const answers: [string, unknown][] = []
    for (const route of closed) {
      const path = route.path.replace(/:kind/g, 'npwp').replace(/:\w+/g, anId)
      answers.push([route.id, (await client.send({ method: route.method, path, token, body: route.body ? {} : undefined })).body['code']])
    }
    expect(answers).toEqual(closed.map(({ id }) => [id, refusal]))
  })
})
