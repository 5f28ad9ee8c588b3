import { DomainError } from '@ikd/contract'
import { minute, second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { ActivityService } from '../activity/service.ts'
import { isBirthDatePin, isPopularPin } from '../../security/popular-pins.ts'
import type { Binding } from './service.ts'

/** What a guess at a PIN came to, once it has been counted and looked at. */
export type PinGuess = RightPin | RefusedPin
/** `pinHash`: what it was right against; by the time it is acted upon another PIN may be in force. */
export type RightPin = { readonly outcome: 'right'; readonly pinHash: string }
export type RefusedPin =
  | { readonly outcome: 'wrong'; readonly residentId: string; readonly row: number; readonly triesLeft: number; readonly pausedUntil: number | null }
  | { readonly outcome: 'paused'; readonly pausedUntil: number }
  | { readonly outcome: 'blocked' }

export interface Pins {
  /** Hashes a PIN that may be used; refuses a popular one and the resident's own birth date. */
  hashNewPin(pin: string, birthDate: string): Promise<string>
  /**
   * Counts the guess before looking at it, then compares. Guesses at one phone wait for each other, on whichever server:
   * wrong ones count one by one, and a right one takes back its own count and refuses no other. Refuses `busy` when its
   * turn does not come.
   */
  guessPin(bindingId: string, pin: string): Promise<PinGuess>
  /** What a guess that was not right leads to: the third one is told to the resident, whoever guessed. */
  refusePin(unit: Unit, guess: RefusedPin): Promise<DomainError>
  /** The phone, held to the end of the transaction; refuses when phone or PIN are no longer what they were when the guess was right. */
  holdGuessed(unit: Unit, bindingId: string, guess: RightPin): Promise<Binding>
  /** Whether an unlock of `at` (ms) may be answered once more: nothing has happened to binding or PIN since. */
  stillUnlocked(queries: Queries, bindingId: string, at: number): Promise<boolean>
  /** Of changes that come at once, after the same right PIN, one is made. */
  changePin(unit: Unit, bindingId: string, guess: RightPin, pinHash: string): Promise<void>
  /** Ten wrong in a row: this PIN opens nothing any more, and the phone is activated again. */
  isPinLocked(queries: Queries, bindingId: string): Promise<boolean>
}

/** Three wrong guesses pause for five minutes; ten in a row lead to the office. */
const guessesBeforePause = 3
const pause = 5 * minute
const guessesInARow = 10

/** A guess whose server died in the middle of it holds the others up so long; far more than a comparison takes. */
const longestLook = 30 * second
/** Between two looks whether it is one's turn. ms */
const turnEvery = 15

/** PINs, checked here and nowhere else; counted in the database, so that neither a restart nor a second server forgets. */
export function createPins(core: Core, activity: ActivityService, hold: (unit: Unit, id: string) => Promise<Binding>): Pins {
  /** One statement counts the guess, takes its turn and, with the third, begins the pause: before the PIN is even looked at. */
  function count(bindingId: string, guess: string) {
    const now = core.clock.now()
    return core.store
      .updateTable('binding')
      .set((set) => {
        const failures = set.case().when('pin_paused_until', 'is not', null).then(1).else(set('pin_failures', '+', 1)).end()
        return {
          pin_guess: guess,
          pin_guess_until: now + longestLook,
          pin_row: set('pin_row', '+', 1),
          pin_failures: failures,
          pin_paused_until: set.case().when(failures, '>=', guessesBeforePause).then(now + pause).else(null).end(),
        }
      })
      .where('id', '=', bindingId)
      .where('pin_row', '<', guessesInARow)
      .where((where) => where.or([where('pin_paused_until', 'is', null), where('pin_paused_until', '<=', now)]))
      .where((where) => where.or([where('pin_guess_until', 'is', null), where('pin_guess_until', '<=', now)]))
      .returning(['pin_hash', 'pin_row', 'pin_failures', 'pin_paused_until', 'resident_id'])
      .executeTakeFirst()
  }

  /** `taken`: another guess is being looked at, which may yet turn out right. */
  async function findStanding(queries: Queries, bindingId: string): Promise<RefusedPin | 'taken' | 'free'> {
    const row = await queries
      .selectFrom('binding')
      .select(['pin_row', 'pin_paused_until', 'pin_guess_until'])
      .where('id', '=', bindingId)
      .executeTakeFirstOrThrow()
    const isAhead = (at: number | null): at is number => at !== null && at > core.clock.now()
    if (isAhead(row.pin_guess_until)) return 'taken'
    if (row.pin_row >= guessesInARow) return { outcome: 'blocked' }
    return isAhead(row.pin_paused_until) ? { outcome: 'paused', pausedUntil: row.pin_paused_until } : 'free'
  }

  /** Gives the turn on, if it is still this guess's; false when it took too long and another has it. */
  async function end(bindingId: string, guess: string, isRight: boolean): Promise<boolean> {
    const ended = await core.store
      .updateTable('binding')
      .set({ pin_guess: null, pin_guess_until: null, ...(isRight ? { pin_failures: 0, pin_row: 0, pin_paused_until: null } : {}) })
      .where('id', '=', bindingId)
      .where('pin_guess', '=', guess)
      .executeTakeFirst()
    return ended.numUpdatedRows === 1n
  }

  /** Compares and gives the turn on, also when the comparison itself fails: the guess stays counted then. */
  async function look(bindingId: string, guess: string, pinHash: string, pin: string): Promise<{ isRight: boolean; wasInTime: boolean }> {
    let isRight = false
    let wasInTime = false
    try {
      isRight = await core.passwords.verify(pinHash, pin)
    } finally {
      wasInTime = await end(bindingId, guess, isRight)
    }
    return { isRight, wasInTime }
  }

  async function holdGuessed(unit: Unit, bindingId: string, guess: RightPin): Promise<Binding> {
    const binding = await hold(unit, bindingId)
    const { pin_hash: pinHash } = await unit.work.selectFrom('binding').select('pin_hash').where('id', '=', bindingId).executeTakeFirstOrThrow()
    if (pinHash !== guess.pinHash) throw new DomainError('pin-changed')
    return binding
  }

  return {
    holdGuessed,

    async hashNewPin(pin, birthDate) {
      if (isPopularPin(pin) || isBirthDatePin(pin, birthDate)) throw new DomainError('pin-too-simple')
      return core.passwords.hash(pin)
    },

    async guessPin(bindingId, pin) {
      const guess = core.ids.next()
      const waitUntil = performance.now() + core.config.databasePatience
      for (;;) {
        const counted = await count(bindingId, guess)
        if (counted) {
          const { isRight, wasInTime } = await look(bindingId, guess, counted.pin_hash, pin)
          if (!isRight) {
            const { pin_row: row, pin_failures: failures, pin_paused_until: pausedUntil, resident_id: residentId } = counted
            return { outcome: 'wrong', residentId, row, triesLeft: guessesBeforePause - failures, pausedUntil }
          }
          // Taken for dead meanwhile, it stays counted: taking back now would take back another's count.
          if (!wasInTime) throw new DomainError('busy')
          return { outcome: 'right', pinHash: counted.pin_hash }
        }
        let standing = await findStanding(core.store, bindingId)
        while (standing === 'taken') {
          if (performance.now() >= waitUntil) throw new DomainError('busy')
          await new Promise((resolve) => setTimeout(resolve, turnEvery * (0.5 + Math.random())))
          standing = await findStanding(core.store, bindingId)
        }
        if (standing !== 'free') return standing
      }
    },

    async refusePin(unit, guess) {
      if (guess.outcome === 'blocked') return new DomainError('pin-blocked')
      if (guess.outcome === 'paused') return new DomainError('pin-paused', { retryAt: guess.pausedUntil })
      if (guess.row >= guessesInARow) return new DomainError('pin-blocked')
      if (guess.pausedUntil === null) return new DomainError('pin-wrong', { triesLeft: guess.triesLeft })
      await activity.record(unit, { residentId: guess.residentId, kind: 'pin-paused' })
      return new DomainError('pin-paused', { retryAt: guess.pausedUntil })
    },

    async stillUnlocked(queries, bindingId, at) {
      const unchanged = await queries
        .selectFrom('binding')
        .select('id')
        .where('id', '=', bindingId)
        .where('state', '=', 'active')
        .where('pin_set_at', '<=', at)
        .where('valid_from', '<=', at)
        .executeTakeFirst()
      if (!unchanged) return false
      // A guess that is counted and not looked at yet has shut nothing.
      return typeof (await findStanding(queries, bindingId)) === 'string'
    },

    async changePin(unit, bindingId, guess, pinHash) {
      const { residentId, state } = await holdGuessed(unit, bindingId, guess)
      if (state !== 'active') throw new DomainError('device-state-wrong')
      await unit.work.updateTable('binding').set({ pin_hash: pinHash, pin_set_at: unit.now }).where('id', '=', bindingId).execute()
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'device', id: bindingId }, action: 'pin.changed', subject: bindingId })
      await activity.record(unit, { residentId, kind: 'pin-changed' })
    },

    async isPinLocked(queries, bindingId) {
      const standing = await findStanding(queries, bindingId)
      return typeof standing === 'object' && standing.outcome === 'blocked'
    },
  }
}
