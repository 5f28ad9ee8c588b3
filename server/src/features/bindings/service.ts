import { type BlockReason, DomainError } from '@ikd/contract'
import type { Core } from '../../core.ts'
import { isPostgres, type Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { registrationTopic } from '../../signals.ts'
import type { ActivityService } from '../activity/service.ts'
import type { AuditEvent } from '../audit/service.ts'
import { createPins, type Pins } from './pins.ts'

export type { PinGuess, RefusedPin, RightPin } from './pins.ts'

export interface Binding {
  readonly id: string
  readonly residentId: string
  readonly registrationId: string
  readonly jkt: string
  readonly state: 'active' | 'blocked' | 'suspended' | 'released'
  readonly boundAt: number
  /** When it was blocked or released. */
  readonly endedAt: number | null
  readonly suspendedAt: number | null
  readonly suspendedBy: SuspendedBy | null
  /** Tokens and grants of an earlier instant (ms) are dead. */
  readonly validFrom: number
}

export interface NewBinding {
  readonly residentId: string
  readonly registrationId: string
  readonly caseId: string
  readonly jkt: string
  readonly pinHash: string
  /** Name of the office that approved it. */
  readonly office: string
}

/** Who stopped it: its holder, or somebody at an earlier address who says that this phone is not theirs. */
export type SuspendedBy = 'resident' | 'not-me'

/** The officer's act a change of a binding belongs to. */
export interface OfficeAct {
  readonly staffId: string
  /** Name of the office. */
  readonly office: string
  readonly caseId: string
}

export interface BindingsService extends Pins {
  get(queries: Queries, id: string): Promise<Binding>
  /** The same, held to the end of the transaction: whoever else would hold it waits, so that what is read here stays true. */
  hold(unit: Unit, id: string): Promise<Binding>
  findByRegistration(queries: Queries, registrationId: string): Promise<Binding | undefined>
  findByCase(queries: Queries, caseId: string): Promise<Binding | undefined>
  /** The binding in force, else the newest that ended. */
  findLatest(queries: Queries, residentId: string): Promise<Binding | undefined>
  /** The one binding that is active or suspended, if any. */
  findLiving(queries: Queries, residentId: string): Promise<Binding | undefined>
  /** Whether the resident has had another phone besides this one. */
  isRebinding(queries: Queries, binding: Pick<Binding, 'id' | 'residentId'>): Promise<boolean>
  bind(unit: Unit, binding: NewBinding): Promise<string>
  /** An officer's block for a reason, or because another phone takes its place. */
  block(unit: Unit, binding: Binding, by: OfficeAct & { readonly reason: BlockReason | 'replaced' }): Promise<void>
  /** Two officers' word: a blocked or suspended phone lives again, unless another has taken its place or its PIN is locked. */
  unblock(unit: Unit, binding: Binding, by: OfficeAct): Promise<void>
  /** *Not me* outweighs the holder's own word, also on a phone suspended before. */
  suspend(unit: Unit, binding: Binding, by: SuspendedBy): Promise<void>
  /** Lifts the holder's own suspension. */
  resume(unit: Unit, binding: Binding): Promise<void>
}

export function createBindingsService(core: Core, activity: ActivityService): BindingsService {
  const select = (queries: Queries) =>
    queries.selectFrom('binding').select([
      'id', 'resident_id as residentId', 'registration_id as registrationId', 'jkt', 'state', 'bound_at as boundAt', 'ended_at as endedAt',
      'suspended_at as suspendedAt', 'suspended_by as suspendedBy', 'valid_from as validFrom',
    ])
  const findLiving = (queries: Queries, residentId: string) =>
    select(queries).where('resident_id', '=', residentId).where('state', 'in', ['active', 'suspended']).executeTakeFirst()

  // SQLite has one writer at a time anyway. A row's reference to it is no harm, so the weaker lock will do.
  const hold = (unit: Unit, id: string): Promise<Binding> =>
    select(unit.work).where('id', '=', id).$if(isPostgres(unit.work), (query) => query.forNoKeyUpdate()).executeTakeFirstOrThrow()

  async function audit(unit: Unit, actor: AuditEvent['actor'], action: string, binding: Binding, detail: Record<string, string>): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor, action, subject: binding.id, detail })
    unit.announce(registrationTopic(binding.registrationId), { type: 'status' })
  }

  const pins = createPins(core, activity, hold)

  return {
    ...pins,
    findLiving,
    hold,

    get: (queries, id) => select(queries).where('id', '=', id).executeTakeFirstOrThrow(),

    findByRegistration: (queries, registrationId) => select(queries).where('registration_id', '=', registrationId).executeTakeFirst(),

    findByCase: (queries, caseId) => select(queries).where('case_id', '=', caseId).executeTakeFirst(),

    async findLatest(queries, residentId) {
      const all = await select(queries).where('resident_id', '=', residentId).orderBy('bound_at', 'desc').execute()
      return all.find((binding) => binding.state === 'active' || binding.state === 'suspended') ?? all[0]
    },

    async isRebinding(queries, { id, residentId }) {
      const other = await queries.selectFrom('binding').select('id').where('resident_id', '=', residentId).where('id', '<>', id).limit(1).executeTakeFirst()
      return other !== undefined
    },

    async bind(unit, { residentId, registrationId, caseId, jkt, pinHash, office }) {
      if (await findLiving(unit.work, residentId)) throw new DomainError('resident-has-active-device')
      const id = core.ids.next()
      await unit.work
        .insertInto('binding')
        .values({
          id,
          resident_id: residentId,
          registration_id: registrationId,
          case_id: caseId,
          jkt,
          state: 'active',
          pin_hash: pinHash,
          pin_set_at: unit.now,
          pin_failures: 0,
          pin_row: 0,
          pin_paused_until: null,
          bound_at: unit.now,
          ended_at: null,
        })
        .execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'device', id: registrationId },
        action: 'binding.made',
        subject: id,
        detail: { case: caseId },
      })
      await activity.record(unit, { residentId, kind: 'device-bound', actor: office })
      return id
    },

    async block(unit, binding, { staffId, office, caseId, reason }) {
      const blocked = await unit.work
        .updateTable('binding')
        .set({ state: 'blocked', ended_at: unit.now })
        .where('id', '=', binding.id)
        .where('state', 'in', ['active', 'suspended'])
        .executeTakeFirst()
      if (blocked.numUpdatedRows !== 1n) throw new DomainError('resident-has-no-device')
      await audit(unit, { kind: 'staff', id: staffId }, 'binding.blocked', binding, { case: caseId, reason })
      const kind = reason === 'replaced' ? 'device-replaced' : 'device-blocked'
      await activity.record(unit, { residentId: binding.residentId, kind, actor: office, ...(reason === 'replaced' ? {} : { purpose: reason }) })
    },

    async unblock(unit, binding, { staffId, office, caseId }) {
      const living = await findLiving(unit.work, binding.residentId)
      if (living && living.id !== binding.id) throw new DomainError('resident-has-active-device')
      await hold(unit, binding.id)
      if (await pins.isPinLocked(unit.work, binding.id)) throw new DomainError('phone-pin-locked')
      const unblocked = await unit.work
        .updateTable('binding')
        .set({ state: 'active', ended_at: null, suspended_at: null, suspended_by: null, valid_from: unit.now })
        .where('id', '=', binding.id)
        .where('state', 'in', ['blocked', 'suspended'])
        .executeTakeFirst()
      if (unblocked.numUpdatedRows !== 1n) throw new DomainError('case-state-wrong')
      await audit(unit, { kind: 'staff', id: staffId }, 'binding.unblocked', binding, { case: caseId, was: binding.state })
      await activity.record(unit, { residentId: binding.residentId, kind: 'device-unblocked', actor: office })
    },

    async suspend(unit, binding, by) {
      const suspended = await unit.work
        .updateTable('binding')
        .set((set) => ({ state: 'suspended', suspended_at: set.fn.coalesce('suspended_at', set.val(unit.now)), suspended_by: by }))
        .where('id', '=', binding.id)
        .where('state', 'in', by === 'not-me' ? ['active', 'suspended'] : ['active'])
        .executeTakeFirst()
      if (suspended.numUpdatedRows !== 1n) throw new DomainError('suspension-needless')
      await audit(unit, { kind: 'public', id: by }, 'binding.suspended', binding, { by })
      await activity.record(unit, { residentId: binding.residentId, kind: 'device-suspended', purpose: by })
    },

    async resume(unit, binding) {
      const resumed = await unit.work
        .updateTable('binding')
        .set({ state: 'active', suspended_at: null, suspended_by: null, valid_from: unit.now })
        .where('id', '=', binding.id)
        .where('state', '=', 'suspended')
        .where('suspended_by', '=', 'resident')
        .executeTakeFirst()
      if (resumed.numUpdatedRows !== 1n) throw new DomainError('resume-at-office')
      await audit(unit, { kind: 'device', id: binding.registrationId }, 'binding.resumed', binding, {})
      await activity.record(unit, { residentId: binding.residentId, kind: 'device-resumed' })
    },

  }
}
