import { type DisclosableField, DomainError, type FamilyMember, type Identity, maskNik } from '@ikd/contract'
import { type Reference, type ReferenceQuality, referenceQuality, referenceStanding, type ReferenceStanding } from '@ikd/face'
import { calendarDate } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { ActivityService } from '../activity/service.ts'
import { openReference, sealReference } from './reference.ts'

/** What the desk and the eligibility rules need of a person. */
export interface ResidentView {
  readonly id: string
  readonly name: string
  readonly nikMasked: string
  readonly birthDate: string
  readonly address: string
  readonly villageCode: string
  readonly everMarried: boolean
  readonly recorded: boolean
  readonly ktpIssued: boolean
  readonly alive: boolean
  readonly hasReference: boolean
}

/** What a desk is shown of a person. The masked NIK counts as one: with the birth date beside it, two digits are left to guess. */
export const deskFields = ['name', 'nik', 'birthDate', 'address'] as const satisfies readonly DisclosableField[]

export type ResidentQuery = { readonly nik: string } | { readonly name: string; readonly birthDate: string }

export interface ResidentsService {
  findByNik(queries: Queries, nik: string): Promise<ResidentView | undefined>
  find(queries: Queries, id: string): Promise<ResidentView | undefined>
  get(queries: Queries, id: string): Promise<ResidentView>
  search(queries: Queries, query: ResidentQuery): Promise<readonly ResidentView[]>
  getNik(queries: Queries, id: string): Promise<string>
  getIdentity(queries: Queries, id: string): Promise<Identity>
  getFamily(queries: Queries, id: string): Promise<{ familyCardNumber: string; members: FamilyMember[] }>
  /** The others on a family card hear, once a day, that their data was looked at and by whom. */
  recordFamilyLook(unit: Unit, viewerId: string): Promise<void>
  /** The KTP-el photograph, JPEG. */
  findPhoto(queries: Queries, id: string): Promise<Buffer | undefined>
  /** Template and fingerprint of the photograph, described once and kept sealed; and how far a match may rest on it today. */
  findReference(id: string): Promise<(Reference & { readonly standing: ReferenceStanding }) | 'missing' | 'unusable'>
}

/** Most rows a search by name gives; more means: ask for the NIK. */
const searchLimit = 20
const leastLetters = 3

export function createResidentsService(core: Core, activity: Pick<ActivityService, 'recordDaily'>): ResidentsService {
  const select = (queries: Queries) =>
    queries
      .selectFrom('resident')
      .innerJoin('family', 'family.number', 'resident.family_number')
      .leftJoin('resident_reference', 'resident_reference.resident_id', 'resident.id')
      .selectAll('resident')
      .select([
        'family.address', 'family.neighbourhood', 'family.village_code', 'family.village', 'family.district',
        'family.regency', 'family.province', 'resident_reference.resident_id as reference_id',
      ])
  type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

  const view = (row: Row): ResidentView => ({
    id: row.id,
    name: row.name,
    nikMasked: maskNik(row.nik),
    birthDate: row.birth_date,
    address: `${row.address}, ${row.neighbourhood}, ${row.village}, ${row.district}, ${row.regency}`,
    villageCode: row.village_code,
    everMarried: row.marital_status !== 'single',
    recorded: row.recorded === 1,
    ktpIssued: row.ktp_issued === 1,
    alive: row.alive === 1,
    hasReference: row.reference_id !== null,
  })

  async function findPhoto(queries: Queries, id: string): Promise<Buffer | undefined> {
    const row = await queries.selectFrom('resident_reference').select('photo').where('resident_id', '=', id).executeTakeFirst()
    return row && core.envelope.open(row.photo, photoContext(id))
  }

  const getRow = (queries: Queries, id: string) => select(queries).where('resident.id', '=', id).executeTakeFirstOrThrow()

  return {
    findPhoto,

    async findByNik(queries, nik) {
      const row = await select(queries).where('resident.nik', '=', nik).executeTakeFirst()
      return row && view(row)
    },

    async find(queries, id) {
      const row = await select(queries).where('resident.id', '=', id).executeTakeFirst()
      return row && view(row)
    },

    async get(queries, id) {
      return view(await getRow(queries, id))
    },

    async search(queries, query) {
      const rows =
        'nik' in query
          ? await select(queries).where('resident.nik', '=', query.nik).execute()
          : await select(queries)
              .where('resident.birth_date', '=', query.birthDate)
              .where((where) => where(where.fn<string>('lower', ['resident.name']), 'like', likePattern(query.name)))
              .orderBy('resident.name')
              .limit(searchLimit)
              .execute()
      return rows.map(view)
    },

    async getNik(queries, id) {
      return (await getRow(queries, id)).nik
    },

    async getIdentity(queries, id) {
      const row = await getRow(queries, id)
      const photo = await findPhoto(queries, id)
      return {
        nik: row.nik,
        name: row.name,
        birthPlace: row.birth_place,
        birthDate: row.birth_date,
        sex: row.sex,
        ...(row.blood_type ? { bloodType: row.blood_type } : {}),
        address: row.address,
        neighbourhood: row.neighbourhood,
        village: row.village,
        district: row.district,
        regency: row.regency,
        province: row.province,
        religion: row.religion,
        maritalStatus: row.marital_status,
        occupation: row.occupation,
        nationality: row.nationality,
        familyCardNumber: row.family_number,
        ...(photo ? { photo: photo.toString('base64') } : {}),
      }
    },

    async recordFamilyLook(unit, viewerId) {
      const viewer = await getRow(unit.work, viewerId)
      const others = await select(unit.work)
        .where('resident.family_number', '=', viewer.family_number)
        .where('resident.alive', '=', 1)
        .where('resident.id', '<>', viewerId)
        .execute()
      for (const { id } of others) {
        await activity.recordDaily(unit, {
          residentId: id,
          kind: 'seen-by-family',
          actor: viewer.name,
          fields: ['photo', 'name', 'nik', 'birthDate', 'sex'],
        })
      }
    },

    async getFamily(queries, id) {
      const { family_number: familyCardNumber } = await getRow(queries, id)
      const rows = await select(queries)
        .where('resident.family_number', '=', familyCardNumber)
        .where('resident.alive', '=', 1)
        .orderBy('resident.birth_date')
        .execute()
      const members = await Promise.all(
        rows.map(async (row): Promise<FamilyMember> => {
          const photo = row.reference_id === null ? undefined : await findPhoto(queries, row.id)
          return {
            name: row.name,
            nik: row.nik,
            birthDate: row.birth_date,
            sex: row.sex,
            relationship: row.relationship,
            ...(photo ? { photo: photo.toString('base64') } : {}),
          }
        }),
      )
      return { familyCardNumber, members }
    },

    async findReference(id) {
      const row = await core.store.selectFrom('resident_reference').selectAll().where('resident_id', '=', id).executeTakeFirst()
      if (!row) return 'missing'
      const standing = (quality: ReferenceQuality) =>
        referenceStanding({ quality, ...(row.taken_on === null ? {} : { takenOn: row.taken_on }) }, calendarDate(core.clock.now(), core.config.timeZone))
      const kept = openReference(core.envelope, id, row)
      if (kept) return { ...kept, standing: standing(kept.quality) }
      const described = await core.face.describeReference(core.envelope.open(row.photo, photoContext(id)))
      if ('problem' in described) return 'unusable'
      const quality = referenceQuality(described.measure)
      const reference = { template: described.template, fingerprint: described.fingerprint, quality }
      await core.store
        .updateTable('resident_reference')
        .set(sealReference(core.envelope, id, reference))
        .where('resident_id', '=', id)
        .execute()
      return { ...reference, standing: standing(quality) }
    },
  }
}

export const photoContext = (residentId: string) => `resident_reference.photo:${residentId}`

/** A name typed by a person as a LIKE pattern: its own wildcards are taken out, words may stand apart. Too few letters would match everyone. */
function likePattern(name: string): string {
  const words = name.toLowerCase().replace(/[%_\\]/g, ' ').split(/\s+/).filter(Boolean)
  const letters = words.join('').match(/\p{L}/gu)?.length ?? 0
  if (letters < leastLetters) throw new DomainError('request-invalid', {}, [{ pointer: '/by/name', detail: 'minLength' }])
  return `%${words.join('%')}%`
}

