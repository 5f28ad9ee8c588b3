import { DomainError, type FactorKind } from '@ikd/contract'
import { hour, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { CaptchaService } from '../captcha/service.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { type Counted, type CountRule, createFailureCounts, pauseMemory, type Subject } from './failure-counts.ts'
import { findAccount, findDesk } from './keys.ts'
import type { Locks } from './locks.ts'

/** A password, and the key of the browser or workstation it was typed at. */
export interface PasswordAttempt {
  readonly username: string
  readonly password: string
  readonly jkt: string
  /** Where it came from, as `clientNetwork` tells networks apart; asked of no workstation. */
  readonly network?: string
  /** A solved robot check; asked of strangers only. */
  readonly captcha?: string | undefined
}

/** Whose password was right. */
export interface Account {
  readonly id: string
  /** Whether the key it was typed at is one of the account's: a desk of its office, a browser it has signed in at. */
  readonly known: boolean
}

/** A guess that was counted before it was looked at; one of the two is to be said of it. */
export interface Guess {
  /** What it is answered, and what follows of it. */
  wrong(): Promise<DomainError>
  right(): Promise<void>
}

export interface Attempts {
  /** Spends a password attempt. Only a desk of the account's own office is told whether it was right. */
  checkPassword(attempt: PasswordAttempt): Promise<Account | DomainError>
  /** Spends a guess at the second factor of an account whose password was right; the refusal when none is left. */
  countFactorGuess(account: Account, jkt: string, kind: FactorKind | 'setup-code'): Promise<Guess | DomainError>
  /** Spends a guess at the password of somebody who is signed in. */
  countOwnPasswordGuess(staffId: string, jkt: string): Promise<Guess | DomainError>
}

/**
 * Who may try which secret, and how often. **A failure costs whoever made it.** Each try is counted in the database before
 * it is looked at, exactly, over all servers; a right one takes its count back; counts are forgotten a day after the last
 * failure, pauses for codes after thirty.
 *
 * - Each key (a desk, a browser) has five wrong passwords in a row at one name, then five minutes' pause, doubled each time
 *   to an hour: nobody's guessing holds up anybody else's key.
 * - A desk has twenty in a row, whatever the names, then ten minutes' pause, doubled to two hours, and its office is told:
 *   whoever guesses there closes that desk and no account.
 * - A browser that a name does not know (all keys are unknown to a name that does not exist) also spends of its network:
 *   twenty in a row at whatever names, then a quarter of an hour's pause, doubled to twelve hours. After five such failures
 *   at one name it brings a robot check with each try, after fifty one of four times the work, after five hundred of sixteen.
 *   Known browsers are asked for none, and no number of strangers pauses them.
 * - No wrong password locks an account. Codes are guessed by those alone whose password was right: five in a row of a key,
 *   then five minutes, doubled to twelve hours. Ten in a row of an account of an office, of which one desk counts its first
 *   five, close the way of codes until an admin opens it: it takes two desks. An institution's staff have nobody to open it:
 *   all browsers they do not know have ten codes together, then an hour, doubled to twelve hours.
 * - A passkey cannot be guessed: neither the lock nor what strangers count holds one up.
 */
const limits = {
  password: { failures: 5, pauses: doubled(5 * minute, hour) },
  desk: { failures: 20, pauses: doubled(10 * minute, 2 * hour) },
  network: { failures: 20, pauses: doubled(15 * minute, 12 * hour) },
  code: { failures: 5, pauses: doubled(5 * minute, 12 * hour), memory: pauseMemory },
  strangersCodes: { failures: 10, pauses: doubled(hour, 12 * hour), memory: pauseMemory },
} as const satisfies Record<string, CountRule>

/** How many strangers' failures at a name each effort of a robot check covers, none (0) first; the last covers all. */
const covered = [5, 50, 500, Number.MAX_SAFE_INTEGER] as const

function doubled(first: number, longest: number): readonly number[] {
  return first >= longest ? [longest] : [first, ...doubled(2 * first, longest)]
}

const effortFor = (failures: number): number => covered.findIndex((most) => failures < most)

export function createAttempts(core: Core, on: { locks: Locks; alerts: AlertsService; captcha: CaptchaService }): Attempts {
  const { locks, alerts, captcha } = on
  const counts = createFailureCounts(core)
  const ofDesk = (jkt: string): Subject => ({ kind: 'desk', id: jkt })

  async function tellOffice(jkt: string, kind: 'workstation-paused' | 'codes-guessed', staffId?: string): Promise<void> {
    const desk = await findDesk(core.store, jkt)
    if (!desk) return
    await inUnit(core, async (unit) => {
      const action = kind === 'workstation-paused' ? 'workstation.paused' : 'staff.codes-guessed'
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'service', id: 'sign-in' }, action, subject: staffId ?? desk.id, detail: { at: desk.id } })
      await alerts.raise(unit, { officeId: desk.officeId, kind, workstationId: desk.id, ...(staffId === undefined ? {} : { staffId }) })
    })
  }

  const needsCheck = (failures: number) => new DomainError('robot-check-needed', { effort: effortFor(failures) })

  /** Spends the robot check that a stranger owes at this name; the effort that was brought. */
  async function takeCheck(name: Subject, payload: string | undefined): Promise<number | DomainError> {
    const failures = await counts.find(name)
    if (effortFor(failures) === 0) return 0
    const solved = payload === undefined ? undefined : await captcha.verify(payload)
    if (!solved || solved.effort < effortFor(failures)) return needsCheck(failures)
    await inUnit(core, (unit) => captcha.spend(unit, solved))
    return solved.effort
  }

  /** Counts a try of a workstation's. */
  async function countAtDesk(pair: Subject, jkt: string): Promise<Counted | DomainError> {
    const refused = await counts.findPause(ofDesk(jkt), pair)
    if (refused) return refused
    const counted = await counts.count(pair, limits.password)
    return counted instanceof DomainError ? counted : counts.count(ofDesk(jkt), limits.desk)
  }

  async function countStranger(pair: Subject, name: Subject, network: Subject, payload: string | undefined): Promise<DomainError | undefined> {
    const paused = await counts.findPause(network, pair)
    if (paused) return paused
    const effort = await takeCheck(name, payload)
    if (effort instanceof DomainError) return effort
    // Those that came together: the one beyond brings a check.
    const stand = await counts.countUpTo(name, covered[effort] ?? 0)
    if (stand !== undefined) return needsCheck(stand)
    for (const [subject, rule] of [[network, limits.network], [pair, limits.password]] as const) {
      const counted = await counts.count(subject, rule)
      if (counted instanceof DomainError) return counted
    }
    return undefined
  }

  return {
    async checkPassword({ username: typed, password, jkt, network: from = 'unknown', captcha: payload }) {
      const username = typed.trim().toLowerCase()
      const desk = await findDesk(core.store, jkt)
      const account = await findAccount(core.store, username, jkt, desk?.officeId)
      const name: Subject = { kind: 'name', id: username }
      const pair: Subject = { ...name, jkt }
      const network: Subject = { kind: 'network', id: from }
      const isStranger = !desk && !account?.known

      let atDesk: Counted | undefined
      if (desk) {
        const counted = await countAtDesk(pair, jkt)
        if (counted instanceof DomainError) return counted
        atDesk = counted
      } else {
        const counted = isStranger ? await countStranger(pair, name, network, payload) : await counts.count(pair, limits.password)
        if (counted instanceof DomainError) return counted
      }

      if (!account?.admitted) await core.passwords.spend(password)
      const isRight = account?.admitted === true && (await core.passwords.verify(account.passwordHash, password))
      if (!isRight) {
        if (atDesk?.beginsPause) await tellOffice(jkt, 'workstation-paused')
        return new DomainError('sign-in-wrong')
      }
      await counts.forget(pair)
      if (desk) await counts.takeBack(ofDesk(jkt), limits.desk)
      if (isStranger) {
        await counts.takeBack(name)
        await counts.takeBack(network, limits.network)
      }
      return { id: account.id, known: account.known }
    },

    async countFactorGuess({ id, known }, jkt, kind) {
      const all: Subject = { kind: 'factor', id }
      const pair: Subject = { ...all, jkt }
      const isCode = kind !== 'passkey'
      const paused = await counts.findPause(pair, ofDesk(jkt))
      if (paused) return paused
      const counted = await counts.count(pair, limits.code)
      if (counted instanceof DomainError) return counted
      // Its first five, of which the fifth begins the first pause.
      const isFirstRound = counted.pauses === (counted.beginsPause ? 1 : 0)
      if (isCode && known) {
        const refused = isFirstRound ? await locks.count(id) : await locks.findLock(id)
        if (refused) return refused
      }
      if (isCode && !known) {
        const together = await counts.count(all, limits.strangersCodes)
        if (together instanceof DomainError) return together
      }
      const atDesk = await counts.count(ofDesk(jkt), limits.desk)
      if (atDesk instanceof DomainError) return atDesk
      return {
        async wrong() {
          if (atDesk.beginsPause) await tellOffice(jkt, 'workstation-paused')
          if (counted.beginsPause && counted.pauses === 2) await tellOffice(jkt, 'codes-guessed', id)
          return (isCode && known ? await locks.lockIfSpent(id) : undefined) ?? new DomainError('factor-wrong')
        },
        async right() {
          await counts.forget(pair)
          await counts.takeBack(ofDesk(jkt), limits.desk)
          if (isCode && !known) await counts.takeBack(all, limits.strangersCodes)
          await locks.clear(id)
        },
      }
    },

    async countOwnPasswordGuess(staffId, jkt) {
      const pair: Subject = { kind: 'own-password', id: staffId, jkt }
      const counted = await counts.count(pair, limits.password)
      if (counted instanceof DomainError) return counted
      return { wrong: async () => new DomainError('password-old-wrong'), right: () => counts.forget(pair) }
    },
  }
}
