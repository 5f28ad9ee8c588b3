import { randomBytes, randomUUID } from 'node:crypto'
import type { DisclosableField } from '@ikd/contract'
import type { Core } from '../core.ts'
import type { Tables } from '../database/tables.ts'
import { photoContext } from '../features/residents/service.ts'

/**
 * Rows as the ceremony would have left them, written straight into the tables, for tests of what comes after it.
 * Everything not asked for gets a value that offends no constraint.
 */
export interface TestRows {
  office(): Promise<string>
  /** A resident of a family of their own. */
  resident(change?: Partial<Tables['resident']> & { readonly photo?: Uint8Array }): Promise<string>
  /** A phone bound to a resident, with the registration and the case that led there. */
  binding(residentId: string, change?: Partial<Pick<Tables['binding'], 'state' | 'bound_at'>>): Promise<{ id: string; registrationId: string; jkt: string }>
  institution(name: string, fields: readonly DisclosableField[], purposes?: readonly string[]): Promise<{ id: string; number: number; name: string }>
  verifier(institutionId: string): Promise<{ id: string; name: string }>
}

export function createTestRows(core: Core): TestRows {
  let serial = 0
  const digits = (length: number) => String(++serial).padStart(length, '0')
  let desk: Promise<{ officeId: string; workstationId: string; officerId: string }> | undefined

  async function office(): Promise<string> {
    const id = core.ids.next()
    await core.store
      .insertInto('office')
      .values({ id, name: `Kantor ${digits(1)}`, address: 'Jl. Uji 1', hours: 'Senin–Jumat 08.00–15.00', area_codes: '[]', rollout_from: null })
      .execute()
    return id
  }

  async function openDesk() {
    const officeId = await office()
    const [workstationId, officerId] = [core.ids.next(), core.ids.next()]
    await core.store
      .insertInto('workstation')
      .values({ id: workstationId, office_id: officeId, label: 'Loket 1', jkt: `workstation-${digits(1)}`, powers: '[]', enrolled_at: 0, revoked_at: null })
      .execute()
    await insertStaff({ id: officerId, role: 'officer', office_id: officeId, institution_id: null })
    return { officeId, workstationId, officerId }
  }

  async function insertStaff(staff: Pick<Tables['staff'], 'id' | 'role' | 'office_id' | 'institution_id'>): Promise<string> {
    const name = `Petugas ${digits(1)}`
    await core.store
      .insertInto('staff')
      .values({ ...staff, username: `petugas-${digits(1)}`, name, password_hash: '' })
      .execute()
    return name
  }

  return {
    office,

    async resident({ photo, ...change } = {}) {
      const id = core.ids.next()
      const family = digits(16)
      await core.store
        .insertInto('family')
        .values({
          number: family, address: 'Jl. Merpati 7', neighbourhood: 'RT 003 / RW 005', village_code: '3577011001', village: 'Kartoharjo',
          district: 'Kartoharjo', regency: 'Kota Madiun', province: 'Jawa Timur', postal_code: '63117',
        })
        .execute()
      await core.store
        .insertInto('resident')
        .values({
          id, nik: digits(16), name: `Warga ${digits(1)}`, birth_place: 'Madiun', birth_date: '1990-05-17', sex: 'female', blood_type: null,
          religion: 'Islam', marital_status: 'married', occupation: 'Guru', nationality: 'WNI', family_number: family, relationship: 'head',
          recorded: 1, ktp_issued: 1, alive: 1, ...change,
        })
        .execute()
      if (photo) {
        const sealed = core.envelope.seal(photo, photoContext(id))
        await core.store.insertInto('resident_reference').values({ resident_id: id, photo: sealed, template: null, template_model: null }).execute()
      }
      return id
    },

    async binding(residentId, { state = 'active', bound_at = core.clock.now() } = {}) {
      desk ??= openDesk()
      const { officeId, workstationId, officerId } = await desk
      const [id, registrationId, caseId] = [core.ids.next(), core.ids.next(), core.ids.next()]
      const jkt = randomBytes(32).toString('base64url')
      await core.store
        .insertInto('registration')
        .values({
          id: registrationId, jkt, public_jwk: '{}', nik: digits(16), email: 'warga@example.id', phone: '+6281234567890',
          receipt_hash: randomUUID(), consent_version: '1', created_at: bound_at, expires_at: bound_at,
        })
        .execute()
      await core.store
        .insertInto('desk_case')
        .values({
          id: caseId, kind: 'activation', state: 'completed', version: 1, office_id: officeId, workstation_id: workstationId,
          officer_id: officerId, resident_id: residentId, registration_id: registrationId, eligibility: '[]', opened_at: bound_at,
          closed_at: bound_at, confirmation_tries: 0,
        })
        .execute()
      await core.store
        .insertInto('binding')
        .values({
          id, resident_id: residentId, registration_id: registrationId, case_id: caseId, jkt, state, pin_hash: '', pin_set_at: 0, pin_failures: 0,
          pin_row: 0, pin_paused_until: null, bound_at, ended_at: state === 'active' ? null : bound_at,
        })
        .execute()
      return { id, registrationId, jkt }
    },

    async institution(name, fields, purposes = ['Buka rekening']) {
      const [id, number] = [core.ids.next(), ++serial]
      await core.store.insertInto('institution').values({ id, number, name, fields: JSON.stringify(fields), purposes: JSON.stringify(purposes) }).execute()
      return { id, number, name }
    },

    async verifier(institutionId) {
      const id = core.ids.next()
      return { id, name: await insertStaff({ id, role: 'verifier', office_id: null, institution_id: institutionId }) }
    },
  }
}
