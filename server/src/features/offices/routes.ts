import { routes } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { OfficesService } from './service.ts'

export function officesRoutes(registrar: Registrar, core: Core, offices: OfficesService): void {
  registrar.read(routes.service.offices, async () => ({ offices: [...(await offices.list(core.store))] }))
}
