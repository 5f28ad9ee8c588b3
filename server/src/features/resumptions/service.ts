import { DomainError, type MailState } from '@ikd/contract'
import { day, hour } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash, sameDigest } from '../../security/digest.ts'
import { randomDigits } from '../../security/random.ts'
import type { Binding, BindingsService } from '../bindings/service.ts'
import type { CapsService } from '../caps/service.ts'
import type { MailService } from '../mail/service.ts'
import type { RegistrationsService } from '../registrations/service.ts'

/** The code now under way, and how many more may be asked for. */
export interface ResumptionView {
  readonly code?: { readonly mail: MailState; readonly expiresAt: number; readonly triesLeft: number }
  readonly codesLeft: number
}

/** Lifting one's own suspension: the same phone, its PIN, and a code from the e-mail on file. */
export interface ResumptionsService {
  /** The suspended phone, if its holder may lift it; refuses `device-state-wrong` and `resume-at-office`. */
  getLiftable(queries: Queries, registrationId: string): Promise<Binding>
  /** A new code by mail, after the PIN; the earlier one is dead. Refuses `mail-codes-exhausted`. */
  sendCode(unit: Unit, binding: Binding): Promise<DomainError | undefined>
  /** Counts the guess; a wrong one is returned, so that its count is kept. */
  finish(unit: Unit, binding: Binding, code: string): Promise<DomainError | undefined>
  view(queries: Queries, bindingId: string): Promise<ResumptionView>
}

const codeLifetime = hour
const codeTries = 5
const codesPerDay = { most: 5, window: day }

export function createResumptionsService(
  core: Core,
  on: { bindings: BindingsService; caps: CapsService; mail: MailService; registrations: RegistrationsService },
): ResumptionsService {
  const hashCode = (id: string, code: string) => keyedHash(core.secrets.derive('resumption'), id, code)
  const capOf = (bindingId: string) => `resumption:${bindingId}`
  const findOpen = (queries: Queries, bindingId: string) =>
    queries.selectFrom('resumption').selectAll().where('binding_id', '=', bindingId).where('ended_at', 'is', null).executeTakeFirst()

  async function end(unit: Unit, { id, mail_id: mailId }: { id: string; mail_id: string }): Promise<void> {
    await on.mail.withdraw(unit, mailId)
    await unit.work.updateTable('resumption').set({ ended_at: unit.now }).where('id', '=', id).execute()
  }

  return {
    async getLiftable(queries, registrationId) {
      const binding = await on.bindings.findByRegistration(queries, registrationId)
      if (binding?.state !== 'suspended') throw new DomainError('device-state-wrong')
      if (binding.suspendedBy !== 'resident') throw new DomainError('resume-at-office')
      return binding
    },

    async sendCode(unit, binding) {
      const retryAt = await on.caps.spend(unit, capOf(binding.id), codesPerDay)
      if (retryAt !== undefined) return new DomainError('mail-codes-exhausted', { retryAt })
      const earlier = await findOpen(unit.work, binding.id)
      if (earlier) await end(unit, earlier)
      const { email } = await on.registrations.get(unit.work, binding.registrationId)
      const id = core.ids.next()
      const code = randomDigits(6, core.random)
      const expiresAt = unit.now + codeLifetime
      const mailId = await on.mail.enqueueCode(unit, { to: email, purpose: 'resume', code, hours: codeLifetime / hour, expiresAt })
      await unit.work
        .insertInto('resumption')
        .values({ id, binding_id: binding.id, code_hash: hashCode(id, code), tries: 0, mail_id: mailId, created_at: unit.now, expires_at: expiresAt, ended_at: null })
        .execute()
      await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'device', id: binding.registrationId }, action: 'resumption.code-sent', subject: binding.id })
      return undefined
    },

    async finish(unit, binding, code) {
      const open = await findOpen(unit.work, binding.id)
      if (!open || open.expires_at <= unit.now) throw new DomainError('mail-code-expired')
      const counted = await unit.work
        .updateTable('resumption')
        .set((set) => ({ tries: set('tries', '+', 1) }))
        .where('id', '=', open.id)
        .where('ended_at', 'is', null)
        .where('tries', '<', codeTries)
        .returning('tries')
        .executeTakeFirst()
      if (!counted) return new DomainError('mail-code-exhausted')
      if (!sameDigest(open.code_hash, hashCode(open.id, code))) {
        const triesLeft = codeTries - counted.tries
        return triesLeft === 0 ? new DomainError('mail-code-exhausted') : new DomainError('mail-code-wrong', { triesLeft })
      }
      await end(unit, open)
      await on.bindings.resume(unit, binding)
      const { email } = await on.registrations.get(unit.work, binding.registrationId)
      await on.mail.enqueueNotice(unit, { to: email, notice: 'resumed' })
      return undefined
    },

    async view(queries, bindingId) {
      const open = await findOpen(queries, bindingId)
      const codesLeft = await on.caps.countLeft(queries, capOf(bindingId), codesPerDay)
      if (!open || open.expires_at <= core.clock.now()) return { codesLeft }
      const mail = await on.mail.findState(queries, open.mail_id)
      return { code: { mail: mail?.state ?? 'expired', expiresAt: open.expires_at, triesLeft: Math.max(0, codeTries - open.tries) }, codesLeft }
    },
  }
}
