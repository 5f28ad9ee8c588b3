import { routes } from '@ikd/contract'
import { minute } from '../clock.ts'
import { makeTestClient, signIn, type TestApp, type TestClient } from './app.ts'

/** Somebody of an office, signed in at a desk that was enrolled for it. */
export interface Seat {
  readonly client: TestClient
  readonly token: string
}

/** Tests that share an app begin each in a minute of its own, with nothing counted against anybody. */
export async function beginAnew({ clock, store }: TestApp): Promise<void> {
  clock.advance(2 * minute)
  await store.deleteFrom('sign_in_failure').execute()
  await store.updateTable('staff').set({ failures_row: 0, locked_at: null }).execute()
}

/** A new workstation of an office; its code serves once, and then for the next. */
export async function enrolDesk(app: TestApp, office: 'satu' | 'dua' = 'satu', client: TestClient = makeTestClient(app)): Promise<TestClient> {
  await app.store.updateTable('workstation_enrolment').set({ used_at: null }).execute()
  const enrolled = await client.send({ method: 'POST', path: routes.staff.enrolWorkstation.path, body: { enrolmentCode: `${office}-kode-0` } })
  if (enrolled.status !== 201) throw new Error(`enrolment: ${JSON.stringify(enrolled.body)}`)
  return client
}

/** @param username such as `officer.satu`; the desk is of that office */
export async function sit(app: TestApp, username: string): Promise<Seat> {
  const client = await enrolDesk(app, username.endsWith('.dua') ? 'dua' : 'satu')
  return { client, token: await signIn(client, username) }
}
