import { day, minute } from './clock.ts'
import type { Core } from './core.ts'
import type { ActivationsService } from './features/activations/service.ts'
import { fingerprintLifetime } from './features/captures/service.ts'
import type { CasesService } from './features/cases/service.ts'
import type { RegistrationsService } from './features/registrations/service.ts'
import { failureMemory, pauseMemory } from './features/staff/failure-counts.ts'
import type { TemplatesService } from './features/templates/service.ts'
import type { EvidenceService } from './features/evidence/service.ts'
import type { Unit } from './plugins/registrar.ts'

export interface Housekept {
  readonly activations: Pick<ActivationsService, 'forgetAddresses'>
  readonly cases: Pick<CasesService, 'expire' | 'findOfPhone'>
  readonly evidence: Pick<EvidenceService, 'expire'>
  readonly registrations: Pick<RegistrationsService, 'forget'>
  readonly templates: Pick<TemplatesService, 'expire'>
}

/** Deletes what has served its time, and ends what nobody came back to. */
export async function keepHouse(core: Core, unit: Unit, on: Housekept): Promise<void> {
  const { work, now } = unit
  await work.deleteFrom('proof_replay').where('expires_at', '<=', now).execute()
  await work.deleteFrom('client_assertion').where('expires_at', '<=', now).execute()
  await work.deleteFrom('captcha_spent').where('expires_at', '<=', now).execute()
  await work.deleteFrom('rate_window').where('started', '<=', now - 3 * minute).execute()
  await work.deleteFrom('sign_in_failure').where('at', '<=', now - failureMemory).where('pauses', '=', 0).execute()
  await work.deleteFrom('sign_in_failure').where('at', '<=', now - pauseMemory).execute()
  await work.deleteFrom('ticket_spent').where('expires_at', '<=', now).execute()
  // No sitting lasts longer: a ticket minutes, a session twelve hours.
  await work.deleteFrom('approval_look').where('seen_at', '<=', now - day).execute()
  await work.deleteFrom('staff_factor').where('confirmed_at', 'is', null).where('added_at', '<=', now - day).execute()
  await work.deleteFrom('idempotency').where('at', '<=', now - day).execute()
  await work.deleteFrom('registration_qr_use').where('used_at', '<=', now - day).execute()
  // Kept for a day beyond its end, so that a late QR is told *expired* and not *not ours*.
  await work.deleteFrom('presentation_grant').where('expires_at', '<=', now - day).execute()
  await work.updateTable('capture').set({ fingerprints: null }).where('created_at', '<=', now - fingerprintLifetime).where('fingerprints', 'is not', null).execute()
  await on.cases.expire(unit)
  await on.registrations.forget(unit, (registrationId) => on.cases.findOfPhone(work, registrationId))
  await on.activations.forgetAddresses(unit)
  await on.evidence.expire(unit)
  await on.templates.expire(unit)
  await work.deleteFrom('cap').where('last_at', '<=', now - 2 * day).execute()
  // A link that has expired opens nothing; whose address it was sent to need not be kept.
  await work.deleteFrom('suspension_link').where('expires_at', '<=', now - day).execute()
  await work.deleteFrom('resumption').where('expires_at', '<=', now - day).execute()
  // As long as the desk may look at the case it belongs to.
  await work.deleteFrom('contact_change').where('expires_at', '<=', now - 30 * day).execute()
}

export const housekeepingInterval = 5 * minute
/** After a long rest there is much to delete; rolled back each time, it would never be done. ms */
export const housekeepingLife = 2 * minute
