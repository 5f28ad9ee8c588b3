import { DomainError } from '@ikd/contract'
import type { Core } from '../../core.ts'
import { maskEmail, maskPhone } from '../../mask.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { registrationTopic } from '../../signals.ts'
import type { ActivityService } from '../activity/service.ts'
import type { Binding } from '../bindings/service.ts'
import type { CapsService } from '../caps/service.ts'
import type { MailService } from '../mail/service.ts'
import type { RegistrationsService } from '../registrations/service.ts'
import type { SuspensionLinks } from '../suspension-links/service.ts'
import { type ChangeRow, endChange } from './repository.ts'

export interface ChangeDependencies {
  readonly activity: ActivityService
  readonly caps: CapsService
  readonly links: SuspensionLinks
  readonly mail: MailService
  readonly registrations: RegistrationsService
}

const context = (id: string) => `contact_change.new_value:${id}`

export function sealNewValue(core: Core, id: string, value: string): Buffer {
  return core.envelope.seal(Buffer.from(value), context(id))
}

export function openNewValue(core: Core, change: Pick<ChangeRow, 'id' | 'new_value'>): string {
  return core.envelope.open(change.new_value, context(change.id)).toString('utf8')
}

/**
 * The new contact is the one on file from here on. The address that knew the phone before hears of it and can stop the
 * phone if it was somebody else; a new address hears of it too.
 */
export async function applyChange(
  core: Core,
  on: ChangeDependencies,
  unit: Unit,
  binding: Binding,
  change: ChangeRow,
  officeName?: string,
): Promise<void> {
  if (!(await endChange(unit, change.id, 'changed'))) throw new DomainError('contact-change-missing')
  const { email, phone } = await on.registrations.get(unit.work, binding.registrationId)
  const value = openNewValue(core, change)
  const [contact, told, notice] =
    change.kind === 'email'
      ? ([{ email: value }, `${maskEmail(email)} → ${maskEmail(value)}`, 'email-changed'] as const)
      : ([{ phone: value }, `${maskPhone(phone)} → ${maskPhone(value)}`, 'phone-changed'] as const)
  await on.registrations.setContact(unit, binding.registrationId, contact)
  const office = officeName === undefined ? {} : { officeName }
  const { url } = await on.links.issue(unit, { purpose: 'not-me', target: { bindingId: binding.id }, addressee: email })
  await on.mail.enqueueNotice(unit, { to: email, notice, notMeLink: url, ...office })
  if (change.kind === 'email') await on.mail.enqueueNotice(unit, { to: value, notice, ...office })
  await on.activity.record(unit, { residentId: binding.residentId, kind: 'contact-changed', purpose: told, ...(officeName === undefined ? {} : { actor: officeName }) })
  await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'device', id: binding.id }, action: 'contact.changed', subject: change.id, detail: { kind: change.kind, case: change.case_id } })
  unit.announce(registrationTopic(binding.registrationId), { type: 'status' })
}
