import { DomainError, type FactorKind, type FactorProof, type SessionFactor, type StaffMember } from '@ikd/contract'
import type { StaffCaller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { spendTicket } from '../../database/spent-tickets.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { createTickets, type TicketStub } from '../../security/tickets.ts'
import type { AlertsService } from '../alerts/service.ts'
import { type Account, type Attempts, createAttempts } from './attempts.ts'
import { createFactors, type FactorDemand, type Factors } from './factors.ts'
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
  /** Spends a guess at the second factor; the kind that was proved, or the refusal. */
  proveFactor(account: Account, jkt: string, proof: Exclude<FactorProof, { setupCode: string }>, challenge: string): Promise<SessionFactor | DomainError>
  /** The second step; the id of the new session. `change` runs one transaction. */
  signInWith(proof: FactorProof, jkt: string, change: <T>(run: (unit: Unit) => Promise<T>) => Promise<T>): Promise<{ staffId: string; sessionId: string }>
  /** Only who has proved one factor, or came with a setup code, may add another; an institution's staff may add their first. */
  assertMayChangeFactors(queries: Queries, caller: StaffCaller): Promise<StaffMember>
  /** The session now rests on the factor that was just set up; those that rest on none end. */
  adopt(unit: Unit, caller: StaffCaller, factor: FactorKind): Promise<void>
}

const ticketLifetime = 5 * minute
const ticketPurpose = 'sign-in'

export function createStaffService(core: Core, alerts: AlertsService): StaffService {
  const members = createMembers()
  const workstations = createWorkstations(core, alerts)
  const sessions = createSessions(core, members, workstations)
  const locks = createLocks(core, alerts)
  const attempts = createAttempts(core, locks)
  const passkeys = createPasskeys(core.config)
  const factors = createFactors(core, passkeys)
  const setupCodes = createSetupCodes(core)
  const passwords = createPasswords(core, { attempts, locks, members, sessions })
  const tickets = createTickets(core.secrets.derive('ticket'), core.clock, core.ids)

  const proveFactor: StaffService['proveFactor'] = async (account, jkt, proof, challenge) => {
    const refused = await attempts.countFactorGuess(account, jkt)
    if (refused) return refused
    const kind = await factors.prove(account.id, proof, challenge)
    if (!kind) return attempts.failFactor(account)
    await attempts.forgive(account, jkt)
    return kind
  }

  return {
    ...members,
    ...workstations,
    ...sessions,
    checkPassword: attempts.checkPassword,
    factors,
    locks,
    officeLists,
    passkeys,
    passwords,
    setupCodes,
    proveFactor,

    async findNextStep(account, jkt) {
      const challenge = core.random(32).toString('base64url')
      const demand = await factors.findDemand(core.store, account.id, challenge)
      const issue = (needs: SignInTicket['needs']) => tickets.issue(ticketPurpose, { account, jkt, needs, challenge }, ticketLifetime)
      if (demand) return { needs: 'second-factor', ticket: issue('second-factor'), ...demand }
      const { role } = await members.getMember(core.store, account.id)
      if (role !== 'verifier') return { needs: 'setup-code', ticket: issue('setup-code') }
      await attempts.forgive(account, jkt)
      return { needs: 'nothing' }
    },

    async signInWith(proof, jkt, change) {
      const ticket = tickets.open<SignInTicket>(ticketPurpose, proof.ticket)
      if (!ticket || ticket.jkt !== jkt) throw new DomainError('sign-in-ticket-expired')
      const { account } = ticket
      const open = async (unit: Unit, factor: SessionFactor) => {
        if (!(await spendTicket(unit, ticket))) throw new DomainError('sign-in-ticket-expired')
        return { staffId: account.id, sessionId: await sessions.signIn(unit, account.id, jkt, factor) }
      }
      if (!('setupCode' in proof)) {
        const proved = await proveFactor(account, jkt, proof, ticket.challenge)
        if (proved instanceof DomainError) throw proved
        return change((unit) => open(unit, proved))
      }
      const refused = await attempts.countFactorGuess(account, jkt)
      if (refused) throw refused
      const opened = await change(async (unit) => {
        if (ticket.needs !== 'setup-code' || (await factors.listKinds(unit.work, account.id)).length > 0) return undefined
        return (await setupCodes.spend(unit, account.id, proof.setupCode)) ? open(unit, 'setup-code') : undefined
      })
      if (!opened) throw await attempts.failFactor(account)
      await attempts.forgive(account, jkt)
      return opened
    },

    async assertMayChangeFactors(queries, caller) {
      const member = await members.getMember(queries, caller.staffId)
      if (caller.factor === 'none' && (await factors.listKinds(queries, caller.staffId)).length > 0) throw new DomainError('forbidden')
      return member
    },

    async adopt(unit, caller, factor) {
      if (caller.factor !== 'none' && caller.factor !== 'setup-code') return
      await sessions.endOthers(unit, caller)
      await sessions.upgrade(unit, caller.sessionId, factor)
    },
  }
}
