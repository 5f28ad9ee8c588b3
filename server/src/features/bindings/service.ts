import { DomainError } from '@ikd/contract'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { registrationTopic } from '../../signals.ts'
import type { ActivityService } from '../activity/service.ts'
import { isBirthDatePin, isPopularPin } from './popular-pins.ts'

export interface Binding {
  readonly id: string
  readonly residentId: string
  readonly registrationId: string
  readonly jkt: string
  readonly state: 'active' | 'blocked' | 'suspended' | 'released'
  readonly boundAt: number
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

/** What a guess at a PIN came to, once it has been counted. */
export type PinGuess = 'right' | 'wrong' | 'paused' | 'blocked'

export interface BindingsService {
  get(queries: Queries, id: string): Promise<Binding>
  findByRegistration(queries: Queries, registrationId: string): Promise<Binding | undefined>
  /** The binding in force, else the newest that ended. */
  findLatest(queries: Queries, residentId: string): Promise<Binding | undefined>
  /** Whether the resident has had another phone besides this one. */
  isRebinding(queries: Queries, binding: Pick<Binding, 'id' | 'residentId'>): Promise<boolean>
  /** Hashes a PIN that may be used; refuses a popular one and the resident's own birth date. */
  hashNewPin(pin: string, birthDate: string): Promise<string>
  bind(unit: Unit, binding: NewBinding): Promise<string>
  block(unit: Unit, binding: Binding, by: { staffId: string; office: string; caseId: string }): Promise<void>
  /** Counts the guess before looking at it, so that parallel guesses count one by one; then compares. */
  guessPin(bindingId: string, pin: string): Promise<PinGuess>
  /** The refusal a guess that was not right leads to. */
  refusePin(queries: Queries, bindingId: string, guess: Exclude<PinGuess, 'right'>): Promise<DomainError>
  /** The third wrong guess: the resident reads of it, whoever guessed. */
  tellPaused(unit: Unit, bindingId: string): Promise<void>
  /** Whether an unlock of `at` (ms) may be answered once more: nothing has happened to binding or PIN since. */
  stillUnlocked(queries: Queries, bindingId: string, at: number): Promise<boolean>
  changePin(unit: Unit, bindingId: string, residentId: string, pinHash: string): Promise<void>
}

/** Three wrong guesses pause for five minutes; ten in a row lead to the office. */
const guessesBeforePause = 3
const pause = 5 * minute
const guessesInARow = 10

export function createBindingsService(core: Core, activity: ActivityService): BindingsService {
  const select = (queries: Queries) =>
    queries.selectFrom('binding').select([
      'id', 'resident_id as residentId', 'registration_id as registrationId', 'jkt', 'state', 'bound_at as boundAt',
    ])

  return {
    get: (queries, id) => select(queries).where('id', '=', id).executeTakeFirstOrThrow(),

    findByRegistration: (queries, registrationId) => select(queries).where('registration_id', '=', registrationId).executeTakeFirst(),

    async findLatest(queries, residentId) {
      const all = await select(queries).where('resident_id', '=', residentId).orderBy('bound_at', 'desc').execute()
      return all.find((binding) => binding.state === 'active' || binding.state === 'suspended') ?? all[0]
    },

    async isRebinding(queries, { id, residentId }) {
      const other = await queries.selectFrom('binding').select('id').where('resident_id', '=', residentId).where('id', '<>', id).limit(1).executeTakeFirst()
      return other !== undefined
    },

    async hashNewPin(pin, birthDate) {
      if (isPopularPin(pin) || isBirthDatePin(pin, birthDate)) throw new DomainError('pin-too-simple')
      return core.passwords.hash(pin)
    },

    async bind(unit, { residentId, registrationId, caseId, jkt, pinHash, office }) {
      const living = await unit.work
        .selectFrom('binding')
        .select('id')
        .where('resident_id', '=', residentId)
        .where('state', 'in', ['active', 'suspended'])
        .executeTakeFirst()
      if (living) throw new DomainError('resident-has-active-device')
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

    async block(unit, binding, { staffId, office, caseId }) {
      await unit.work.updateTable('binding').set({ state: 'blocked', ended_at: unit.now }).where('id', '=', binding.id).execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: staffId },
        action: 'binding.blocked',
        subject: binding.id,
        detail: { case: caseId },
      })
      await activity.record(unit, { residentId: binding.residentId, kind: 'device-blocked', actor: office })
      unit.announce(registrationTopic(binding.registrationId), { type: 'status' })
    },

    async guessPin(bindingId, pin) {
      const now = core.clock.now()
      // One statement counts the guess and, with the third, begins the pause: before the PIN is even looked at.
      const counted = await core.store
        .updateTable('binding')
        .set((set) => {
          const failures = set.case().when('pin_paused_until', 'is not', null).then(1).else(set('pin_failures', '+', 1)).end()
          return {
            pin_row: set('pin_row', '+', 1),
            pin_failures: failures,
            pin_paused_until: set.case().when(failures, '>=', guessesBeforePause).then(now + pause).else(null).end(),
          }
        })
        .where('id', '=', bindingId)
        .where('pin_row', '<', guessesInARow)
        .where((where) => where.or([where('pin_paused_until', 'is', null), where('pin_paused_until', '<=', now)]))
        .returning('pin_hash')
        .executeTakeFirst()
      if (!counted) {
        const { pin_row: row } = await core.store.selectFrom('binding').select('pin_row').where('id', '=', bindingId).executeTakeFirstOrThrow()
        return row >= guessesInARow ? 'blocked' : 'paused'
      }
      if (await core.passwords.verify(counted.pin_hash, pin)) {
        await core.store
          .updateTable('binding')
          .set({ pin_failures: 0, pin_row: 0, pin_paused_until: null })
          .where('id', '=', bindingId)
          .execute()
        return 'right'
      }
      return 'wrong'
    },

    async refusePin(queries, bindingId, guess) {
      const row = await queries
        .selectFrom('binding')
        .select(['pin_failures', 'pin_row', 'pin_paused_until'])
        .where('id', '=', bindingId)
        .executeTakeFirstOrThrow()
      if (row.pin_row >= guessesInARow || guess === 'blocked') return new DomainError('pin-blocked')
      if (row.pin_paused_until !== null && row.pin_paused_until > core.clock.now()) {
        return new DomainError('pin-paused', { retryAt: row.pin_paused_until })
      }
      return new DomainError('pin-wrong', { triesLeft: guessesBeforePause - row.pin_failures })
    },

    async tellPaused(unit, bindingId) {
      const { residentId } = await select(unit.work).where('id', '=', bindingId).executeTakeFirstOrThrow()
      await activity.record(unit, { residentId, kind: 'pin-paused' })
    },

    async stillUnlocked(queries, bindingId, at) {
      const row = await queries
        .selectFrom('binding')
        .select('id')
        .where('id', '=', bindingId)
        .where('state', '=', 'active')
        .where('pin_set_at', '<=', at)
        .where('pin_row', '<', guessesInARow)
        .where((where) => where.or([where('pin_paused_until', 'is', null), where('pin_paused_until', '<=', core.clock.now())]))
        .executeTakeFirst()
      return row !== undefined
    },

    async changePin(unit, bindingId, residentId, pinHash) {
      await unit.work.updateTable('binding').set({ pin_hash: pinHash, pin_set_at: unit.now }).where('id', '=', bindingId).execute()
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'device', id: bindingId }, action: 'pin.changed', subject: bindingId })
      await activity.record(unit, { residentId, kind: 'pin-changed' })
    },
  }
}

