import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { AlertsService } from './service.ts'

export function alertsRoutes(registrar: Registrar, { store }: Core, alerts: AlertsService): void {
  registrar.read(routes.alerts.list, ({ caller }) => alerts.list(store, as(caller, 'desk').officeId))

  registrar.write(routes.alerts.markSeen, {
    async execute({ caller, params }, unit) {
      const { officeId, staffId } = as(caller, 'desk')
      await alerts.markSeen(unit, officeId, params.alertId, staffId)
      return params.alertId
    },
    answer: ({ caller }, id) => alerts.get(store, as(caller, 'desk').officeId, id),
  })
}
