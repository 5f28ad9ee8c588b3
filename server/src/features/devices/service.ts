import { type DeviceState, type DeviceStatus, DomainError } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { ActivationsService, ActivationView } from '../activations/service.ts'
import type { Binding, BindingsService } from '../bindings/service.ts'
import type { CaseOfPhone, CasesService } from '../cases/service.ts'
import type { OfficesService } from '../offices/service.ts'
import { maskEmail, maskPhone } from '../../mask.ts'
import type { Registration, RegistrationsService } from '../registrations/service.ts'
import type { ResumptionsService } from '../resumptions/service.ts'
import type { StaffService } from '../staff/service.ts'
import { viewSuspension } from '../suspensions/service.ts'

export interface DevicesService {
  getStatus(queries: Queries, registrationId: string): Promise<DeviceStatus>
}

export interface DevicesDependencies {
  readonly registrations: RegistrationsService
  readonly cases: CasesService
  readonly activations: ActivationsService
  readonly bindings: BindingsService
  readonly offices: OfficesService
  readonly resumptions: ResumptionsService
  readonly staff: StaffService
}

/** *Periksa status*: one word for where a phone stands, made from what cases, activations and bindings know of it. */
export function createDevicesService(core: Core, on: DevicesDependencies): DevicesService {
  function stateOf(registration: Registration, binding: Binding | undefined, visit: CaseOfPhone | undefined, activation: ActivationView | undefined): DeviceState {
    // Back at a desk, to be unblocked: as any phone there, until the visit ends.
    if (binding && visit?.open) return stateByVisit(visit) ?? (binding.state === 'released' ? 'expired' : binding.state)
    if (binding) return binding.state === 'released' ? 'expired' : binding.state
    if (visit?.state === 'approved' && activation && activation.stage !== 'completed') return activation.stage
    const byVisit = visit && stateByVisit(visit)
    if (byVisit) return byVisit
    return registration.expiresAt <= core.clock.now() ? 'expired' : 'registered'
  }

  async function viewDesk(queries: Queries, visit: CaseOfPhone): Promise<NonNullable<DeviceStatus['desk']>> {
    const { label } = await on.staff.getWorkstation(queries, visit.workstationId)
    return {
      caseId: visit.id,
      office: await on.offices.get(queries, visit.officeId),
      workstation: label,
      officer: await on.staff.getName(queries, visit.officerId),
      codeTriesLeft: visit.codeTriesLeft,
    }
  }

  return {
    async getStatus(queries, registrationId) {
      const registration = await on.registrations.find(queries, registrationId)
      if (!registration) throw new DomainError('device-unknown')
      const visit = await on.cases.findOfPhone(queries, registrationId)
      const activation = await on.activations.findByRegistration(queries, registrationId)
      const binding = await on.bindings.findByRegistration(queries, registrationId)
      const state = stateOf(registration, binding, visit, activation)
      const suspension = binding && viewSuspension(binding)
      return {
        state,
        registrationId,
        registeredAt: registration.createdAt,
        receiptCode: registration.receiptCode,
        emailMasked: maskEmail(registration.email),
        phoneMasked: maskPhone(registration.phone),
        ...(visit?.open ? { desk: await viewDesk(queries, visit) } : {}),
        ...(activation && visit?.state === 'approved'
          ? {
              activation: {
                mail: activation.mail,
                ...(activation.codeExpiresAt === undefined ? {} : { codeExpiresAt: activation.codeExpiresAt }),
                approvalExpiresAt: activation.approvalExpiresAt,
                codeTriesLeft: activation.codeTriesLeft,
                resendsLeft: activation.resendsLeft,
              },
            }
          : {}),
        ...(binding && suspension ? { suspension: { ...suspension, ...(await on.resumptions.view(queries, binding.id)) } } : {}),
        ...(binding && (await on.bindings.isPinLocked(queries, binding.id)) ? { pinLocked: true as const } : {}),
        // The register's answer is given at the desk alone: the phone learns that it was refused, not why.
        ...(state === 'refused' || state === 'cancelled' ? { reason: state === 'refused' ? 'refused-at-desk' : 'visit-ended' } : {}),
      }
    },
  }
}

/** Undefined when the visit leaves the phone as it was registered, free to go to a desk again. */
function stateByVisit(visit: CaseOfPhone): DeviceState | undefined {
  switch (visit.state) {
    case 'awaiting-confirmation':
      return 'at-desk'
    case 'ineligible':
    case 'awaiting-capture':
    case 'awaiting-decision':
    case 'awaiting-supervisor':
      return 'in-review'
    case 'refused':
      return 'refused'
    case 'cancelled':
      return 'cancelled'
    case 'approved':
    case 'completed':
    case 'awaiting-phone':
    case 'recording':
      return undefined
  }
}
