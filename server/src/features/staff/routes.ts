import { DomainError, routes, type StaffSession } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { Tokens } from '../../plugins/tokens.ts'
import type { StaffService } from './service.ts'

/** Signing in and out, and the machine it is done at. */
export function staffRoutes(registrar: Registrar, core: Core, tokens: Tokens, staff: StaffService): void {
  async function session(staffId: string, sessionId: string, jkt: string): Promise<StaffSession> {
    const member = await staff.getMember(core.store, staffId)
    const workstation = member.role === 'verifier' ? undefined : await staff.findWorkstationByKey(core.store, jkt)
    const { factor } = await core.store.selectFrom('staff_session').select('factor').where('id', '=', sessionId).executeTakeFirstOrThrow()
    const newFactors = await staff.factors.listNew(core.store, staffId, sessionId)
    return { token: tokens.issue('staff', sessionId, jkt), staff: member, ...(workstation ? { workstation } : {}), factor, newFactors }
  }

  registrar.write(routes.staff.enrolWorkstation, {
    execute: ({ caller, body }, unit) => staff.enrol(unit, as(caller, 'key').jkt, body.enrolmentCode),
    answer: (_call, id) => staff.getWorkstation(core.store, id),
  })

  registrar.repeatable(routes.staff.workstation, async ({ caller }) => {
    const workstation = await staff.findWorkstationByKey(core.store, as(caller, 'key').jkt)
    if (!workstation) throw new DomainError('workstation-unknown')
    return workstation
  })

  registrar.repeatable(routes.staff.signIn, async ({ caller, body }, unit) => {
    const { jkt, network } = as(caller, 'key')
    const account = await staff.checkPassword({ ...body, jkt, network })
    if (account instanceof DomainError) throw account
    const next = await staff.findNextStep(account, jkt)
    if (next.needs !== 'nothing') return next
    const sessionId = await unit((open) => staff.signIn(open, account.id, jkt, 'none'))
    return { needs: 'nothing' as const, session: await session(account.id, sessionId, jkt) }
  })

  registrar.repeatable(routes.staff.secondFactor, async ({ caller, body }, unit) => {
    const { jkt } = as(caller, 'key')
    const { staffId, sessionId } = await staff.signInWith(body, jkt, unit)
    return session(staffId, sessionId, jkt)
  })

  registrar.repeatable(routes.staff.renew, async ({ caller }) => {
    const { staffId, sessionId, jkt } = as(caller, 'desk', 'verifier', 'setup')
    return session(staffId, sessionId, jkt)
  })

  registrar.repeatable(routes.staff.signOut, async ({ caller }, unit) => {
    await unit((open) => staff.signOut(open, as(caller, 'desk', 'verifier', 'setup')))
    return {}
  })
}
