import { DomainError, type MailState } from '@ikd/contract'
import { day, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash, sameDigest, sha256 } from '../../security/digest.ts'
import { randomDigits } from '../../security/random.ts'
import type { MailService } from '../mail/service.ts'

export type ActivationStage = 'approved' | 'link-opened' | 'link-confirmed' | 'awaiting-pin' | 'completed' | 'expired'

/** How far an approved resident has come. */
export interface ActivationView {
  readonly id: string
  readonly caseId: string
  readonly registrationId: string
  readonly residentId: string
  readonly stage: ActivationStage
  readonly email: string
  readonly mail: MailState
  readonly mailAttempts: number
  readonly mailFailure: string | undefined
  readonly nextMailAt: number | undefined
  readonly codeExpiresAt: number | undefined
  readonly approvalExpiresAt: number
  readonly codeTriesLeft: number
  readonly resendsLeft: number
}

export interface NewActivation {
  readonly caseId: string
  readonly registrationId: string
  readonly residentId: string
  readonly email: string
  readonly name: string
  readonly officeName: string
}

/** Who the mail greets and who sent it. */
export type Correspondents = Pick<NewActivation, 'name' | 'officeName'>

export interface ActivationsService {
  begin(unit: Unit, activation: NewActivation): Promise<string>
  findByCase(queries: Queries, caseId: string): Promise<ActivationView | undefined>
  findByRegistration(queries: Queries, registrationId: string): Promise<ActivationView | undefined>
  /** A new code and link, three times at most; the earlier ones die. */
  reissue(unit: Unit, activation: ActivationView, to: Correspondents): Promise<void>
  correctEmail(unit: Unit, activation: ActivationView, email: string, to: Correspondents): Promise<void>
  /** Ends it: nothing can be confirmed or entered any more. */
  end(unit: Unit, activation: ActivationView): Promise<void>
  /** What was held up and is let go has a whole day again, mail and all; what has expired meanwhile stays so. */
  prolong(unit: Unit, caseId: string): Promise<void>
  openLink(unit: Unit, token: string): Promise<ActivationView>
  /** The code on the link page; a wrong one is counted and returned as a refusal. */
  confirm(unit: Unit, token: string, code: string): Promise<ActivationView | DomainError>
  /** The code in the app; consumes it. */
  consume(unit: Unit, activation: ActivationView, code: string): Promise<DomainError | undefined>
  complete(unit: Unit, activation: ActivationView): Promise<void>
  /** Forgets the addresses of those that ended long ago. */
  forgetAddresses(unit: Unit): Promise<void>
}

const approvalLifetime = day
const codeLifetime = 10 * minute
const codeTries = 5
const resends = 3
/** After its end; a desk may look at the visit for a week. */
const addressKept = 30 * day

export function createActivationsService(core: Core, mail: MailService): ActivationsService {
  const hashCode = (activationId: string, code: string) => keyedHash(core.secrets.derive('activation'), activationId, code)
  const hashToken = (token: string) => sha256(token).toString('hex')

  const select = (queries: Queries) => queries.selectFrom('activation').selectAll()
  type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

  async function view(queries: Queries, row: Row): Promise<ActivationView> {
    const sent = await mail.findState(queries, row.mail_id)
    const codeExpiresAt = sent?.acceptedAt ? sent.acceptedAt + codeLifetime : undefined
    return {
      id: row.id,
      caseId: row.case_id,
      registrationId: row.registration_id,
      residentId: row.resident_id,
      stage: stageOf(row, core.clock.now()),
      email: row.email,
      mail: sent?.state ?? 'expired',
      mailAttempts: sent?.attempts ?? 0,
      mailFailure: sent?.failure ?? undefined,
      nextMailAt: sent?.state === 'queued' ? sent.nextAttemptAt : undefined,
      codeExpiresAt,
      approvalExpiresAt: row.approval_expires_at,
      codeTriesLeft: Math.max(0, codeTries - row.code_tries),
      resendsLeft: Math.max(0, resends - row.resends),
    }
  }

  async function issue(unit: Unit, activation: { id: string; caseId: string; email: string; expiresAt: number }, to: Correspondents) {
    const code = randomDigits(6, core.random)
    // 128 bits, in the fragment of the link: never in a request line, a log or a referrer.
    const token = core.random(16).toString('base64url')
    const mailId = await mail.enqueueActivation(unit, {
      to: activation.email,
      name: to.name,
      officeName: to.officeName,
      code,
      link: `${core.config.residentUrl}/aktivasi#${token}`,
      minutes: codeLifetime / minute,
      caseId: activation.caseId,
      expiresAt: activation.expiresAt,
    })
    return { code_hash: hashCode(activation.id, code), token_hash: hashToken(token), mail_id: mailId }
  }

  async function replaceCode(unit: Unit, activation: ActivationView, email: string, to: Correspondents): Promise<void> {
    // Counted first, and the row held from here on: of many who ask at once, three are sent a code.
    const row = await unit.work
      .updateTable('activation')
      .set((set) => ({ resends: set('resends', '+', 1) }))
      .where('id', '=', activation.id)
      .where('resends', '<', resends)
      .where('consumed_at', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new DomainError('activation-resends-exhausted')
    await mail.withdraw(unit, row.mail_id)
    const issued = await issue(unit, { id: row.id, caseId: row.case_id, email, expiresAt: row.approval_expires_at }, to)
    await unit.work
      .updateTable('activation')
      .set({ ...issued, email, code_tries: 0, opened_at: null, confirmed_at: null })
      .where('id', '=', row.id)
      .execute()
  }

  function assertReissuable(activation: ActivationView): void {
    if (activation.stage === 'expired') throw new DomainError('activation-expired')
    if (activation.stage === 'awaiting-pin' || activation.stage === 'completed') throw new DomainError('device-state-wrong')
    if (activation.resendsLeft === 0) throw new DomainError('activation-resends-exhausted')
  }

  /** Refuses a dead or guessed-out code before it is compared. */
  function assertGuessable(activation: ActivationView, now: number): void {
    if (activation.stage === 'expired') throw new DomainError('activation-expired')
    if (activation.codeTriesLeft === 0) throw new DomainError('activation-code-exhausted')
    if (activation.codeExpiresAt !== undefined && activation.codeExpiresAt <= now) throw new DomainError('activation-expired')
  }

  /** Counts the guess and compares; a wrong one is a refusal whose count is kept. */
  async function guess(unit: Unit, id: string, code: string): Promise<DomainError | undefined> {
    const row = await unit.work
      .updateTable('activation')
      .set((set) => ({ code_tries: set('code_tries', '+', 1) }))
      .where('id', '=', id)
      .where('code_tries', '<', codeTries)
      .returning(['code_hash', 'code_tries'])
      .executeTakeFirst()
    if (!row) return new DomainError('activation-code-exhausted')
    if (sameDigest(row.code_hash, hashCode(id, code))) {
      // A right code is no guess.
      await unit.work.updateTable('activation').set({ code_tries: row.code_tries - 1 }).where('id', '=', id).execute()
      return undefined
    }
    const triesLeft = codeTries - row.code_tries
    return triesLeft === 0 ? new DomainError('activation-code-exhausted') : new DomainError('activation-code-wrong', { triesLeft })
  }

  async function getByToken(queries: Queries, token: string): Promise<ActivationView> {
    const row = await select(queries).where('token_hash', '=', hashToken(token)).executeTakeFirst()
    if (!row) throw new DomainError('activation-link-invalid')
    return view(queries, row)
  }

  return {
    async begin(unit, activation) {
      const id = core.ids.next()
      const expiresAt = unit.now + approvalLifetime
      const issued = await issue(unit, { id, caseId: activation.caseId, email: activation.email, expiresAt }, activation)
      await unit.work
        .insertInto('activation')
        .values({
          id,
          case_id: activation.caseId,
          registration_id: activation.registrationId,
          resident_id: activation.residentId,
          created_at: unit.now,
          approval_expires_at: expiresAt,
          email: activation.email,
          ...issued,
          code_tries: 0,
          resends: 0,
          opened_at: null,
          confirmed_at: null,
          consumed_at: null,
          completed_at: null,
        })
        .execute()
      return id
    },

    async findByCase(queries, caseId) {
      const row = await select(queries).where('case_id', '=', caseId).executeTakeFirst()
      return row && view(queries, row)
    },

    async findByRegistration(queries, registrationId) {
      const row = await select(queries).where('registration_id', '=', registrationId).orderBy('created_at', 'desc').executeTakeFirst()
      return row && view(queries, row)
    },

    async reissue(unit, activation, to) {
      assertReissuable(activation)
      await replaceCode(unit, activation, activation.email, to)
    },

    async correctEmail(unit, activation, email, to) {
      assertReissuable(activation)
      await replaceCode(unit, activation, email, to)
    },

    async end(unit, activation) {
      const row = await select(unit.work).where('id', '=', activation.id).executeTakeFirstOrThrow()
      await mail.withdraw(unit, row.mail_id)
      await unit.work.updateTable('activation').set({ approval_expires_at: unit.now }).where('id', '=', activation.id).execute()
    },

    async prolong(unit, caseId) {
      const expiresAt = unit.now + approvalLifetime
      const row = await unit.work
        .updateTable('activation')
        .set({ approval_expires_at: expiresAt })
        .where('case_id', '=', caseId)
        .where('approval_expires_at', '>', unit.now)
        .returning('mail_id')
        .executeTakeFirst()
      if (row) await mail.prolong(unit, row.mail_id, expiresAt)
    },

    async forgetAddresses(unit) {
      await unit.work.updateTable('activation').set({ email: '' }).where('approval_expires_at', '<=', unit.now - addressKept).where('email', '<>', '').execute()
    },

    async openLink(unit, token) {
      const activation = await getByToken(unit.work, token)
      await unit.work.updateTable('activation').set({ opened_at: unit.now }).where('id', '=', activation.id).where('opened_at', 'is', null).execute()
      return activation
    },

    async confirm(unit, token, code) {
      const activation = await getByToken(unit.work, token)
      if (activation.stage === 'awaiting-pin' || activation.stage === 'completed') return activation
      assertGuessable(activation, unit.now)
      const refusal = await guess(unit, activation.id, code)
      if (refusal) return refusal
      await unit.work
        .updateTable('activation')
        .set((set) => ({ confirmed_at: unit.now, opened_at: set.fn.coalesce('opened_at', set.val(unit.now)) }))
        .where('id', '=', activation.id)
        .execute()
      return { ...activation, stage: 'link-confirmed' }
    },

    async consume(unit, activation, code) {
      if (activation.stage === 'awaiting-pin' || activation.stage === 'completed') throw new DomainError('device-state-wrong')
      assertGuessable(activation, unit.now)
      if (activation.stage !== 'link-confirmed') throw new DomainError('activation-not-confirmed')
      const refusal = await guess(unit, activation.id, code)
      if (refusal) return refusal
      const consumed = await unit.work
        .updateTable('activation')
        .set({ consumed_at: unit.now })
        .where('id', '=', activation.id)
        .where('consumed_at', 'is', null)
        .executeTakeFirst()
      if (consumed.numUpdatedRows !== 1n) throw new DomainError('device-state-wrong')
      return undefined
    },

    async complete(unit, activation) {
      if (activation.stage !== 'awaiting-pin') throw new DomainError('device-state-wrong')
      await unit.work.updateTable('activation').set({ completed_at: unit.now }).where('id', '=', activation.id).execute()
    },
  }
}

function stageOf(
  row: { opened_at: number | null; confirmed_at: number | null; consumed_at: number | null; completed_at: number | null; approval_expires_at: number },
  now: number,
): ActivationStage {
  if (row.completed_at !== null) return 'completed'
  if (row.approval_expires_at <= now) return 'expired'
  if (row.consumed_at !== null) return 'awaiting-pin'
  if (row.confirmed_at !== null) return 'link-confirmed'
  return row.opened_at === null ? 'approved' : 'link-opened'
}
