import { type Case, DomainError, type MailState } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { sha256 } from '../../security/digest.ts'
import type { Binding, BindingsService } from '../bindings/service.ts'
import { applyChange, type ChangeDependencies, openNewValue, sealNewValue } from './change.ts'
import { type ChangeRow, endChange, findChangeByToken, findChangeOfCase, insertChange, updateChange } from './repository.ts'
import { changeLifetime, type HolderContacts, maskContact, type NewContact } from './by-holder.ts'

/** The visit a change at a desk belongs to. */
export interface ContactVisit {
  readonly caseId: string
  readonly officeName: string
}

/** A change of contact at a desk: the face has matched there; a new e-mail still has to answer. */
export interface DeskContacts {
  /** A phone number counts at once; an e-mail is sent a link, three in one visit. */
  give(unit: Unit, binding: Binding, visit: ContactVisit, to: NewContact): Promise<void>
  /** Undefined until a contact was given in this visit. */
  findOfCase(queries: Queries, caseId: string): Promise<Case['contactChange']>
  /** The open change a link belongs to; refuses `contact-link-invalid`. */
  getByLink(queries: Queries, token: string): Promise<{ readonly caseId: string; readonly state: 'waiting' | 'confirmed'; readonly expiresAt: number }>
  confirm(unit: Unit, token: string, officeName: string): Promise<void>
  /** The visit has ended without an answer. */
  endOfCase(unit: Unit, caseId: string): Promise<void>
}

const mailsPerVisit = 3

export function createDeskContacts(
  core: Core,
  byHolder: Pick<HolderContacts, 'endPending'>,
  on: ChangeDependencies & { readonly bindings: BindingsService },
): DeskContacts {
  const hashToken = (token: string) => sha256(token).toString('hex')

  async function findOpenOfCase(queries: Queries, caseId: string): Promise<ChangeRow | undefined> {
    const change = await findChangeOfCase(queries, caseId)
    return change?.ended_at === null ? change : undefined
  }

  async function getRow(queries: Queries, token: string): Promise<ChangeRow> {
    const change = await findChangeByToken(queries, hashToken(token))
    const isOpen = change?.ended_at === null && change.expires_at > core.clock.now()
    if (!change || !(isOpen || change.outcome === 'changed')) throw new DomainError('contact-link-invalid')
    return change
  }

  async function sendLink(unit: Unit, visit: ContactVisit, email: string, expiresAt: number) {
    const token = core.random(16).toString('base64url')
    const link = `${core.config.residentUrl}/kontak#${token}`
    const mailId = await on.mail.enqueueContactLink(unit, { to: email, officeName: visit.officeName, link, caseId: visit.caseId, expiresAt })
    return { token_hash: hashToken(token), new_mail_id: mailId }
  }

  return {
    async give(unit, binding, visit, to) {
      const { email, phone } = await on.registrations.get(unit.work, binding.registrationId)
      const [kind, value] = 'email' in to ? (['email', to.email] as const) : (['phone', to.phone] as const)
      if (value === (kind === 'email' ? email : phone)) throw new DomainError('contact-unchanged')
      const earlier = await findOpenOfCase(unit.work, visit.caseId)
      if (earlier && earlier.sends >= mailsPerVisit) throw new DomainError('mail-codes-exhausted')
      const expiresAt = unit.now + changeLifetime
      if (earlier?.new_mail_id) {
        // The same change with another address: the link sent before is dead.
        await on.mail.withdraw(unit, earlier.new_mail_id)
        const sent = await sendLink(unit, visit, value, expiresAt)
        await updateChange(unit, earlier.id, { ...sent, new_value: sealNewValue(core, earlier.id, value), sends: earlier.sends + 1, expires_at: expiresAt })
        return
      }
      await byHolder.endPending(unit, binding.id)
      const id = core.ids.next()
      const mails = kind === 'email' ? { ...(await sendLink(unit, visit, value, expiresAt)), sends: 1 } : {}
      await insertChange(unit, { id, bindingId: binding.id, caseId: visit.caseId, kind, newValue: sealNewValue(core, id, value), expiresAt }, mails)
      const change = await findOpenOfCase(unit.work, visit.caseId)
      if (kind === 'phone' && change) await applyChange(core, on, unit, binding, change, visit.officeName)
    },

    async findOfCase(queries, caseId) {
      const change = await findChangeOfCase(queries, caseId)
      if (!change) return undefined
      const sent = change.new_mail_id === null ? undefined : await on.mail.findState(queries, change.new_mail_id)
      const mail: MailState | undefined = sent?.state
      return {
        kind: change.kind,
        newMasked: maskContact(change.kind, openNewValue(core, change)),
        ...(mail ? { mail, expiresAt: change.expires_at } : {}),
        ...(sent?.failure ? { mailFailure: sent.failure } : {}),
        sendsLeft: change.ended_at === null ? Math.max(0, mailsPerVisit - change.sends) : 0,
        ...(change.outcome === 'changed' && change.ended_at !== null ? { confirmedAt: change.ended_at } : {}),
      }
    },

    async getByLink(queries, token) {
      const change = await getRow(queries, token)
      // Only a desk's change has a link.
      return { caseId: change.case_id as string, state: change.outcome === 'changed' ? 'confirmed' : 'waiting', expiresAt: change.expires_at }
    },

    async confirm(unit, token, officeName) {
      const change = await getRow(unit.work, token)
      if (change.outcome === 'changed') return
      const binding = await on.bindings.get(unit.work, change.binding_id)
      if (binding.state !== 'active' && binding.state !== 'suspended') throw new DomainError('contact-link-invalid')
      await updateChange(unit, change.id, { new_confirmed_at: unit.now })
      await applyChange(core, on, unit, binding, change, officeName)
    },

    async endOfCase(unit, caseId) {
      const change = await findOpenOfCase(unit.work, caseId)
      if (!change) return
      if (change.new_mail_id) await on.mail.withdraw(unit, change.new_mail_id)
      await endChange(unit, change.id, change.expires_at > unit.now ? 'cancelled' : 'expired')
    },
  }
}
