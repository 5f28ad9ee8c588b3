import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { CasesService } from '../cases/service.ts'
import type { EvidenceService } from './service.ts'

export function evidenceRoutes(registrar: Registrar, evidence: EvidenceService, cases: Pick<CasesService, 'assertMine'>): void {
  registrar.repeatable(routes.cases.evidence, ({ caller, params, body }, unit) => {
    const desk = as(caller, 'desk')
    return unit(async (open) => evidence.look(open, desk, await cases.assertMine(open.work, desk, params.caseId), body.reason))
  })
}
