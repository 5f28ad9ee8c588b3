import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import { inUnit, type Registrar } from '../../plugins/registrar.ts'
import type { ResidentsService } from '../residents/service.ts'
import type { DocumentsService } from './service.ts'

export function documentsRoutes(registrar: Registrar, core: Core, documents: DocumentsService, residents: Pick<ResidentsService, 'recordFamilyLook'>): void {
  registrar.read(routes.holder.documents, async () => ({ kinds: documents.kinds() }))
  registrar.read(routes.holder.document, async ({ caller, params }) => {
    const { residentId } = as(caller, 'holder')
    if (params.kind === 'family-card') await inUnit(core, (unit) => residents.recordFamilyLook(unit, residentId))
    return documents.get(core.store, residentId, params.kind)
  })
}
