import { type AccountAct, type AccountProof, type AccountProofDemand, DomainError } from '@ikd/contract'
import type { StaffCaller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { spendTicket } from '../../database/spent-tickets.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { sha256 } from '../../security/digest.ts'
import { createTickets, type TicketStub } from '../../security/tickets.ts'
import type { Attempts } from './attempts.ts'
import type { Factors, ProvedFactor } from './factors.ts'

/** What is to be done to an account. */
export interface Deed {
  readonly act: AccountAct
  /** The factor that is to be removed. */
  readonly factorId?: string | undefined
}

interface Claims extends Deed {
  readonly sessionId: string
}

/** What a deed rests on, for the transaction that does it. */
export interface ProvedDeed {
  readonly by: 'setup-code' | 'password' | 'factor'
  readonly ticket?: TicketStub
}

/**
 * A session alone changes nothing about who can be the account: what was typed for one thing would open everything after
 * it. Each such deed takes a proof of its own, of a factor that was there before: counted like any guess, over exactly this
 * deed in this session, once. Where there is no factor yet the password stands for it, or the setup code of the session.
 */
export interface AccountProofs {
  demand(caller: StaffCaller, deed: Deed): Promise<AccountProofDemand>
  /** Spends a guess. */
  prove(caller: StaffCaller, deed: Deed, proof: AccountProof | undefined): Promise<ProvedDeed | DomainError>
  spend(unit: Unit, proved: ProvedDeed): Promise<void>
}

const ticketLifetime = 5 * minute
const ticketPurpose = 'account'

/** base64url of what a passkey signs; the ticket's id makes it single. */
const challengeOf = (ticketId: string, { sessionId, act, factorId }: Claims) =>
  sha256(JSON.stringify(['ikd account', ticketId, sessionId, act, factorId ?? null])).toString('base64url')

interface On {
  readonly attempts: Attempts
  readonly factors: Factors
  /** Spends a guess at the second factor. */
  readonly proveFactor: (account: { id: string; known: true }, jkt: string, proof: Exclude<AccountProof, { password: string }>, challenge: string) => Promise<ProvedFactor | DomainError>
}

export function createAccountProofs(core: Core, { attempts, factors, proveFactor }: On): AccountProofs {
  const tickets = createTickets(core.secrets.derive('ticket'), core.clock, core.ids)
  const needed = () => new DomainError('account-proof-needed')

  async function provePassword(caller: StaffCaller, password: string): Promise<DomainError | undefined> {
    const guess = await attempts.countOwnPasswordGuess(caller.staffId, caller.jkt)
    if (guess instanceof DomainError) return guess
    const { password_hash: hash } = await core.store.selectFrom('staff').select('password_hash').where('id', '=', caller.staffId).executeTakeFirstOrThrow()
    if (!(await core.passwords.verify(hash, password))) return guess.wrong()
    await guess.right()
    return undefined
  }

  return {
    async demand(caller, deed) {
      const claims: Claims = { ...deed, sessionId: caller.sessionId }
      const id = core.ids.next()
      const demand = await factors.findDemand(core.store, caller.staffId, challengeOf(id, claims))
      if (!demand && caller.kind === 'setup') return { needs: 'nothing' }
      const ticket = tickets.issue(ticketPurpose, claims, ticketLifetime, id)
      return demand ? { needs: 'factor', ticket, ...demand } : { needs: 'password', ticket }
    },

    async prove(caller, deed, proof) {
      const hasFactor = (await factors.listKinds(core.store, caller.staffId)).length > 0
      if (!hasFactor && caller.kind === 'setup') return { by: 'setup-code' }
      const ticket = proof && tickets.open<Claims>(ticketPurpose, proof.ticket)
      if (!proof || !ticket || ticket.sessionId !== caller.sessionId || ticket.act !== deed.act || ticket.factorId !== deed.factorId) return needed()
      if ('password' in proof) {
        if (hasFactor) return needed()
        return (await provePassword(caller, proof.password)) ?? { by: 'password', ticket }
      }
      const proved = await proveFactor({ id: caller.staffId, known: true }, caller.jkt, proof, challengeOf(ticket.id, ticket))
      if (proved instanceof DomainError) return proved
      // Whoever has just got one in does not shut out the owner of the others; to take it away again it is good enough.
      const overtakes = proved.approvesFrom > core.clock.now() && proved.id !== deed.factorId && (await factors.hasOlder(core.store, caller.staffId, proved))
      return overtakes ? new DomainError('factor-too-new', { retryAt: proved.approvesFrom }) : { by: 'factor', ticket }
    },

    async spend(unit, { ticket }) {
      if (ticket && !(await spendTicket(unit, ticket))) throw needed()
    },
  }
}
