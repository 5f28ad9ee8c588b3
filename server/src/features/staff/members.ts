import type { StaffMember } from '@ikd/contract'
import type { Queries } from '../../database/store.ts'

/** The people who sign in. */
export interface Members {
  getMember(queries: Queries, id: string): Promise<StaffMember>
  getName(queries: Queries, id: string): Promise<string>
  /** Somebody of this office by user name; of others and of nobody alike: undefined. */
  findColleague(queries: Queries, username: string, officeId: string): Promise<string | undefined>
}

export function createMembers(): Members {
  return {
    async getName(queries, id) {
      return (await queries.selectFrom('staff').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name
    },

    async findColleague(queries, username, officeId) {
      const row = await queries
        .selectFrom('staff')
        .select('id')
        .where('username', '=', username.trim().toLowerCase())
        .where('office_id', '=', officeId)
        .executeTakeFirst()
      return row?.id
    },

    async getMember(queries, id) {
      const row = await queries
        .selectFrom('staff')
        .leftJoin('office', 'office.id', 'staff.office_id')
        .leftJoin('institution', 'institution.id', 'staff.institution_id')
        .select([
          'staff.id', 'staff.name', 'staff.username', 'staff.role', 'office.id as officeId', 'office.name as officeName',
          'institution.id as institutionId', 'institution.number as institutionNumber', 'institution.name as institutionName', 'institution.purposes',
        ])
        .where('staff.id', '=', id)
        .executeTakeFirstOrThrow()
      return {
        id: row.id,
        name: row.name,
        username: row.username,
        role: row.role,
        ...(row.officeId && row.officeName ? { office: { id: row.officeId, name: row.officeName } } : {}),
        ...(row.institutionId && row.institutionName && row.institutionNumber
          ? { institution: { id: row.institutionId, number: row.institutionNumber, name: row.institutionName, purposes: JSON.parse(row.purposes ?? '[]') as string[] } }
          : {}),
      }
    },
  }
}
