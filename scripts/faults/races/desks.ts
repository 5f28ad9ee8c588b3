import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import type { Desk } from '../../journeys/stage/desk.ts'
import { openCase, recordFaceMatch } from '../stage/ceremony.ts'
import type { World } from '../stage/world.ts'
import { type Outcomes, raceAll, repeat } from './outcomes.ts'

export interface DecisionRace {
  readonly outcomes: Outcomes
  /** Rows that tell of a decision: the case's own, activations, mails, audit entries. */
  readonly traces: { readonly outcome: string | null; readonly activations: number; readonly mails: number; readonly entries: number }
}

/** Two officers at two desks decide one case at the same moment, one each way. */
export async function raceDecision(world: World, [first, second]: readonly [Desk, Desk]): Promise<DecisionRace> {
  const { caseId } = await openCase(world, first, world.nextNik(), 'each')
  await recordFaceMatch(world, caseId)
  const outcomes = await raceAll([() => first.decide(caseId, 'approve'), () => second.decide(caseId, 'refuse', 'Bukan orangnya')])
  return { outcomes, traces: await readTraces(world, caseId) }
}

/** One resident with two phones at two desks: the approval that comes second ends the first, and one lives. */
export async function raceApprovals(world: World, [first, second]: readonly [Desk, Desk]): Promise<{ outcomes: Outcomes; living: number }> {
  const nik = world.nextNik()
  const visits = await Promise.all([openCase(world, first, nik, 'each'), openCase(world, second, nik, 'each')])
  await Promise.all(visits.map(({ caseId }) => recordFaceMatch(world, caseId)))
  const [a, b] = visits
  const outcomes = await raceAll([() => first.decide(a.caseId, 'approve'), () => second.decide(b.caseId, 'approve')])
  const living = await world.look((store) =>
    store.selectFrom('desk_case').select('id').where('id', 'in', [a.caseId, b.caseId]).where('state', '=', 'approved').execute(),
  )
  return { outcomes, living: living.length }
}

async function readTraces(world: World, caseId: string): Promise<DecisionRace['traces']> {
  return world.look(async (store) => {
    const { outcome } = await store.selectFrom('desk_case').select('decision_outcome as outcome').where('id', '=', caseId).executeTakeFirstOrThrow()
    const activations = await store.selectFrom('activation').select('id').where('case_id', '=', caseId).execute()
    const mails = await store.selectFrom('outbox').select('id').where('case_id', '=', caseId).execute()
    const entries = await store.selectFrom('audit_entry').select('seq').where('subject_id', '=', caseId).where('action', 'in', ['case.approved', 'case.refused']).execute()
    return { outcome, activations: activations.length, mails: mails.length, entries: entries.length }
  })
}

/** A request for service whose answer seems lost, sent many times at once with its key. @returns how many requests it became */
export async function repeatService(world: World, { client, token }: Desk, times: number): Promise<number> {
  const { id: residentId } = await world.look((store) => store.selectFrom('resident').select('id').limit(1).executeTakeFirstOrThrow())
  const { id } = await client.call(routes.cases.open, { token, body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' } })
  const call = { token, params: { caseId: id }, idempotencyKey: randomUUID(), body: { kind: 'ktp-replacement' as const, note: 'Rusak' } }
  await Promise.all(repeat(times, () => client.call(routes.cases.recordService, call)))
  const requests = await world.look((store) => store.selectFrom('service_request').select('id').where('case_id', '=', id).execute())
  return requests.length
}
