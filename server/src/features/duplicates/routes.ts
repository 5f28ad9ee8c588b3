import { DomainError, routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { CasesService } from '../cases/service.ts'
import type { DuplicatesService } from './service.ts'

export function duplicatesRoutes(registrar: Registrar, { store }: Core, duplicates: DuplicatesService, cases: Pick<CasesService, 'assertMine'>): void {
  registrar.read(routes.duplicates.list, ({ caller }) => duplicates.list(store, as(caller, 'desk')))

  registrar.repeatable(routes.duplicates.look, async ({ caller, params }, unit) => {
    const pair = await unit((open) => duplicates.look(open, as(caller, 'desk'), params.duplicateId))
    if (pair instanceof DomainError) throw pair
    return pair
  })

  registrar.write(routes.duplicates.decide, {
    async execute({ caller, params, body }, unit) {
      await duplicates.decide(unit, as(caller, 'desk'), params.duplicateId, body.outcome, body.reason)
      return params.duplicateId
    },
    answer: ({ caller }, id) => duplicates.get(store, as(caller, 'desk'), id),
  })

  registrar.write(routes.duplicates.letGo, {
    async execute({ caller, params, body }, unit) {
      const desk = as(caller, 'desk')
      await cases.assertMine(unit.work, desk, params.caseId)
      await duplicates.letGo(unit, desk, params.caseId, body.reason)
      return params.caseId
    },
    answer: (_call, caseId) => duplicates.getLetGo(store, caseId),
  })
}
