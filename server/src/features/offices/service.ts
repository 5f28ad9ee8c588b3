import type { ContactTopic, Office } from '@ikd/contract'
import type { Queries } from '../../database/store.ts'

export interface OfficeRules {
  /** Prefixes of village codes; none means every Indonesian. */
  readonly areaCodes: readonly string[]
  /** When the office begins to activate; undefined: it has. */
  readonly rolloutFrom: number | undefined
}

export interface OfficesService {
  list(queries: Queries): Promise<readonly Office[]>
  get(queries: Queries, id: string): Promise<Office>
  getRules(queries: Queries, id: string): Promise<OfficeRules>
}

export function createOfficesService(): OfficesService {
  const list = async (queries: Queries): Promise<Office[]> => {
    const offices = await queries.selectFrom('office').select(['id', 'name', 'address', 'hours']).orderBy('name').execute()
    const contacts = await queries.selectFrom('office_contact').selectAll().orderBy('topic').execute()
    return offices.map((office) => ({
      ...office,
      contacts: contacts
        .filter((contact) => contact.office_id === office.id)
        .map((contact) => ({ topic: contact.topic as ContactTopic, whatsapp: contact.whatsapp })),
    }))
  }
  return {
    list,
    async get(queries, id) {
      const office = (await list(queries)).find((candidate) => candidate.id === id)
      if (!office) throw new Error('a case names an office that is not there')
      return office
    },
    async getRules(queries, id) {
      const row = await queries.selectFrom('office').select(['area_codes', 'rollout_from']).where('id', '=', id).executeTakeFirstOrThrow()
      return { areaCodes: JSON.parse(row.area_codes) as string[], rolloutFrom: row.rollout_from ?? undefined }
    },
  }
}
