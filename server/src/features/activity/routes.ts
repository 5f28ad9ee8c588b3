import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { ActivityService } from './service.ts'

export function activityRoutes(registrar: Registrar, core: Core, activity: ActivityService): void {
  registrar.read(routes.holder.activity, ({ caller, query }) => activity.page(core.store, as(caller, 'holder').residentId, query.before))
}
