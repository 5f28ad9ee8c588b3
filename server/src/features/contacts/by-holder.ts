import { type Contact, type ContactKind, DomainError, type MailState } from '@ikd/contract'
import { day, hour } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import { maskEmail, maskPhone } from '../../mask.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash, sameDigest } from '../../security/digest.ts'
import { randomDigits } from '../../security/random.ts'
import type { Binding } from '../bindings/service.ts'
import { applyChange, type ChangeDependencies, openNewValue, sealNewValue } from './change.ts'
import { type ChangeOutcome, type ChangeRow, countTry, endChange, findOpenChange, insertChange, updateChange } from './repository.ts'

export type NewContact = { readonly email: string } | { readonly phone: string }

/** The contact on file, and its change by the holder on the phone itself. */
export interface HolderContacts {
  view(queries: Queries, binding: Binding): Promise<Contact>
  /** Begins a change, after the PIN: codes go out. Refuses an unchanged contact, a second change, a fourth in a day. */
  start(unit: Unit, binding: Binding, to: NewContact): Promise<void>
  /** One of the codes; a wrong one is counted and returned. The change counts once every address has confirmed. */
  confirm(unit: Unit, binding: Binding, address: 'old' | 'new', code: string): Promise<DomainError | undefined>
  cancel(unit: Unit, binding: Binding): Promise<void>
  /** The phone is stopped, or its contact given anew: what was under way ends. */
  endPending(unit: Unit, bindingId: string): Promise<void>
}

export const changeLifetime = day
const codeTries = 5
const startsPerDay = { most: 3, window: day }
/** Whose change it is does not matter to whoever reads the mails. */
const mailsPerAddress = { most: 3, window: day }

export function createHolderContacts(core: Core, on: ChangeDependencies): HolderContacts {
  const hashCode = (changeId: string, address: 'old' | 'new', code: string) => keyedHash(core.secrets.derive('contact'), `${address} ${changeId}`, code)

  async function findPending(queries: Queries, bindingId: string): Promise<ChangeRow | undefined> {
    const change = await findOpenChange(queries, bindingId)
    return change && change.expires_at > core.clock.now() ? change : undefined
  }

  async function end(unit: Unit, change: ChangeRow, outcome: ChangeOutcome): Promise<void> {
    for (const mailId of [change.old_mail_id, change.new_mail_id]) if (mailId) await on.mail.withdraw(unit, mailId)
    await endChange(unit, change.id, outcome)
  }

  async function endPending(unit: Unit, bindingId: string): Promise<void> {
    const open = await findOpenChange(unit.work, bindingId)
    if (open) await end(unit, open, open.expires_at > unit.now ? 'cancelled' : 'expired')
  }

  async function assertMayStart(unit: Unit, binding: Binding, email: string | undefined): Promise<void> {
    if (await findPending(unit.work, binding.id)) throw new DomainError('contact-change-pending')
    await endPending(unit, binding.id)
    const caps = [
      await on.caps.spend(unit, `contact-change:${binding.id}`, startsPerDay),
      // A keyed hash: the list of caps holds nobody's address.
      email && (await on.caps.spend(unit, `contact-mail:${keyedHash(core.secrets.derive('contact'), 'address', email.toLowerCase())}`, mailsPerAddress)),
    ]
    for (const retryAt of caps) if (typeof retryAt === 'number') throw new DomainError('mail-codes-exhausted', { retryAt })
  }

  return {
    endPending,

    async view(queries, binding) {
      const { email, phone } = await on.registrations.get(queries, binding.registrationId)
      const change = await findPending(queries, binding.id)
      const mailState = async (id: string | null): Promise<MailState> => (id === null ? undefined : await on.mail.findState(queries, id))?.state ?? 'expired'
      const contact = { emailMasked: maskEmail(email), phoneMasked: maskPhone(phone) }
      // The desk's change is confirmed elsewhere, by its link.
      if (!change || change.case_id !== null) return contact
      const newMasked = maskContact(change.kind, openNewValue(core, change))
      return {
        ...contact,
        pending: {
          id: change.id,
          kind: change.kind,
          newMasked,
          expiresAt: change.expires_at,
          triesLeft: Math.max(0, codeTries - change.tries),
          old: { emailMasked: contact.emailMasked, mail: await mailState(change.old_mail_id), confirmed: change.old_confirmed_at !== null },
          ...(change.kind === 'email'
            ? { new: { emailMasked: newMasked, mail: await mailState(change.new_mail_id), confirmed: change.new_confirmed_at !== null } }
            : {}),
        },
      }
    },

    async start(unit, binding, to) {
      const { email, phone } = await on.registrations.get(unit.work, binding.registrationId)
      const [kind, value] = 'email' in to ? (['email', to.email] as const) : (['phone', to.phone] as const)
      if (value === (kind === 'email' ? email : phone)) throw new DomainError('contact-unchanged')
      await assertMayStart(unit, binding, 'email' in to ? to.email : undefined)
      const id = core.ids.next()
      const expiresAt = unit.now + changeLifetime
      const send = async (address: 'old' | 'new', receiver: string) => {
        const code = randomDigits(6, core.random)
        const mailId = await on.mail.enqueueCode(unit, { to: receiver, purpose: `contact-${address}`, code, hours: changeLifetime / hour, expiresAt })
        return { hash: hashCode(id, address, code), mailId }
      }
      const toOld = await send('old', email)
      const toNew = kind === 'email' ? await send('new', value) : undefined
      await insertChange(
        unit,
        { id, bindingId: binding.id, caseId: null, kind, newValue: sealNewValue(core, id, value), expiresAt },
        { old_code_hash: toOld.hash, old_mail_id: toOld.mailId, ...(toNew ? { new_code_hash: toNew.hash, new_mail_id: toNew.mailId, sends: 1 } : {}) },
      )
      await on.activity.record(unit, { residentId: binding.residentId, kind: 'contact-change-started', purpose: maskContact(kind, value) })
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'device', id: binding.id }, action: 'contact.change-started', subject: id, detail: { kind } })
    },

    async confirm(unit, binding, address, code) {
      const pending = await findPending(unit.work, binding.id)
      const expected = address === 'old' ? pending?.old_code_hash : pending?.new_code_hash
      if (!pending || !expected) throw new DomainError('contact-change-missing')
      const change = await countTry(unit, pending.id, codeTries)
      if (!change || !sameDigest(expected, hashCode(change.id, address, code))) {
        const triesLeft = change ? codeTries - change.tries : 0
        if (triesLeft > 0) return new DomainError('mail-code-wrong', { triesLeft })
        await end(unit, pending, 'exhausted')
        return new DomainError('mail-code-exhausted')
      }
      // A right code is no guess.
      await updateChange(unit, change.id, { tries: change.tries - 1, [`${address}_confirmed_at`]: unit.now })
      const isConfirmed = (side: 'old' | 'new') => side === address || (side === 'old' ? change.old_confirmed_at : change.new_confirmed_at) !== null
      if (isConfirmed('old') && (change.kind === 'phone' || isConfirmed('new'))) await applyChange(core, on, unit, binding, change)
      return undefined
    },

    async cancel(unit, binding) {
      const change = await findPending(unit.work, binding.id)
      if (!change || change.case_id !== null) throw new DomainError('contact-change-missing')
      await end(unit, change, 'cancelled')
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'device', id: binding.id }, action: 'contact.change-cancelled', subject: change.id })
    },
  }
}

export function maskContact(kind: ContactKind, value: string): string {
  return kind === 'email' ? maskEmail(value) : maskPhone(value)
}
