import { DomainError, parseNik, parseRegistrationQr, type PublicJwk, registrationQrLifetimeMs } from '@ikd/contract'
import type { Core } from '../../core.ts'
import { day } from '../../clock.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { es256Verifier } from '../../security/ecdsa.ts'
import { createReceiptCodes } from './receipt-codes.ts'

/** What a phone submitted, before anybody has looked at the person. */
export interface Registration {
  readonly id: string
  readonly jkt: string
  readonly publicJwk: PublicJwk
  readonly nik: string
  readonly email: string
  readonly phone: string
  readonly receiptCode: string
  readonly createdAt: number
  readonly expiresAt: number
}

export interface NewRegistration {
  readonly jkt: string
  readonly jwk: PublicJwk
  readonly nik: string
  readonly email: string
  readonly phone: string
  readonly consentVersion: string
}

export interface RegistrationsService {
  register(unit: Unit, registration: NewRegistration): Promise<string>
  find(queries: Queries, id: string): Promise<Registration | undefined>
  get(queries: Queries, id: string): Promise<Registration>
  findByKey(queries: Queries, jkt: string): Promise<Registration | undefined>
  findByReceiptCode(queries: Queries, code: string): Promise<Registration | undefined>
  /** The contact on file from here on. */
  setContact(unit: Unit, id: string, contact: { readonly email: string } | { readonly phone: string }): Promise<void>
  /** Its phone is bound: kept as long as that lasts, without the NIK, for the resident is known by id. */
  keepWhileBound(unit: Unit, id: string): Promise<void>
  /** Its phone is bound no more. */
  keepAfterBinding(unit: Unit, id: string): Promise<void>
  /**
   * Forgets what has served its time: NIK, contact, key and receipt code. A row that a visit names stays, empty, for the
   * record; one that nothing names is deleted. Whoever is at a desk just then is left for later.
   */
  forget(unit: Unit, visitOf: (registrationId: string) => Promise<{ readonly open: boolean } | undefined>): Promise<void>
  /** Verifies a registration QR and spends it: one QR opens one case. Whether the registration still waits is not looked at. */
  redeemQr(unit: Unit, text: string): Promise<Registration>
}

/** How long a registration waits for its visit. */
const lifetime = 30 * day
/** A visit may begin on the last day, and a desk may look at it for a week after its end. */
const keptAfterwards = 10 * day
/** A phone that was blocked comes back within it, or is activated anew; as long as its template is kept. */
export const keptAfterBinding = 90 * day
/** Registrations looked at in one round of housekeeping. */
const forgottenAtOnce = 200

export function createRegistrationsService(core: Core): RegistrationsService {
  const codes = createReceiptCodes(core)
  const select = (queries: Queries) => queries.selectFrom('registration').selectAll()
  type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

  function fromRow(row: Row | undefined): Registration | undefined {
    if (!row || row.forgotten_at !== null) return undefined
    return {
      id: row.id,
      jkt: row.jkt,
      publicJwk: JSON.parse(row.public_jwk) as PublicJwk,
      nik: row.nik,
      email: row.email,
      phone: row.phone,
      receiptCode: codes.codeOf(row),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }
  }

  async function find(queries: Queries, id: string): Promise<Registration | undefined> {
    return fromRow(await select(queries).where('id', '=', id).executeTakeFirst())
  }

  return {
    find,

    async get(queries, id) {
      const registration = await find(queries, id)
      if (!registration) throw new DomainError('device-unknown')
      return registration
    },

    async findByKey(queries, jkt) {
      return fromRow(await select(queries).where('jkt', '=', jkt).executeTakeFirst())
    },

    async findByReceiptCode(queries, code) {
      return fromRow(await select(queries).where('receipt_hash', '=', codes.hashOf(code)).executeTakeFirst())
    },

    async setContact(unit, id, contact) {
      await unit.work.updateTable('registration').set(contact).where('id', '=', id).execute()
    },

    // The register is not asked here: whether a NIK exists shows neither in the answer nor in its timing.
    async register(unit, { jkt, jwk, nik, email, phone, consentVersion }) {
      if ('problem' in parseNik(nik)) throw new DomainError('nik-malformed')
      const known = await unit.work.selectFrom('registration').select('id').where('jkt', '=', jkt).executeTakeFirst()
      if (known) throw new DomainError('device-already-registered')
      const id = core.ids.next()
      await unit.work
        .insertInto('registration')
        .values({
          id,
          jkt,
          public_jwk: JSON.stringify(jwk),
          nik,
          email,
          phone,
          receipt_hash: codes.hashOf(codes.codeOf({ id, receipt_sealed: null })),
          consent_version: consentVersion,
          created_at: unit.now,
          expires_at: unit.now + lifetime,
          kept_until: unit.now + lifetime + keptAfterwards,
        })
        .execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'device', id },
        action: 'registration.made',
        subject: id,
        detail: { consentVersion },
      })
      return id
    },

    async keepWhileBound(unit, id) {
      await unit.work.updateTable('registration').set({ nik: '', kept_until: null }).where('id', '=', id).execute()
    },

    async keepAfterBinding(unit, id) {
      await unit.work.updateTable('registration').set({ kept_until: unit.now + keptAfterBinding }).where('id', '=', id).execute()
    },

    async forget(unit, visitOf) {
      const due = await unit.work
        .selectFrom('registration')
        .select('id')
        .where('kept_until', '<=', unit.now)
        .orderBy('kept_until')
        .limit(forgottenAtOnce)
        .execute()
      const forgotten: string[] = []
      for (const { id } of due) {
        const visit = await visitOf(id)
        if (visit?.open) {
          await unit.work.updateTable('registration').set({ kept_until: unit.now + day }).where('id', '=', id).execute()
          continue
        }
        if (!visit) await unit.work.deleteFrom('registration_qr_use').where('registration_id', '=', id).execute()
        const done = visit
          ? await unit.work.updateTable('registration').set(nobody(id, unit.now)).where('id', '=', id).where('kept_until', '<=', unit.now).returning('id').execute()
          : await unit.work.deleteFrom('registration').where('id', '=', id).where('kept_until', '<=', unit.now).returning('id').execute()
        forgotten.push(...done.map((row) => row.id))
      }
      if (forgotten.length === 0) return
      // One entry for all: the chain is everybody's, and held to the end of this.
      const event = { at: unit.now, actor: { kind: 'service', id: 'housekeeping' }, action: 'registrations.forgotten', subject: 'registration' } as const
      await core.audit.append(unit.work, { ...event, detail: { registrations: forgotten } })
    },

    async redeemQr(unit, text) {
      const parsed = parseRegistrationQr(text)
      if (!parsed) throw new DomainError('registration-qr-not-ours')
      const { qr, message } = parsed
      const registration = await find(unit.work, qr.registrationId)
      if (!registration || !(await message.verify(es256Verifier(registration.publicJwk)))) throw new DomainError('registration-qr-not-ours')
      const issuedAt = core.epochNonces.issuedAt(qr.nonce)
      if (issuedAt === undefined) throw new DomainError('registration-qr-not-ours')
      if (unit.now - issuedAt > registrationQrLifetimeMs) throw new DomainError('registration-qr-expired')
      const spent = await unit.work
        .insertInto('registration_qr_use')
        .values({ registration_id: registration.id, qr_id: Buffer.from(qr.id).toString('hex'), used_at: unit.now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (spent.numInsertedOrUpdatedRows !== 1n) throw new DomainError('registration-qr-used')
      return registration
    },
  }
}

/** What is left of a registration: ids, times, and which consent was given. Keys and hashes are different ones, as their columns want it. */
function nobody(id: string, now: number) {
  const none = `forgotten ${id}`
  return { jkt: none, public_jwk: '{}', nik: '', email: '', phone: '', receipt_hash: none.padEnd(64, '.'), receipt_sealed: null, kept_until: null, forgotten_at: now }
}
