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

/** One case is decided at the same moment both ways: a desk whose answer was late, and an officer who changed their mind. */
export async function raceDecision(world: World, desk: Desk): Promise<DecisionRace> {
  const { caseId } = await openCase(world, desk, world.nextNik(), 'each')
  await recordFaceMatch(world, caseId)
  const outcomes = await raceAll([() => desk.decide(caseId, 'approve'), () => desk.decide(caseId, 'refuse', 'Bukan orangnya')])
  return { outcomes, traces: await readTraces(world, caseId) }
}

export interface TakeoverRace {
  /** Two colleagues at once, each of whom saw the case at its first desk. */
  readonly takers: Outcomes
  /** The decision of the desk that had it, and a colleague who takes it over. */
  readonly decision: Outcomes
  /** Decided by whoever had it then, or not at all. */
  readonly consistent: boolean
}

/** A case that changes hands while others reach for it. */
export async function raceTakeover(world: World, [first, second, third]: readonly [Desk, Desk, Desk]): Promise<TakeoverRace> {
  const { caseId } = await openCase(world, first, world.nextNik(), 'each')
  await recordFaceMatch(world, caseId)
  const { version } = await first.get(caseId)
  const take = (desk: Desk, seen: number) => desk.client.call(routes.cases.takeOver, { token: desk.token, params: { caseId }, body: { version: seen } })
  const takers = await raceAll([() => take(second, version), () => take(third, version)])
  const held = await second.get(caseId)
  const [holder, other] = held.here ? [second, third] : [third, second]
  const decision = await raceAll([() => holder.decide(caseId, 'approve'), () => take(other, held.version)])
  const after = await world.look((store) => store.selectFrom('desk_case').select(['officer_id', 'decided_by']).where('id', '=', caseId).executeTakeFirstOrThrow())
  return { takers, decision, consistent: after.decided_by === null || after.decided_by === after.officer_id }
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
