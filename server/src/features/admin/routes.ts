import { routes } from '@ikd/contract'
import { as, type Caller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { AdminService } from './service.ts'

export function adminRoutes(registrar: Registrar, { store }: Core, admin: AdminService): void {
  const desk = (caller: Caller) => as(caller, 'desk')

  registrar.read(routes.admin.staff, async ({ caller }) => ({ staff: await admin.listStaff(store, desk(caller)) }))
  registrar.read(routes.admin.sessions, async ({ caller }) => ({ sessions: await admin.listSessions(store, desk(caller)) }))
  registrar.read(routes.admin.workstations, ({ caller }) => admin.listWorkstations(store, desk(caller)))

  registrar.write(routes.admin.unlock, {
    async execute({ caller, params }, unit) {
      await admin.unlock(unit, desk(caller), params.staffId)
      return params.staffId
    },
    answer: ({ caller }, id) => admin.getStaff(store, desk(caller), id),
  })

  registrar.write(routes.admin.resetFactors, {
    execute: ({ caller, params }, unit) => admin.resetFactors(unit, desk(caller), params.staffId),
    answer: (_call, id) => admin.getSetupCode(store, id),
  })

  registrar.write(routes.admin.endSession, {
    async execute({ caller, params }, unit) {
      await admin.endSession(unit, desk(caller), params.sessionId)
      return params.sessionId
    },
    answer: async () => ({}),
  })

  registrar.write(routes.admin.makeEnrolment, {
    execute: ({ caller, body }, unit) => admin.makeEnrolment(unit, desk(caller), body),
    answer: (_call, id) => admin.getEnrolmentCode(store, id),
  })

  registrar.write(routes.admin.revokeWorkstation, {
    async execute({ caller, params }, unit) {
      await admin.revokeWorkstation(unit, desk(caller), params.workstationId)
      return params.workstationId
    },
    answer: async () => ({}),
  })
}
