import type { Queries } from '../../database/store.ts'

/** The workstation in use whose key this is. */
export async function findDesk(queries: Queries, jkt: string): Promise<{ id: string; officeId: string } | undefined> {
  return queries.selectFrom('workstation').select(['id', 'office_id as officeId']).where('jkt', '=', jkt).where('revoked_at', 'is', null).executeTakeFirst()
}

/** What a name and a key are to each other. */
export interface NamedAccount {
  readonly id: string
  readonly passwordHash: string
  /** Whether its password is looked at for this key. */
  readonly admitted: boolean
  /** Whether the key is one of the account's. */
  readonly known: boolean
}

/** @param deskOfficeId of the workstation whose key it is */
export async function findAccount(queries: Queries, username: string, jkt: string, deskOfficeId: string | undefined): Promise<NamedAccount | undefined> {
  const row = await queries
    .selectFrom('staff')
    .select((select) => [
      'id', 'password_hash', 'role', 'office_id as officeId',
      select.exists(select.selectFrom('staff_session').select('staff_session.id').whereRef('staff_id', '=', 'staff.id').where('staff_session.jkt', '=', jkt)).as('seen'),
    ])
    .where('username', '=', username)
    .executeTakeFirst()
  if (!row) return undefined
  const atDesk = deskOfficeId !== undefined && deskOfficeId === row.officeId
  const isVerifier = row.role === 'verifier'
  // A browser the verifier has signed in at before is theirs; a desk is its office's by enrolment.
  return { id: row.id, passwordHash: row.password_hash, admitted: isVerifier || atDesk, known: isVerifier ? Boolean(row.seen) : atDesk }
}

/** Whether staff have signed in with this key, or it is a workstation's: a key that cost something. */
export async function isSettledKey(queries: Queries, jkt: string): Promise<boolean> {
  if (await findDesk(queries, jkt)) return true
  return (await queries.selectFrom('staff_session').select('id').where('jkt', '=', jkt).limit(1).executeTakeFirst()) !== undefined
}
