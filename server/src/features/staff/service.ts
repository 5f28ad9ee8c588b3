import { DomainError, type FactorKind, type FactorProof, type StaffMember } from '@ikd/contract'
import type { DeskCaller, StaffCaller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { spendTicket } from '../../database/spent-tickets.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { createTickets, type TicketStub } from '../../security/tickets.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { CaptchaService } from '../captcha/service.ts'
import { type AccountProofs, createAccountProofs } from './account-proofs.ts'
import { type ApprovalPins, createApprovalPins } from './approval-pins.ts'
import { type Account, type Attempts, createAttempts } from './attempts.ts'
import { createFactors, type FactorDemand, type Factors, type Proof, type ProvedFactor } from './factors.ts'
import { isSettledKey } from './keys.ts'
import { createLocks, type Locks } from './locks.ts'
import { createMembers, type Members } from './members.ts'
import * as officeLists from './office-lists.ts'
import { createPasskeys, type Passkeys } from './passkeys.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createSetupCodes, type SetupCodes } from './setup-codes.ts'
import { createWorkstations, type Workstations } from './workstations.ts'

/** What the first step of signing in leaves with the browser for the second. */
export interface SignInTicket extends TicketStub {
  readonly account: Account
  readonly jkt: string
  readonly needs: 'second-factor' | 'setup-code'
  /** base64url; of the passkey, when one is used. */
  readonly challenge: string
}

type OfficeLists = typeof officeLists

export type NextStep =
  | { readonly needs: 'nothing' }
  | ({ readonly needs: 'second-factor'; readonly ticket: string } & FactorDemand)
  | { readonly needs: 'setup-code'; readonly ticket: string }

export interface StaffService extends Members, Workstations, Sessions {
  readonly accountProofs: AccountProofs
  readonly approvalPins: ApprovalPins
  readonly checkPassword: Attempts['checkPassword']
  readonly factors: Factors
  readonly locks: Locks
  /** What an admin sees of an office. */
  readonly officeLists: OfficeLists
  readonly passkeys: Passkeys
  readonly passwords: Passwords
  readonly setupCodes: SetupCodes
  /** What an account whose password was right must prove besides. */
  findNextStep(account: Account, jkt: string): Promise<NextStep>
  /** Spends a guess at the second factor; what was proved, or the refusal. */
  proveFactor(account: Account, jkt: string, proof: Proof, challenge: string): Promise<ProvedFactor | DomainError>
  /** The same where somebody proves themself as the second person: a factor added within the last day is none. */
  proveSecondPerson(account: Account, jkt: string, proof: Proof, challenge: string): Promise<ProvedFactor | DomainError>
  /** @throws DomainError `factor-too-new` when the session rests on a factor that is no second person's word yet */
  assertMayBeSecondPerson(caller: DeskCaller): void
  isSettledKey(queries: Queries, jkt: string): Promise<boolean>
  /** The second step; the id of the new session. `change` runs one transaction. */
  signInWith(proof: FactorProof, jkt: string, change: <T>(run: (unit: Unit) => Promise<T>) => Promise<T>): Promise<{ staffId: string; sessionId: string }>
  /** Only who has proved one factor, or came with a setup code, may add another; an institution's staff may add their first. */
  assertMayChangeFactors(queries: Queries, caller: StaffCaller): Promise<StaffMember>
  /** The session now rests on the factor that was just set up; those that rest on none end. */
  adopt(unit: Unit, caller: StaffCaller, factor: FactorKind, factorId: string): Promise<void>
}

const ticketLifetime = 5 * minute
const ticketPurpose = 'sign-in'

export function createStaffService(core: Core, on: { alerts: AlertsService; captcha: CaptchaService }): StaffService {
  const { alerts, captcha } = on
  const members = createMembers()
  const workstations = createWorkstations(core, alerts)
  const sessions = createSessions(core, members, workstations)
  const locks = createLocks(core, alerts)
  const attempts = createAttempts(core, { locks, alerts, captcha })
  const passkeys = createPasskeys(core.config)
  const factors = createFactors(core, { passkeys, alerts, members })
  const setupCodes = createSetupCodes(core)
  const tickets = createTickets(core.secrets.derive('ticket'), core.clock, core.ids)

  const proveFactor: StaffService['proveFactor'] = async (account, jkt, proof, challenge) => {
    const guess = await attempts.countFactorGuess(account, jkt, 'totp' in proof ? 'totp' : 'passkey')
    if (guess instanceof DomainError) return guess
    const proved = await factors.prove(account.id, proof, challenge)
    if (!proved) return guess.wrong()
    await guess.right()
    return proved
  }
  const accountProofs = createAccountProofs(core, { attempts, factors, proveFactor })
  const approvalPins = createApprovalPins(core, { alerts, proofs: accountProofs })
  const passwords = createPasswords(core, { attempts, members, proofs: accountProofs, sessions })
  const tooNew = (approvesFrom: number) => (approvesFrom > core.clock.now() ? new DomainError('factor-too-new', { retryAt: approvesFrom }) : undefined)

  return {
    ...members,
    ...workstations,
    ...sessions,
    accountProofs,
    approvalPins,
    checkPassword: attempts.checkPassword,
    isSettledKey,
    factors,
    locks,
    officeLists,
    passkeys,
    passwords,
    setupCodes,
    proveFactor,

    async proveSecondPerson(account, jkt, proof, challenge) {
      const proved = await proveFactor(account, jkt, proof, challenge)
      return proved instanceof DomainError ? proved : (tooNew(proved.approvesFrom) ?? proved)
    },

    assertMayBeSecondPerson({ approvesFrom }) {
      const refused = tooNew(approvesFrom)
      if (refused) throw refused
    },

    async findNextStep(account, jkt) {
      const challenge = core.random(32).toString('base64url')
      const demand = await factors.findDemand(core.store, account.id, challenge)
      const issue = (needs: SignInTicket['needs']) => tickets.issue(ticketPurpose, { account, jkt, needs, challenge }, ticketLifetime)
      const locked = await locks.findLock(account.id)
      if (locked && !demand?.passkey) throw locked
      if (demand) return { needs: 'second-factor', ticket: issue('second-factor'), ...demand, ...(locked ? { kinds: ['passkey'] } : {}) }
      const { role } = await members.getMember(core.store, account.id)
      if (role !== 'verifier') return { needs: 'setup-code', ticket: issue('setup-code') }
      return { needs: 'nothing' }
    },

    async signInWith(proof, jkt, change) {
      const ticket = tickets.open<SignInTicket>(ticketPurpose, proof.ticket)
      if (!ticket || ticket.jkt !== jkt) throw new DomainError('sign-in-ticket-expired')
      const { account } = ticket
      const open = async (unit: Unit, factor: FactorKind | 'setup-code', factorId?: string) => {
        if (!(await spendTicket(unit, ticket))) throw new DomainError('sign-in-ticket-expired')
        return { staffId: account.id, sessionId: await sessions.signIn(unit, account.id, jkt, factor, factorId) }
      }
      if (!('setupCode' in proof)) {
        const proved = await proveFactor(account, jkt, proof, ticket.challenge)
        if (proved instanceof DomainError) throw proved
        return change((unit) => open(unit, proved.kind, proved.id))
      }
      const guess = await attempts.countFactorGuess(account, jkt, 'setup-code')
      if (guess instanceof DomainError) throw guess
      const opened = await change(async (unit) => {
        if (ticket.needs !== 'setup-code' || (await factors.listKinds(unit.work, account.id)).length > 0) return undefined
        return (await setupCodes.spend(unit, account.id, proof.setupCode)) ? open(unit, 'setup-code') : undefined
      })
      if (!opened) throw await guess.wrong()
      await guess.right()
      return opened
    },

    async assertMayChangeFactors(queries, caller) {
      const member = await members.getMember(queries, caller.staffId)
      if (caller.factor === 'none' && (await factors.listKinds(queries, caller.staffId)).length > 0) throw new DomainError('forbidden')
      return member
    },

    async adopt(unit, caller, factor, factorId) {
      if (caller.factor !== 'none' && caller.factor !== 'setup-code') return
      await sessions.endOthers(unit, caller)
      await sessions.upgrade(unit, caller.sessionId, factor, factorId)
    },
  }
}
