import { randomBytes } from 'node:crypto'
import type { ContactTopic, DisclosableField, WorkstationPower } from '@ikd/contract'
import { type Clock, day, hour, systemClock } from './clock.ts'
import { type Config, storeOptions } from './config.ts'
import { openStore, type Work } from './database/store.ts'
import type { Tables } from './database/tables.ts'
import { transact } from './database/transact.ts'
import type { SystemKey } from './features/institutions/systems.ts'
import { photoContext } from './features/residents/service.ts'
import { enrolmentCodeHash } from './features/staff/enrolment.ts'
import { totpSecretContext } from './features/staff/factors.ts'
import { isGuessablePassword } from './features/staff/password-strength.ts'
import { setupCodeHash } from './features/staff/setup-codes.ts'
import { parseTotpSecret } from './features/staff/totp.ts'
import { inPlainLines } from './plain-text.ts'
import { parsePublicJwk } from './security/ecdsa.ts'
import { createEnvelope } from './security/envelope.ts'
import { createPasswordHasher, type HashingCost } from './security/password.ts'
import { isPopularPin } from './security/popular-pins.ts'
import { createIds } from './security/random.ts'
import { openSecrets } from './security/secrets.ts'

/** Offices, institutions, staff and residents from outside; `ref`s name rows within one import. */
export interface Population {
  readonly offices: readonly {
    readonly ref: string
    readonly name: string
    readonly address: string
    readonly hours: string
    readonly contacts: readonly { readonly topic: ContactTopic; readonly whatsapp: string }[]
    /** Prefixes of village codes; none means every Indonesian. */
    readonly areaCodes: readonly string[]
    /** ms since the epoch. */
    readonly rolloutFrom?: number
    /** What its workstations may be given; anything unless said. */
    readonly powers?: readonly WorkstationPower[]
  }[]
  readonly institutions: readonly {
    readonly ref: string
    readonly number: number
    readonly name: string
    readonly fields: readonly DisclosableField[]
    /** What it may scan for, in the words the holder will read. */
    readonly purposes: readonly string[]
    /** Its programs that scan by themselves, each with the public keys it signs client assertions with. */
    readonly systems?: readonly { readonly clientId: string; readonly name: string; readonly keys: readonly SystemKey[] }[]
  }[]
  readonly staff: readonly {
    readonly username: string
    readonly name: string
    readonly password: string
    readonly role: Tables['staff']['role']
    readonly officeRef?: string
    readonly institutionRef?: string
    /** Secret of an authenticator app the person has already, base32. */
    readonly totpSecret?: string
    /** Of a supervisor or admin, for approvals at another's desk: six to eight digits. */
    readonly approvalPin?: string
    /** One-time code with which the person sets a second factor up, within 30 days. */
    readonly setupCode?: string
  }[]
  readonly enrolments: readonly { readonly officeRef: string; readonly code: string; readonly label: string; readonly powers: readonly WorkstationPower[] }[]
  readonly families: readonly {
    readonly number: string
    readonly address: string
    readonly neighbourhood: string
    readonly villageCode: string
    readonly village: string
    readonly district: string
    readonly regency: string
    readonly province: string
    readonly postalCode: string
  }[]
  readonly residents: readonly {
    readonly nik: string
    readonly name: string
    readonly birthPlace: string
    readonly birthDate: string
    readonly sex: 'female' | 'male'
    readonly bloodType?: string
    readonly religion: string
    readonly maritalStatus: Tables['resident']['marital_status']
    readonly occupation: string
    readonly nationality: string
    readonly familyNumber: string
    readonly relationship: Tables['resident']['relationship']
    readonly recorded: boolean
    readonly ktpIssued: boolean
    readonly alive: boolean
    /** KTP-el photograph, JPEG. */
    readonly photo?: Uint8Array
    /** ISO 8601 date of it, where the register knows it: faces change. */
    readonly photoTakenOn?: string
  }[]
}

export const emptyPopulation: Population = { offices: [], institutions: [], staff: [], enrolments: [], families: [], residents: [] }

const setupCodeLifetime = 30 * day

/**
 * Writes a population into the database of `config`, all or nothing. The server need not run.
 *
 * @throws Error when somebody's password or approval PIN is one that everybody tries
 */
export async function importPopulation(config: Config, given: Population, clock: Clock = systemClock, hashing?: HashingCost): Promise<void> {
  // A register’s names are kept as lines that can be shown anywhere.
  const population = inPlainLines(given, new Set(['password', 'approvalPin', 'code', 'totpSecret', 'setupCode']))
  const places = new Map([...population.offices, ...population.institutions].map(({ ref, name }) => [ref, name]))
  for (const { username, name, password, approvalPin, officeRef, institutionRef } of population.staff) {
    const place = places.get(officeRef ?? institutionRef ?? '') ?? ''
    if (isGuessablePassword(password, [username, name, place])) throw new Error(`the password of ${username} is easy to guess`)
    if (approvalPin !== undefined && (!/^\d{6,8}$/.test(approvalPin) || isPopularPin(approvalPin))) throw new Error(`the approval PIN of ${username} is easy to guess`)
  }
  const secrets = openSecrets(config)
  const envelope = createEnvelope(secrets.masterKey, randomBytes)
  const passwords = createPasswordHasher(secrets.derive('pepper'), hashing)
  const ids = createIds(clock)
  // Hashing is slow on purpose; it is done before the transaction.
  const hashes = await Promise.all(population.staff.map((member) => passwords.hash(member.password)))
  const pinHashes = await Promise.all(population.staff.map(({ approvalPin }) => (approvalPin === undefined ? undefined : passwords.hash(approvalPin))))
  const store = await openStore(config.database, storeOptions(config))
  try {
    await transact(store, async (work) => {
      const offices = await importOffices(work, population, () => ids.next())
      const institutions = await importInstitutions(work, population, () => ids.next(), clock.now())
      for (const [i, member] of population.staff.entries()) {
        const staffId = ids.next()
        await work
          .insertInto('staff')
          .values({
            id: staffId,
            username: member.username.toLowerCase(),
            name: member.name,
            role: member.role,
            office_id: refId(offices, member.officeRef),
            institution_id: refId(institutions, member.institutionRef),
            password_hash: hashes[i] as string,
            new_factors_wait: member.totpSecret === undefined ? 0 : 1,
          })
          .execute()
        if (member.totpSecret !== undefined) {
          const id = ids.next()
          const secret = envelope.seal(parseTotpSecret(member.totpSecret), totpSecretContext(id))
          const at = clock.now()
          await work
            .insertInto('staff_factor')
            .values({ id, staff_id: staffId, kind: 'totp', label: 'Autentikator', secret, last_counter: 0, added_at: at, confirmed_at: at, acknowledged_at: at })
            .execute()
        }
        const pinHash = pinHashes[i]
        if (pinHash !== undefined) {
          await work.insertInto('approval_pin').values({ staff_id: staffId, pin_hash: pinHash, set_at: clock.now(), failures: 0, failures_row: 0, paused_until: null }).execute()
        }
        if (member.setupCode !== undefined) {
          await work
            .insertInto('staff_setup_code')
            .values({
              id: ids.next(), staff_id: staffId, code_hash: setupCodeHash(secrets, staffId, member.setupCode), made_at: clock.now(),
              expires_at: clock.now() + setupCodeLifetime,
            })
            .execute()
        }
      }
      for (const enrolment of population.enrolments) {
        await work
          .insertInto('workstation_enrolment')
          .values({
            code_hash: enrolmentCodeHash(secrets, enrolment.code),
            office_id: refId(offices, enrolment.officeRef) as string,
            label: enrolment.label,
            powers: JSON.stringify(enrolment.powers),
            expires_at: clock.now() + 365 * day,
            used_at: null,
          })
          .execute()
      }
      for (const family of population.families) {
        const { villageCode, postalCode, ...rest } = family
        await work.insertInto('family').values({ ...rest, village_code: villageCode, postal_code: postalCode }).execute()
      }
      for (const resident of population.residents) {
        const id = ids.next()
        await work
          .insertInto('resident')
          .values({
            id,
            nik: resident.nik,
            name: resident.name,
            birth_place: resident.birthPlace,
            birth_date: resident.birthDate,
            sex: resident.sex,
            blood_type: resident.bloodType ?? null,
            religion: resident.religion,
            marital_status: resident.maritalStatus,
            occupation: resident.occupation,
            nationality: resident.nationality,
            family_number: resident.familyNumber,
            relationship: resident.relationship,
            recorded: Number(resident.recorded),
            ktp_issued: Number(resident.ktpIssued),
            alive: Number(resident.alive),
          })
          .execute()
        if (!resident.photo) continue
        await work
          .insertInto('resident_reference')
          .values({ resident_id: id, photo: envelope.seal(resident.photo, photoContext(id)), template: null, template_model: null, taken_on: resident.photoTakenOn ?? null })
          .execute()
      }
      // A whole register in one transaction, and nobody waits for it: the service is not running yet.
    }, { life: hour })
  } finally {
    await store.destroy()
  }
}

async function importOffices(work: Work, population: Population, nextId: () => string): Promise<Map<string, string>> {
  const refs = new Map<string, string>()
  for (const office of population.offices) {
    const id = nextId()
    refs.set(office.ref, id)
    const { name, address, hours } = office
    await work
      .insertInto('office')
      .values({ id, name, address, hours, area_codes: JSON.stringify(office.areaCodes), rollout_from: office.rolloutFrom ?? null, powers: office.powers ? JSON.stringify(office.powers) : null })
      .execute()
    for (const contact of office.contacts) await work.insertInto('office_contact').values({ office_id: id, ...contact }).execute()
  }
  return refs
}

async function importInstitutions(work: Work, population: Population, nextId: () => string, now: number): Promise<Map<string, string>> {
  const refs = new Map<string, string>()
  for (const { ref, number, name, fields, purposes, systems = [] } of population.institutions) {
    const id = nextId()
    refs.set(ref, id)
    await work.insertInto('institution').values({ id, number, name, fields: JSON.stringify(fields), purposes: JSON.stringify(purposes) }).execute()
    for (const system of systems) {
      const keys = system.keys.map((key) => {
        const jwk = parsePublicJwk(key)
        if (!jwk) throw new Error(`${system.clientId}: a key is no P-256 public key with a kid`)
        return { ...jwk, kid: key.kid }
      })
      await work
        .insertInto('institution_system')
        .values({ id: nextId(), institution_id: id, client_id: system.clientId, name: system.name, keys: JSON.stringify(keys), registered_at: now, revoked_at: null })
        .execute()
    }
  }
  return refs
}

function refId(refs: ReadonlyMap<string, string>, ref: string | undefined): string | null {
  if (ref === undefined) return null
  const id = refs.get(ref)
  if (id === undefined) throw new Error(`the import names ${ref}, which it does not bring`)
  return id
}
