import { allRoutes, type ProblemCode } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTestClient, raiseTestApp, signIn, type TestApp, type TestClient, testApprovalPin } from './testing/app.ts'

/** What stands in a path, belongs to somebody else, and how a route answers that asks for it all the same. */
interface Foreign {
  readonly refusal: ProblemCode
  readonly find: () => Promise<string>
}

interface Seat {
  readonly client: TestClient
  readonly token: string
}

let app: TestApp
const own = new Map<string, Seat>()

beforeAll(async () => {
  app = await raiseTestApp()
  for (const [i, role] of (['officer', 'supervisor', 'admin'] as const).entries()) own.set(role, await sit(`${role}.satu`, `satu-kode-${i}`))
  await openCase(await sit('officer.dua', 'dua-kode-0'))
  const teller = makeTestClient(app)
  own.set('verifier', { client: teller, token: await signIn(teller, 'teller') })
})
afterAll(() => app.close())

async function sit(username: string, enrolmentCode: string): Promise<Seat> {
  const client = makeTestClient(app)
  return { client, token: await signIn(client, username, enrolmentCode) }
}

async function openCase({ client, token }: Seat): Promise<void> {
  const { id: residentId } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
  const opened = await client.send({ method: 'POST', path: '/v1/cases', token, body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' } })
  expect(opened.status).toBe(201)
}

const elsewhere = async (table: 'staff' | 'workstation' | 'alert' | 'desk_case') =>
  (await app.store.selectFrom(table).innerJoin('office', 'office.id', `${table}.office_id`).select(`${table}.id`).where('office.name', '=', 'Kantor Dua').executeTakeFirstOrThrow()).id

/** A likeness that a case of the other office is held for. */
async function findDuplicateElsewhere(): Promise<string> {
  const { id: caseId } = await app.store.selectFrom('desk_case').innerJoin('office', 'office.id', 'desk_case.office_id').select('desk_case.id').where('office.name', '=', 'Kantor Dua').executeTakeFirstOrThrow()
  const known = await app.store.selectFrom('duplicate_hit').select('id').where('case_id', '=', caseId).executeTakeFirst()
  if (known) return known.id
  const { resident_id: residentId } = await app.store.selectFrom('desk_case').select('resident_id').where('id', '=', caseId).executeTakeFirstOrThrow()
  const [id, at] = [app.nextId(), app.clock.now()]
  await app.store
    .insertInto('duplicate_search')
    .values({
      case_id: caseId, template_id: anId, state: 'held', asked_at: at, attempts: 0, next_attempt_at: at, claimed_until: null, failure: null, stuck_at: null,
      finished_at: at, compared: 1, not_comparable: 0, decided_at: null, decided_by: null, reason: null,
    })
    .execute()
  await app.store
    .insertInto('duplicate_hit')
    .values({
      id, case_id: caseId, template_id: anId, other_case_id: caseId, other_template_id: anId, other_resident_id: residentId ?? '', strength: 'strong',
      distance: 1000, found_at: at, seen_at: null, seen_by: null, outcome: null, reason: null, decided_at: null, decided_by: null,
    })
    .execute()
  return id
}

/** Whose they are is decided by office, or by person for what is one's own. */
const foreign: Readonly<Record<string, Foreign>> = {
  caseId: { refusal: 'other-office', find: () => elsewhere('desk_case') },
  staffId: { refusal: 'other-office', find: () => elsewhere('staff') },
  workstationId: { refusal: 'other-office', find: () => elsewhere('workstation') },
  alertId: { refusal: 'other-office', find: () => elsewhere('alert') },
  duplicateId: { refusal: 'other-office', find: findDuplicateElsewhere },
  sessionId: {
    refusal: 'other-office',
    find: async () =>
      (await app.store.selectFrom('staff_session').innerJoin('staff', 'staff.id', 'staff_session.staff_id').select('staff_session.id').where('staff.username', '=', 'officer.dua').executeTakeFirstOrThrow()).id,
  },
  factorId: {
    refusal: 'factor-unknown',
    find: async () => (await app.store.selectFrom('staff_factor').innerJoin('staff', 'staff.id', 'staff_factor.staff_id').select('staff_factor.id').where('staff.username', '=', 'officer.dua').executeTakeFirstOrThrow()).id,
  },
}

/** Parts of a path that name nobody's object. */
const nobodys = new Set(['kind'])
const anId = '01890000-0000-7000-8000-000000000000'

/** As they should be, so that what is refused is refused for its object. */
const bodies: Readonly<Record<string, object>> = {
  'cases.attachPhone': { qr: 'IKDR1:X' },
  'cases.askSupervisor': { outcome: 'approve', reason: 'x' },
  'cases.startApproval': { outcome: 'approve', way: 'pin', username: 'supervisor.dua', pin: testApprovalPin },
  'cases.lookForApproval': { ticket: 'x.y' },
  'cases.takeOver': { version: 1 },
  'cases.approve': { ticket: 'x.y', totp: '000000' },
  'cases.decide': { outcome: 'refuse' },
  'cases.correctEmail': { email: 'a@b.id' },
  'cases.block': { reason: 'lost' },
  'cases.changeContact': { email: 'a@b.id' },
  'cases.recordService': { kind: 'moving', note: '' },
  'cases.cancel': { reason: 'left' },
  'cases.evidence': { reason: 'x' },
  'cases.submitCapture': { nonce: 'x', frames: [{ jpeg: '', atMs: 0, step: 0 }] },
  'duplicates.decide': { outcome: 'different', reason: 'x' },
  'duplicates.letGo': { reason: 'x' },
  'staff.confirmTotp': { code: '000000' },
}

const withObjects = allRoutes.flatMap((route) => {
  const parts = [...route.path.matchAll(/:(\w+)/g)].map(([, part]) => part as string).filter((part) => !nobodys.has(part))
  return parts.length > 0 ? [{ route, id: route.id, parts }] : []
})

describe.each(withObjects)('$id of somebody else’s', ({ route, parts }) => {
  test('is refused to every role that may call it, and changes nothing', async () => {
    // A new kind of object is to be described above before it can be had.
    const [whose] = parts.filter((part) => part in foreign)
    if (!whose) throw new Error(`nobody says whose ${parts.join(', ')} is`)
    const { refusal, find } = foreign[whose] as Foreign
    const id = await find()
    const before = await snapshot()
    const roles = route.access.filter((role) => own.has(role))
    expect(roles.length).toBeGreaterThan(0)
    for (const role of roles) {
      const { client, token } = own.get(role) as Seat
      const path = route.path.replace(`:${whose}`, id).replace(/:\w+/g, anId)
      const answer = await client.send({ method: route.method, path, token, body: bodies[route.id] ?? (route.body ? {} : undefined) })
      expect([role, answer.body['code']]).toEqual([role, refusal])
    }
    expect(await snapshot()).toEqual(before)
  })
})

/** What an office has, as the database holds it. */
async function snapshot() {
  return {
    cases: await app.store.selectFrom('desk_case').select(['id', 'state', 'version']).orderBy('id').execute(),
    staff: await app.store.selectFrom('staff').select(['id', 'locked_at']).orderBy('id').execute(),
    factors: await app.store.selectFrom('staff_factor').select(['id', 'confirmed_at']).orderBy('id').execute(),
    sessions: await app.store.selectFrom('staff_session').select(['id', 'ended_at']).orderBy('id').execute(),
    workstations: await app.store.selectFrom('workstation').select(['id', 'revoked_at']).orderBy('id').execute(),
    duplicates: await app.store.selectFrom('duplicate_hit').select(['id', 'seen_at', 'outcome']).orderBy('id').execute(),
    searches: await app.store.selectFrom('duplicate_search').select(['case_id', 'state']).orderBy('case_id').execute(),
    alerts: await app.store.selectFrom('alert').select(['id', 'seen_at']).orderBy('id').execute(),
    audit: await app.store.selectFrom('audit_entry').select('seq').orderBy('seq').execute(),
  }
}
