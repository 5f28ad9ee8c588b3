import type { DisclosableField } from '@ikd/contract'
import type { Queries } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'

/** A registered verifier (*Lembaga*). */
export interface Institution {
  readonly id: string
  /** What a presentation's audience names it by; 1 or more. */
  readonly number: number
  readonly name: string
  /** All it may ever see of a resident. */
  readonly fields: readonly DisclosableField[]
  /** All it may scan for; each stands in the holder's history as it is written here. */
  readonly purposes: readonly string[]
}

export interface InstitutionsService {
  list(queries: Queries): Promise<readonly Institution[]>
  get(queries: Queries, id: string): Promise<Institution>
}

export function createInstitutionsService(): InstitutionsService {
  const institution = ({ id, number, name, fields, purposes }: Tables['institution']): Institution => ({
    id,
    number,
    name,
    fields: JSON.parse(fields) as DisclosableField[],
    purposes: JSON.parse(purposes) as string[],
  })
  return {
    list: async (queries) => (await queries.selectFrom('institution').selectAll().orderBy('name').execute()).map(institution),
    get: async (queries, id) =>
      institution(await queries.selectFrom('institution').selectAll().where('id', '=', id).executeTakeFirstOrThrow()),
  }
}
