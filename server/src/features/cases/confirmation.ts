import { type CaseKind, type CaseState, DomainError } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash, sameDigest } from '../../security/digest.ts'
import { randomDigits } from '../../security/random.ts'
import { announceCase, applyEvent, type CaseRow, findLatestForRegistration } from './repository.ts'

/** What a phone may know of the case it is in. */
export interface CaseOfPhone {
  readonly id: string
  readonly state: CaseState
  readonly open: boolean
  readonly officeId: string
  readonly officerId: string
  readonly workstationId: string
  readonly codeTriesLeft: number
}

/** The person at the desk holds this phone: shown by the desk's code, typed on it. */
export interface CaseConfirmation {
  findOfPhone(queries: Queries, registrationId: string): Promise<CaseOfPhone | undefined>
  /** The desk's code, typed on the phone; a wrong one is counted and returned. */
  confirm(unit: Unit, registrationId: string, code: string): Promise<DomainError | undefined>
}

export const confirmationTries = 5

/** Kinds in which a phone at the desk shows that it is there, by the case's code. */
const withPhone: readonly CaseKind[] = ['activation', 'rebinding', 'unblock']

/**
 * The six digits on the desk's screen. Derived from the case's id, so that the database holds none: whoever reads it could
 * otherwise confirm a phone that is not at the desk.
 */
export function confirmationCodeOf({ secrets }: Pick<Core, 'secrets'>, { id, kind }: Pick<CaseRow, 'id' | 'kind'>): string | undefined {
  if (!withPhone.includes(kind)) return undefined
  let round = 0
  return randomDigits(6, () => Buffer.from(keyedHash(secrets.derive('case-code'), String(round++), id), 'hex'))
}

export function createCaseConfirmation(core: Core): CaseConfirmation {
  return {
    async findOfPhone(queries, registrationId) {
      const row = await findLatestForRegistration(queries, registrationId)
      return (
        row && {
          id: row.id,
          state: row.state,
          open: row.closed_at === null,
          officeId: row.office_id,
          officerId: row.officer_id,
          workstationId: row.workstation_id,
          codeTriesLeft: Math.max(0, confirmationTries - row.confirmation_tries),
        }
      )
    },

    async confirm(unit, registrationId, code) {
      const row = await findLatestForRegistration(unit.work, registrationId)
      const expected = row && confirmationCodeOf(core, row)
      if (!row || expected === undefined || row.state !== 'awaiting-confirmation') throw new DomainError('device-state-wrong')
      // Counted before it is looked at, so that guesses side by side count one by one.
      const counted = await unit.work
        .updateTable('desk_case')
        .set((set) => ({ confirmation_tries: set('confirmation_tries', '+', 1), version: set('version', '+', 1) }))
        .where('id', '=', row.id)
        .where('state', '=', 'awaiting-confirmation')
        .where('confirmation_tries', '<', confirmationTries)
        .returningAll()
        .executeTakeFirst()
      if (!counted) throw new DomainError('case-code-exhausted')
      if (!sameDigest(expected, code)) {
        announceCase(unit, row, registrationId)
        const triesLeft = confirmationTries - counted.confirmation_tries
        return triesLeft > 0 ? new DomainError('case-code-wrong', { triesLeft }) : new DomainError('case-code-exhausted')
      }
      // A right code is no guess.
      await applyEvent(unit, counted, { type: 'confirm' }, { confirmed_at: unit.now, confirmation_tries: counted.confirmation_tries - 1 })
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'device', id: registrationId },
        action: 'case.confirmed',
        subject: row.id,
      })
      return undefined
    },
  }
}
