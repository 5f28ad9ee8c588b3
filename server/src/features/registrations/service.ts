import { DomainError, parseNik, parseRegistrationQr, type PublicJwk, registrationQrLifetimeMs } from '@ikd/contract'
import type { Core } from '../../core.ts'
import { day } from '../../clock.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { es256Verifier } from '../../security/ecdsa.ts'
import { randomReadable } from '../../security/random.ts'

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
  /** Verifies a registration QR and spends it: one QR opens one case. Whether the registration still waits is not looked at. */
  redeemQr(unit: Unit, text: string): Promise<Registration>
}

/** Eighty bits: whoever knows one suspends its phone, and among 280 million phones a guess hits one in 4 × 10¹⁵. */
const receiptCharacters = 16

/** How long a registration waits for its visit. */
const lifetime = 30 * day

export function createRegistrationsService(core: Core): RegistrationsService {
  const select = (queries: Queries) => queries.selectFrom('registration').selectAll()

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
      return fromRow(await select(queries).where('receipt_code', '=', code).executeTakeFirst())
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
          receipt_code: randomReadable(receiptCharacters, core.random),
          consent_version: consentVersion,
          created_at: unit.now,
          expires_at: unit.now + lifetime,
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

function fromRow(row: Record<'id' | 'jkt' | 'public_jwk' | 'nik' | 'email' | 'phone' | 'receipt_code', string> & Record<'created_at' | 'expires_at', number> | undefined): Registration | undefined {
  return (
    row && {
      id: row.id,
      jkt: row.jkt,
      publicJwk: JSON.parse(row.public_jwk) as PublicJwk,
      nik: row.nik,
      email: row.email,
      phone: row.phone,
      receiptCode: row.receipt_code,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }
  )
}
