import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { PresentationsService } from './service.ts'

export function presentationsRoutes(registrar: Registrar, core: Core, presentations: PresentationsService): void {
  registrar.write(routes.holder.grant, {
    execute: ({ caller, body }, unit) => presentations.grant(unit, as(caller, 'holder'), body),
    answer: (_call, handle) => presentations.getGrant(core.store, handle),
  })
  registrar.write(routes.scans.scan, {
    execute: ({ caller, body }, unit) => presentations.scan(unit, as(caller, 'holder', 'verifier', 'institution'), body),
    answer: ({ now }, id) => presentations.getScan(core.store, id, now),
  })
  registrar.read(routes.scans.list, ({ caller, query }) => presentations.list(core.store, as(caller, 'holder', 'verifier', 'institution'), query.before))
}
