import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { DocumentsService } from './service.ts'

export function documentsRoutes(registrar: Registrar, core: Core, documents: DocumentsService): void {
  registrar.read(routes.holder.documents, async () => ({ kinds: documents.kinds() }))
  registrar.read(routes.holder.document, ({ caller, params }) => documents.get(core.store, as(caller, 'holder').residentId, params.kind))
}
