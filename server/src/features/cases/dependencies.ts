import type { ActivationsService } from '../activations/service.ts'
import type { ActivityService } from '../activity/service.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { BindingsService } from '../bindings/service.ts'
import type { CapsService } from '../caps/service.ts'
import type { CapturesService } from '../captures/service.ts'
import type { ContactsService } from '../contacts/service.ts'
import type { SearchesService } from '../duplicate-searches/service.ts'
import type { MailService } from '../mail/service.ts'
import type { OfficesService } from '../offices/service.ts'
import type { ReferencesService } from '../references/service.ts'
import type { RegistrationsService } from '../registrations/service.ts'
import type { ResidentsService } from '../residents/service.ts'
import type { StaffService } from '../staff/service.ts'
import type { SuspensionLinks } from '../suspension-links/service.ts'

/** The services a case leans on. */
export interface CasesDependencies {
  readonly activations: ActivationsService
  readonly activity: ActivityService
  readonly alerts: AlertsService
  readonly bindings: BindingsService
  readonly caps: CapsService
  readonly captures: CapturesService
  readonly contacts: ContactsService
  readonly links: SuspensionLinks
  readonly mail: MailService
  readonly offices: OfficesService
  readonly references: ReferencesService
  readonly registrations: RegistrationsService
  /** The photograph on record comes by `references`, which counts who sees it. */
  readonly residents: Omit<ResidentsService, 'findPhoto'>
  readonly searches: SearchesService
  readonly staff: StaffService
}
