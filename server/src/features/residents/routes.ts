import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import { inUnit, type Registrar } from '../../plugins/registrar.ts'
import type { ActivityService } from '../activity/service.ts'
import type { BindingsService } from '../bindings/service.ts'
import type { OfficesService } from '../offices/service.ts'
import { deskFields, type ResidentsService } from './service.ts'

export function residentsRoutes(
  registrar: Registrar,
  core: Core,
  residents: ResidentsService,
  on: { bindings: BindingsService; activity: ActivityService; offices: OfficesService },
): void {
  registrar.repeatable(routes.residents.search, async ({ caller, body }, unit) => {
    const desk = as(caller, 'desk')
    return unit(async (open) => {
      const found = await residents.search(open.work, body.by)
      const office = await on.offices.get(open.work, desk.officeId)
      await core.audit.append(open.work, {
        at: open.now,
        actor: { kind: 'staff', id: desk.staffId },
        action: 'residents.searched',
        subject: desk.officeId,
        detail: { purpose: body.purpose, by: 'nik' in body.by ? 'nik' : 'name', found: found.map((resident) => resident.id) },
      })
      const rows = []
      for (const resident of found) {
        await on.activity.record(open, {
          residentId: resident.id,
          kind: 'looked-up-at-desk',
          actor: office.name,
          officer: desk.name,
          purpose: body.purpose,
          fields: deskFields,
        })
        const bound = await on.bindings.findLatest(open.work, resident.id)
        const { id, name, nikMasked, birthDate, address } = resident
        rows.push({ id, name, nikMasked, birthDate, address, ...(bound && bound.state !== 'released' ? { boundDevice: bound.state } : {}) })
      }
      return { residents: rows }
    })
  })

  registrar.read(routes.holder.identity, ({ caller }) => residents.getIdentity(core.store, as(caller, 'holder').residentId))
  registrar.read(routes.holder.family, async ({ caller }) => {
    const { residentId } = as(caller, 'holder')
    await inUnit(core, (unit) => residents.recordFamilyLook(unit, residentId))
    return residents.getFamily(core.store, residentId)
  })
}
