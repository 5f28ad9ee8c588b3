import { type AccountProof, DomainError, routes } from '@ikd/contract'
import { as, type Caller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { spendTicket } from '../../database/spent-tickets.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import { createTickets } from '../../security/tickets.ts'
import type { Deed, ProvedDeed } from './account-proofs.ts'
import type { NewApprovalPin } from './approval-pins.ts'
import type { NewPassword } from './passwords.ts'
import type { StaffService } from './service.ts'

interface PasskeyTicket {
  readonly sessionId: string
  /** No factor was there whose proof could have been asked: the passkey is the first, or none. */
  readonly mustBeFirst: boolean
  /** base64url. */
  readonly challenge: string
}

const ticketLifetime = 5 * minute
const ticketPurpose = 'passkey'

/** What members of staff do with their own account: second factors, password, sessions. */
export function ownAccountRoutes(registrar: Registrar, core: Core, staff: StaffService): void {
  const { store } = core
  const { accountProofs, factors } = staff
  const tickets = createTickets(core.secrets.derive('ticket'), core.clock, core.ids)
  const anyStaff = (caller: Caller) => as(caller, 'desk', 'verifier', 'setup')

  /** Spends a guess, outside of any transaction. */
  async function prove(caller: Caller, deed: Deed, proof: AccountProof | undefined): Promise<ProvedDeed> {
    const own = anyStaff(caller)
    await staff.assertMayChangeFactors(store, own)
    const proved = await accountProofs.prove(own, deed, proof)
    if (proved instanceof DomainError) throw proved
    return proved
  }

  registrar.repeatable(routes.staff.startProof, ({ caller, body }) => accountProofs.demand(anyStaff(caller), body))

  registrar.read(routes.staff.sessions, async ({ caller }) => ({ sessions: await staff.listOwn(store, as(caller, 'desk', 'verifier')) }))

  // No proof beyond the session: it ends things and begins none, and must be quick.
  registrar.repeatable(routes.staff.endOtherSessions, async ({ caller }, change) => {
    await change((unit) => staff.endOthers(unit, as(caller, 'desk', 'verifier')))
    return {}
  })

  registrar.write<typeof routes.staff.changePassword, NewPassword | DomainError>(routes.staff.changePassword, {
    prepare: ({ caller, body }) => staff.passwords.prepareChange(anyStaff(caller), body),
    async execute({ caller }, unit, next) {
      if (next instanceof DomainError) return next
      const { staffId } = anyStaff(caller)
      await staff.passwords.change(unit, anyStaff(caller), next)
      return staffId
    },
    answer: async () => ({}),
  })

  registrar.read(routes.staff.factors, async ({ caller }) => ({ factors: await factors.list(store, anyStaff(caller).staffId) }))

  registrar.repeatable(routes.staff.startTotp, async ({ caller, body }, change) => {
    const proved = await prove(caller, { act: 'add-factor' }, body.proof)
    return change(async (unit) => {
      await accountProofs.spend(unit, proved)
      return factors.startTotp(unit, anyStaff(caller), body.label)
    })
  })

  registrar.write(routes.staff.confirmTotp, {
    async execute({ caller, params, body }, unit) {
      const own = anyStaff(caller)
      await staff.assertMayChangeFactors(unit.work, own)
      await factors.confirmTotp(unit, own, params.factorId, body.code)
      await staff.adopt(unit, own, 'totp', params.factorId)
      return params.factorId
    },
    answer: ({ caller }, id) => factors.get(store, anyStaff(caller).staffId, id),
  })

  registrar.repeatable(routes.staff.startPasskey, async ({ caller, body }, change) => {
    const own = anyStaff(caller)
    const proved = await prove(caller, { act: 'add-factor' }, body.proof)
    await change((unit) => accountProofs.spend(unit, proved))
    const challenge = core.random(32).toString('base64url')
    const claims: PasskeyTicket = { sessionId: own.sessionId, challenge, mustBeFirst: proved.by !== 'factor' }
    return {
      ticket: tickets.issue(ticketPurpose, claims, ticketLifetime),
      passkey: await staff.passkeys.create(challenge, await staff.getMember(store, own.staffId), await factors.listPasskeys(store, own.staffId)),
    }
  })

  registrar.write(routes.staff.confirmPasskey, {
    async execute({ caller, body }, unit) {
      const own = anyStaff(caller)
      await staff.assertMayChangeFactors(unit.work, own)
      const ticket = tickets.open<PasskeyTicket>(ticketPurpose, body.ticket)
      if (!ticket || ticket.sessionId !== own.sessionId || !(await spendTicket(unit, ticket))) throw new DomainError('sign-in-ticket-expired')
      const passkey = await staff.passkeys.verifyAttestation(body.passkey, ticket.challenge)
      if (!passkey) throw new DomainError('passkey-invalid')
      const id = await factors.addPasskey(unit, own, body.label, passkey, ticket.mustBeFirst)
      await staff.adopt(unit, own, 'passkey', id)
      return id
    },
    answer: ({ caller }, id) => factors.get(store, anyStaff(caller).staffId, id),
  })

  registrar.write(routes.staff.removeFactor, {
    async prepare({ caller, params: { factorId }, body }) {
      // No proof is spent on what is not there, or not theirs.
      await factors.get(store, anyStaff(caller).staffId, factorId)
      return prove(caller, { act: 'remove-factor', factorId }, body.proof)
    },
    async execute({ caller, params }, unit, proved) {
      const own = as(caller, 'desk', 'verifier')
      await accountProofs.spend(unit, proved)
      await factors.remove(unit, await staff.assertMayChangeFactors(unit.work, own), params.factorId)
      // Whoever came in by it is out.
      await staff.endOthers(unit, own)
      return params.factorId
    },
    answer: async () => ({}),
  })

  registrar.write(routes.staff.acknowledgeFactor, {
    async execute({ caller, params }, unit) {
      await factors.acknowledge(unit, as(caller, 'desk', 'verifier'), params.factorId)
      return params.factorId
    },
    answer: async () => ({}),
  })

  registrar.read(routes.staff.approvalPin, ({ caller }) => staff.approvalPins.find(store, as(caller, 'desk').staffId))

  registrar.write<typeof routes.staff.setApprovalPin, NewApprovalPin | DomainError>(routes.staff.setApprovalPin, {
    prepare: ({ caller, body }) => staff.approvalPins.prepare(as(caller, 'desk'), body),
    async execute({ caller }, unit, next) {
      if (next instanceof DomainError) return next
      const own = as(caller, 'desk')
      await staff.approvalPins.set(unit, own, next)
      return own.staffId
    },
    answer: (_call, staffId) => staff.approvalPins.find(store, staffId),
  })
}
