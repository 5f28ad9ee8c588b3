import { type AnswerOf, DomainError, type Duplicate, type DuplicateOutcome, type routes } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { ActivationsService } from '../activations/service.ts'
import type { ActivityService } from '../activity/service.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { CasesService } from '../cases/service.ts'
import type { EvidenceService } from '../evidence/service.ts'
import type { OfficesService } from '../offices/service.ts'
import type { ReferencesService } from '../references/service.ts'
import type { StaffService } from '../staff/service.ts'
import { getHit, getUnsearched, type HitRow, listHits, listUnsearched, type UnsearchedRow } from './repository.ts'

/** What supervisors do about faces that are like somebody else's. */
export interface DuplicatesService {
  list(queries: Queries, caller: DeskCaller): Promise<AnswerOf<typeof routes.duplicates.list>>
  get(queries: Queries, caller: DeskCaller, id: string): Promise<Duplicate>
  /**
   * Every look is audited and enters both residents' histories. Where frames are kept no longer it is one at the photograph on record,
   * counted like any other: over the cap it is returned as a refusal, so that the attempt is recorded.
   */
  look(unit: Unit, caller: DeskCaller, id: string): Promise<AnswerOf<typeof routes.duplicates.look> | DomainError>
  decide(unit: Unit, caller: DeskCaller, id: string, outcome: DuplicateOutcome, reason: string): Promise<void>
  /** Lets a case go on whose search cannot be run. */
  letGo(unit: Unit, caller: DeskCaller, caseId: string, reason: string): Promise<void>
  getLetGo(queries: Queries, caseId: string): Promise<Duplicate>
}

export interface DuplicatesDependencies {
  readonly activations: Pick<ActivationsService, 'prolong'>
  readonly activity: Pick<ActivityService, 'record'>
  readonly alerts: Pick<AlertsService, 'raise'>
  readonly cases: Pick<CasesService, 'listOfficers' | 'refuseAsDuplicate' | 'touch'>
  readonly evidence: Pick<EvidenceService, 'findFrame'>
  readonly offices: Pick<OfficesService, 'get'>
  readonly references: ReferencesService
  readonly staff: Pick<StaffService, 'assertMayBeSecondPerson'>
}

const order: readonly Duplicate['kind'][] = ['held', 'unsearched', 'listed']

export function createDuplicatesService(core: Core, on: DuplicatesDependencies): DuplicatesService {
  /** One whose office it concerns: that of the case, or, once it is found to be one person, that of the other. */
  async function visible(queries: Queries, caller: DeskCaller, id: string): Promise<HitRow> {
    const row = await getHit(queries, id)
    if (row.own_office_id !== caller.officeId && !(row.other_office_id === caller.officeId && row.outcome === 'same')) throw new DomainError('other-office')
    return row
  }

  async function photograph(unit: Unit, caller: DeskCaller, residentId: string, caseId: string, captureId: string) {
    const frame = await on.evidence.findFrame(unit.work, caseId, captureId)
    if (frame) return { jpeg: frame.toString('base64'), from: 'desk' as const }
    const photo = await on.references.show(unit, caller, { residentId, visitId: caseId, ground: 'duplicate', phone: null })
    return photo instanceof DomainError ? photo : { jpeg: photo.toString('base64'), from: 'ktp' as const }
  }

  /** The mail goes, once nothing holds it any more. */
  async function release(unit: Unit, caller: DeskCaller, caseId: string, from: 'held' | 'waiting', reason: string): Promise<boolean> {
    const released = await unit.work
      .updateTable('duplicate_search')
      .set({ state: 'released', decided_at: unit.now, decided_by: caller.staffId, reason, claimed_until: null })
      .where('case_id', '=', caseId)
      .where('state', '=', from)
      .executeTakeFirst()
    if (released.numUpdatedRows !== 1n) return false
    await on.activations.prolong(unit, caseId)
    await on.cases.touch(unit, caseId)
    return true
  }

  async function refuse(unit: Unit, caller: DeskCaller, row: HitRow, reason: string): Promise<void> {
    await on.cases.refuseAsDuplicate(unit, caller, row.own_case)
    await unit.work
      .updateTable('duplicate_search')
      .set({ state: 'refused', decided_at: unit.now, decided_by: caller.staffId, reason })
      .where('case_id', '=', row.own_case)
      .execute()
    for (const officeId of new Set([row.own_office_id, row.other_office_id])) await on.alerts.raise(unit, { officeId, kind: 'duplicate-found' })
    await on.cases.touch(unit, row.own_case)
  }

  return {
    async list(queries, caller) {
      const hits = (await listHits(queries, caller.officeId, core.clock.now())).map((row) => viewHit(row, caller))
      const all = [...hits, ...(await listUnsearched(queries, caller.officeId)).map(viewUnsearched)]
      const rank = (row: Duplicate) => (row.decision ? order.length : order.indexOf(row.kind))
      return {
        duplicates: all.sort((a, b) => rank(a) - rank(b)).slice(0, 100),
        undecided: all.filter((row) => !row.decision).length,
      }
    },

    get: async (queries, caller, id) => viewHit(await visible(queries, caller, id), caller),
    getLetGo: async (queries, caseId) => viewUnsearched(await getUnsearched(queries, caseId)),

    async look(unit, caller, id) {
      const row = await visible(unit.work, caller, id)
      const own = await photograph(unit, caller, row.own_resident, row.own_case, row.own_capture)
      if (own instanceof DomainError) return own
      const other = await photograph(unit, caller, row.other_resident, row.other_case, row.other_capture)
      if (other instanceof DomainError) return other
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action: 'duplicates.seen', subject: id, detail: { case: row.own_case } })
      await unit.work.updateTable('duplicate_hit').set({ seen_at: unit.now, seen_by: caller.staffId }).where('id', '=', id).where('outcome', 'is', null).execute()
      const { name: actor } = await on.offices.get(unit.work, caller.officeId)
      for (const residentId of new Set([row.own_resident, row.other_resident])) {
        await on.activity.record(unit, { residentId, kind: 'faces-compared', actor, officer: caller.name, fields: ['photo'] })
      }
      const [a, b] = isOwnSide(row, caller) ? [own, other] : [other, own]
      return { own: a.jpeg, other: b.jpeg, ownFrom: a.from, otherFrom: b.from }
    },

    async decide(unit, caller, id, outcome, reason) {
      on.staff.assertMayBeSecondPerson(caller)
      const row = await getHit(unit.work, id)
      if (row.own_office_id !== caller.officeId) throw new DomainError('other-office')
      if (row.outcome !== null) throw new DomainError('duplicate-decided')
      assertNoPart(caller, [...(await on.cases.listOfficers(unit.work, row.own_case)), row.own_decided_by, row.own_supervision_by])
      if (row.seen_by !== caller.staffId) throw new DomainError('duplicate-not-seen')
      // First of all: the chain's lock lets those who decide about one case come one after the other.
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: caller.staffId },
        action: outcome === 'same' ? 'duplicates.confirmed' : 'duplicates.dismissed',
        subject: id,
        detail: { case: row.own_case, other: row.other_case, strength: row.strength, reason },
      })
      const decided = await unit.work
        .updateTable('duplicate_hit')
        .set({ outcome, reason, decided_at: unit.now, decided_by: caller.staffId })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .executeTakeFirst()
      if (decided.numUpdatedRows !== 1n) throw new DomainError('duplicate-decided')
      if (outcome === 'same') return refuse(unit, caller, row, reason)
      const open = await unit.work
        .selectFrom('duplicate_hit')
        .select('id')
        .where('case_id', '=', row.own_case)
        .where('strength', '=', 'strong')
        .where('outcome', 'is', null)
        .limit(1)
        .executeTakeFirst()
      if (!open) await release(unit, caller, row.own_case, 'held', reason)
    },

    async letGo(unit, caller, caseId, reason) {
      on.staff.assertMayBeSecondPerson(caller)
      const row = await getUnsearched(unit.work, caseId)
      assertNoPart(caller, [...(await on.cases.listOfficers(unit.work, row.case_id)), row.case_decided_by, row.supervision_by])
      if (row.stuck_at === null) throw new DomainError('case-state-wrong')
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action: 'duplicates.let-go', subject: caseId, detail: { reason } })
      if (!(await release(unit, caller, caseId, 'waiting', reason))) throw new DomainError('duplicate-decided')
    },
  }
}

/** Whoever had, approved or seconded a case does not also say whose face it is. */
function assertNoPart(caller: DeskCaller, involved: readonly (string | null)[]): void {
  if (involved.includes(caller.staffId)) throw new DomainError('approval-own-case')
}

const isOwnSide = (row: HitRow, caller: DeskCaller): boolean => row.own_office_id === caller.officeId

function viewHit(row: HitRow, caller: DeskCaller): Duplicate {
  const own = { id: row.own_case, state: row.own_state, residentName: row.own_name, birthDate: row.own_birth, sex: row.own_sex, officer: row.own_officer }
  const other = { id: row.other_case, state: row.other_state, residentName: row.other_name, birthDate: row.other_birth, sex: row.other_sex, officer: row.other_officer }
  const mine = isOwnSide(row, caller)
  const [shown, office, at] = mine ? [other, row.other_office, row.other_at] : [own, row.own_office, row.own_at]
  return {
    id: row.id,
    kind: row.strength === 'strong' ? 'held' : 'listed',
    at: row.found_at,
    case: mine ? own : other,
    other: {
      office,
      at,
      birthYear: Number(shown.birthDate.slice(0, 4)),
      sex: shown.sex,
      ...(row.own_office_id === row.other_office_id ? { name: shown.residentName } : {}),
    },
    seen: row.seen_by === caller.staffId,
    ...(row.outcome && row.decided_at !== null ? { decision: { outcome: row.outcome, reason: row.reason ?? '', at: row.decided_at, by: row.decider ?? '' } } : {}),
  }
}

function viewUnsearched(row: UnsearchedRow): Duplicate {
  return {
    id: row.case_id,
    kind: 'unsearched',
    at: row.asked_at,
    case: { id: row.case_id, state: row.case_state, residentName: row.name, birthDate: row.birth_date, sex: row.sex, officer: row.officer },
    seen: false,
    ...(row.state === 'released' && row.decided_at !== null ? { decision: { outcome: 'different' as const, reason: row.reason ?? '', at: row.decided_at, by: row.decider ?? '' } } : {}),
  }
}
