import { routes } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { InstitutionsService } from './service.ts'

export function institutionsRoutes(registrar: Registrar, core: Core, institutions: InstitutionsService): void {
  registrar.read(routes.holder.audiences, async () => ({
    institutions: (await institutions.list(core.store)).map((institution) => ({ ...institution, fields: [...institution.fields] })),
  }))
}
