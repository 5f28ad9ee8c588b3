import { DomainError, routes } from '@ikd/contract'
import { as, type Caller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { spendTicket } from '../../database/spent-tickets.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import { createTickets } from '../../security/tickets.ts'
import type { StaffService } from './service.ts'

interface PasskeyTicket {
  readonly sessionId: string
  /** base64url. */
  readonly challenge: string
}

const ticketLifetime = 5 * minute
const ticketPurpose = 'passkey'

/** What members of staff do with their own account: second factors, password, sessions. */
export function ownAccountRoutes(registrar: Registrar, core: Core, staff: StaffService): void {
  const { store } = core
  const { factors } = staff
  const tickets = createTickets(core.secrets.derive('ticket'), core.clock, core.ids)
  const anyStaff = (caller: Caller) => as(caller, 'desk', 'verifier', 'setup')

  registrar.read(routes.staff.sessions, async ({ caller }) => ({ sessions: await staff.listOwn(store, as(caller, 'desk', 'verifier')) }))

  registrar.repeatable(routes.staff.endOtherSessions, async ({ caller }, change) => {
    await change((unit) => staff.endOthers(unit, as(caller, 'desk', 'verifier')))
    return {}
  })

  registrar.write<typeof routes.staff.changePassword, string | DomainError>(routes.staff.changePassword, {
    prepare: ({ caller, body }) => staff.passwords.prepareChange(anyStaff(caller), body),
    async execute({ caller }, unit, hash) {
      if (hash instanceof DomainError) return hash
      const { staffId } = anyStaff(caller)
      await staff.passwords.change(unit, anyStaff(caller), hash)
      return staffId
    },
    answer: async () => ({}),
  })

  registrar.read(routes.staff.factors, async ({ caller }) => ({ factors: await factors.list(store, anyStaff(caller).staffId) }))

  registrar.repeatable(routes.staff.startTotp, async ({ caller, body }, change) => {
    const member = await staff.assertMayChangeFactors(store, anyStaff(caller))
    return change((unit) => factors.startTotp(unit, member, body.label))
  })

  registrar.write(routes.staff.confirmTotp, {
    async execute({ caller, params, body }, unit) {
      const own = anyStaff(caller)
      await staff.assertMayChangeFactors(unit.work, own)
      await factors.confirmTotp(unit, own.staffId, params.factorId, body.code)
      await staff.adopt(unit, own, 'totp')
      return params.factorId
    },
    answer: ({ caller }, id) => factors.get(store, anyStaff(caller).staffId, id),
  })

  registrar.repeatable(routes.staff.startPasskey, async ({ caller }) => {
    const own = anyStaff(caller)
    const member = await staff.assertMayChangeFactors(store, own)
    const challenge = core.random(32).toString('base64url')
    const claims: PasskeyTicket = { sessionId: own.sessionId, challenge }
    return {
      ticket: tickets.issue(ticketPurpose, claims, ticketLifetime),
      passkey: await staff.passkeys.create(challenge, member, await factors.listPasskeys(store, own.staffId)),
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
      const id = await factors.addPasskey(unit, own.staffId, body.label, passkey)
      await staff.adopt(unit, own, 'passkey')
      return id
    },
    answer: ({ caller }, id) => factors.get(store, anyStaff(caller).staffId, id),
  })

  registrar.write(routes.staff.removeFactor, {
    async execute({ caller, params }, unit) {
      const member = await staff.assertMayChangeFactors(unit.work, as(caller, 'desk', 'verifier'))
      await factors.remove(unit, member, params.factorId)
      return params.factorId
    },
    answer: async () => ({}),
  })
}
