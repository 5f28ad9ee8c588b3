import { type AnswerOf, DomainError, type routes, type Suspension } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { Binding, BindingsService } from '../bindings/service.ts'
import type { CasesService } from '../cases/service.ts'
import type { ContactsService } from '../contacts/service.ts'
import type { MailService } from '../mail/service.ts'
import type { RegistrationsService } from '../registrations/service.ts'
import type { LinkTarget, SuspensionLink, SuspensionLinks } from '../suspension-links/service.ts'

/** A resident's own stop, from any browser: by the receipt code, or by a link that went to their e-mail. */
export interface SuspensionsService {
  /** What a link would do; changes nothing. */
  open(queries: Queries, token: string): Promise<AnswerOf<typeof routes.suspensions.open>>
  byLink(unit: Unit, token: string): Promise<Suspension>
  byReceiptCode(unit: Unit, code: string): Promise<Suspension>
}

export interface SuspensionDependencies {
  readonly bindings: BindingsService
  readonly cases: CasesService
  readonly contacts: ContactsService
  readonly links: SuspensionLinks
  readonly mail: MailService
  readonly registrations: RegistrationsService
}

export function createSuspensionsService(core: Core, on: SuspensionDependencies): SuspensionsService {
  const bindingOf = (queries: Queries, target: LinkTarget): Promise<Binding | undefined> =>
    'bindingId' in target ? on.bindings.get(queries, target.bindingId) : on.bindings.findByCase(queries, target.caseId)

  async function getLink(queries: Queries, token: string): Promise<SuspensionLink> {
    const link = await on.links.find(queries, token)
    if (!link || link.expiresAt <= core.clock.now()) throw new DomainError('suspension-link-invalid')
    return link
  }

  /** The suspension a used link has brought about, while it lasts. */
  async function findBroughtAbout(queries: Queries, link: SuspensionLink): Promise<Suspension | undefined> {
    if (link.usedAt === null) return undefined
    const binding = await bindingOf(queries, link.target)
    // A visit that was ended before its phone was bound stays ended.
    if (!binding) return { at: link.usedAt, liftedAt: 'office' }
    return viewSuspension(binding)
  }

  /** Suspends and tells every address concerned; nothing that waited for this phone goes on. */
  async function suspend(unit: Unit, binding: Binding, by: 'resident' | 'not-me', addressee?: string): Promise<void> {
    await on.bindings.suspend(unit, binding, by)
    await on.contacts.endPending(unit, binding.id)
    const { email } = await on.registrations.get(unit.work, binding.registrationId)
    for (const to of new Set([email, ...(addressee === undefined ? [] : [addressee])])) {
      await on.mail.enqueueNotice(unit, { to, notice: by === 'not-me' ? 'suspended-not-me' : 'suspended' })
    }
  }

  return {
    async open(queries, token) {
      const link = await getLink(queries, token)
      const suspension = await findBroughtAbout(queries, link)
      if (link.usedAt !== null && !suspension) throw new DomainError('suspension-link-invalid')
      return { purpose: link.purpose, expiresAt: link.expiresAt, ...(suspension ? { suspension } : {}) }
    },

    async byLink(unit, token) {
      const link = await getLink(unit.work, token)
      if (!(await on.links.use(unit, link.id))) {
        const suspension = await findBroughtAbout(unit.work, link)
        if (!suspension) throw new DomainError('suspension-link-invalid')
        return suspension
      }
      const binding = await bindingOf(unit.work, link.target)
      const earlier = binding && link.purpose === 'asked' ? viewSuspension(binding) : undefined
      if (earlier) return earlier
      if (binding) await suspend(unit, binding, link.purpose === 'not-me' ? 'not-me' : 'resident', link.addressee)
      else if ('caseId' in link.target) {
        await on.cases.disown(unit, link.target.caseId)
        await on.mail.enqueueNotice(unit, { to: link.addressee, notice: 'suspended-not-me' })
      }
      return { at: unit.now, liftedAt: link.purpose === 'not-me' ? 'office' : 'phone' }
    },

    async byReceiptCode(unit, code) {
      const registration = await on.registrations.findByReceiptCode(unit.work, code)
      if (!registration) throw new DomainError('receipt-code-wrong')
      const binding = await on.bindings.findByRegistration(unit.work, registration.id)
      if (!binding) throw new DomainError('suspension-needless')
      const earlier = viewSuspension(binding)
      if (earlier) return earlier
      await suspend(unit, binding, 'resident')
      return { at: unit.now, liftedAt: 'phone' }
    },
  }
}

/** Undefined while the phone is not suspended. */
export function viewSuspension({ state, suspendedAt, suspendedBy }: Binding): Suspension | undefined {
  if (state !== 'suspended' || suspendedAt === null) return undefined
  return { at: suspendedAt, liftedAt: suspendedBy === 'not-me' ? 'office' : 'phone' }
}
