import { DomainError, type MailState } from '@ikd/contract'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash } from '../../security/digest.ts'
import { createCapsService } from '../caps/service.ts'
import { type ActivationMail, renderActivationMail } from './activation-mail.ts'
import { type CodeMail, renderCodeMail } from './code-mail.ts'
import { type ContactLinkMail, renderContactLinkMail } from './contact-link-mail.ts'
import { type NewlyBoundMail, renderNewlyBoundMail } from './newly-bound-mail.ts'
import { type PhoneNoticeMail, renderPhoneNoticeMail } from './phone-notice-mail.ts'
import type { MailMessage } from './render.ts'
import { renderSuspensionLinkMail, type SuspensionLinkMail } from './suspension-link-mail.ts'

export type MailKind = 'activation' | 'newly-bound' | 'code' | 'suspension-link' | 'contact-link' | 'notice'

export interface NewMail {
  readonly kind: MailKind
  readonly caseId: string | null
  readonly message: MailMessage
  /** Not tried any more from this instant on. */
  readonly expiresAt: number
}

export interface MailProgress {
  readonly state: MailState
  readonly attempts: number
  /** SMTP reply code of the last failure, or a word such as `unreachable`; null once accepted. */
  readonly failure: string | null
  readonly nextAttemptAt: number
  /** When a server answered 250. */
  readonly acceptedAt: number | null
}

/** The outbox as the other features see it: mails leave after the commit, or not at all. */
export interface MailService {
  /** Code and link; returns the mail's id. Refuses, like all that carry a code to a new address, `mail-codes-exhausted`. */
  enqueueActivation(unit: Unit, mail: ActivationMail & Pick<NewMail, 'caseId' | 'expiresAt'>): Promise<string>
  /** Tells the address of an earlier phone that another has taken its place. */
  enqueueNewlyBound(unit: Unit, mail: Omit<NewlyBoundMail, 'timeZone' | 'boundAt'> & Pick<NewMail, 'caseId'>): Promise<string>
  /** A code that is typed in the app; no longer sent once it has expired. */
  enqueueCode(unit: Unit, mail: CodeMail & Pick<NewMail, 'expiresAt'>): Promise<string>
  enqueueSuspensionLink(unit: Unit, mail: SuspensionLinkMail & Pick<NewMail, 'expiresAt'>): Promise<string>
  enqueueContactLink(unit: Unit, mail: ContactLinkMail & Pick<NewMail, 'caseId' | 'expiresAt'>): Promise<string>
  /** What has happened to a phone or its contact, told to an address that knew it. */
  enqueueNotice(unit: Unit, mail: Omit<PhoneNoticeMail, 'timeZone' | 'at'>): Promise<string>
  /** Puts a mail into the outbox of this transaction; returns its id. */
  enqueue(unit: Unit, mail: NewMail): Promise<string>
  /** A queued mail is tried until then. */
  prolong(unit: Unit, id: string, expiresAt: number): Promise<void>
  findState(queries: Queries, id: string): Promise<MailProgress | undefined>
  /** Ends a mail still queued, for example because a newer code replaces it; one being sent now is not tried again. */
  withdraw(unit: Unit, id: string): Promise<void>
}

/** The worker of this process listens here. */
export const outboxTopic = 'outbox'
/** What a sealed message is bound to. */
export const mailContext = (id: string) => `outbox:${id}`

/** A warning is worth delivering for some days; a code's mail ends with its approval. */
const warningLifetime = 3 * day

/** Codes and links one address gets in a day, whoever asked for them: a family may share one, and nobody is to be flooded. Warnings are not counted. */
export const codesPerAddress = { most: 20, window: day }

export function createMailService(core: Core): MailService {
  const caps = createCapsService(core)

  /** @throws DomainError `mail-codes-exhausted` */
  async function enqueueCapped(unit: Unit, mail: NewMail): Promise<string> {
    const address = keyedHash(core.secrets.derive('mail address'), 'cap', mail.message.to.toLowerCase())
    const retryAt = await caps.spend(unit, `mail-to:${address}`, codesPerAddress)
    if (retryAt !== undefined) throw new DomainError('mail-codes-exhausted', { retryAt })
    return enqueue(unit, mail)
  }

  async function enqueue(unit: Unit, mail: NewMail): Promise<string> {
    const id = core.ids.next()
    await unit.work
      .insertInto('outbox')
      .values({
        id,
        kind: mail.kind,
        case_id: mail.caseId,
        message: core.envelope.seal(Buffer.from(JSON.stringify(mail.message)), mailContext(id)),
        state: 'queued',
        attempts: 0,
        next_attempt_at: unit.now,
        claimed_until: null,
        failure: null,
        created_at: unit.now,
        accepted_at: null,
        expires_at: mail.expiresAt,
      })
      .execute()
    unit.announce(outboxTopic, { type: 'status' })
    return id
  }

  return {
    enqueue,

    enqueueActivation: (unit, { caseId, expiresAt, ...mail }) =>
      enqueueCapped(unit, { kind: 'activation', caseId, expiresAt, message: renderActivationMail(mail) }),

    enqueueNewlyBound: (unit, { caseId, ...mail }) =>
      enqueue(unit, {
        kind: 'newly-bound',
        caseId,
        expiresAt: unit.now + warningLifetime,
        message: renderNewlyBoundMail({ ...mail, boundAt: unit.now, timeZone: core.config.timeZone }),
      }),

    enqueueCode: (unit, { expiresAt, ...mail }) => enqueueCapped(unit, { kind: 'code', caseId: null, expiresAt, message: renderCodeMail(mail) }),

    enqueueSuspensionLink: (unit, { expiresAt, ...mail }) =>
      enqueue(unit, { kind: 'suspension-link', caseId: null, expiresAt, message: renderSuspensionLinkMail(mail) }),

    enqueueContactLink: (unit, { caseId, expiresAt, ...mail }) =>
      enqueueCapped(unit, { kind: 'contact-link', caseId, expiresAt, message: renderContactLinkMail(mail) }),

    enqueueNotice: (unit, mail) =>
      enqueue(unit, {
        kind: 'notice',
        caseId: null,
        expiresAt: unit.now + warningLifetime,
        message: renderPhoneNoticeMail({ ...mail, at: unit.now, timeZone: core.config.timeZone }),
      }),

    async prolong(unit, id, expiresAt) {
      await unit.work.updateTable('outbox').set({ expires_at: expiresAt }).where('id', '=', id).where('state', '=', 'queued').execute()
      unit.announce(outboxTopic, { type: 'status' })
    },

    async findState(queries, id) {
      const row = await queries
        .selectFrom('outbox')
        .select(['state', 'attempts', 'failure', 'next_attempt_at', 'accepted_at'])
        .where('id', '=', id)
        .executeTakeFirst()
      return row && { state: row.state, attempts: row.attempts, failure: row.failure, nextAttemptAt: row.next_attempt_at, acceptedAt: row.accepted_at }
    },

    // A worker that has it finds it no longer queued, whatever comes of its try.
    async withdraw(unit, id) {
      await unit.work
        .updateTable('outbox')
        .set({ state: 'expired', message: null, claimed_until: null })
        .where('id', '=', id)
        .where('state', '=', 'queued')
        .execute()
    },
  }
}
