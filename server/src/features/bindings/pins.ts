import { DomainError } from '@ikd/contract'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { ActivityService } from '../activity/service.ts'
import { isBirthDatePin, isPopularPin } from './popular-pins.ts'

/** What a guess at a PIN came to, once it has been counted. */
export type PinGuess = 'right' | 'wrong' | 'paused' | 'blocked'

export interface Pins {
  /** Hashes a PIN that may be used; refuses a popular one and the resident's own birth date. */
  hashNewPin(pin: string, birthDate: string): Promise<string>
  /** Counts the guess before looking at it, so that parallel guesses count one by one; then compares. */
  guessPin(bindingId: string, pin: string): Promise<PinGuess>
  /** What a guess that was not right leads to: the third one is told to the resident, whoever guessed. */
  refusePin(unit: Unit, bindingId: string, guess: Exclude<PinGuess, 'right'>): Promise<DomainError>
  /** Whether an unlock of `at` (ms) may be answered once more: nothing has happened to binding or PIN since. */
  stillUnlocked(queries: Queries, bindingId: string, at: number): Promise<boolean>
  changePin(unit: Unit, bindingId: string, residentId: string, pinHash: string): Promise<void>
}

/** Three wrong guesses pause for five minutes; ten in a row lead to the office. */
const guessesBeforePause = 3
const pause = 5 * minute
const guessesInARow = 10

/** PINs, checked here and nowhere else; counted in the database, so that neither a restart nor a second server forgets. */
export function createPins(core: Core, activity: ActivityService): Pins {
  return {
    async hashNewPin(pin, birthDate) {
      if (isPopularPin(pin) || isBirthDatePin(pin, birthDate)) throw new DomainError('pin-too-simple')
      return core.passwords.hash(pin)
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

    async refusePin(unit, bindingId, guess) {
      const row = await unit.work
        .selectFrom('binding')
        .select(['resident_id', 'pin_failures', 'pin_row', 'pin_paused_until'])
        .where('id', '=', bindingId)
        .executeTakeFirstOrThrow()
      if (row.pin_row >= guessesInARow || guess === 'blocked') return new DomainError('pin-blocked')
      if (row.pin_paused_until !== null && row.pin_paused_until > core.clock.now()) {
        if (guess === 'wrong') await activity.record(unit, { residentId: row.resident_id, kind: 'pin-paused' })
        return new DomainError('pin-paused', { retryAt: row.pin_paused_until })
      }
      return new DomainError('pin-wrong', { triesLeft: guessesBeforePause - row.pin_failures })
    },

    async stillUnlocked(queries, bindingId, at) {
      const row = await queries
        .selectFrom('binding')
        .select('id')
        .where('id', '=', bindingId)
        .where('state', '=', 'active')
        .where('pin_set_at', '<=', at)
        .where('valid_from', '<=', at)
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
