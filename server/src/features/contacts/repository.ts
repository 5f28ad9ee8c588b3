import type { ContactKind } from '@ikd/contract'
import type { Selectable, Updateable } from 'kysely'
import type { Queries } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import type { Unit } from '../../plugins/registrar.ts'

export type ChangeRow = Selectable<Tables['contact_change']>
export type ChangeOutcome = NonNullable<ChangeRow['outcome']>

export interface NewChange {
  readonly id: string
  readonly bindingId: string
  readonly caseId: string | null
  readonly kind: ContactKind
  readonly newValue: Uint8Array
  readonly expiresAt: number
}

/** Codes and mails of a change, as far as it has them. */
export type ChangeMails = Partial<Pick<ChangeRow, 'old_code_hash' | 'new_code_hash' | 'old_mail_id' | 'new_mail_id' | 'token_hash' | 'sends'>>

export async function insertChange(unit: Unit, change: NewChange, mails: ChangeMails): Promise<void> {
  await unit.work
    .insertInto('contact_change')
    .values({
      id: change.id,
      binding_id: change.bindingId,
      case_id: change.caseId,
      kind: change.kind,
      new_value: change.newValue,
      old_code_hash: null,
      new_code_hash: null,
      old_mail_id: null,
      new_mail_id: null,
      token_hash: null,
      sends: 0,
      ...mails,
      tries: 0,
      old_confirmed_at: null,
      new_confirmed_at: null,
      created_at: unit.now,
      expires_at: change.expiresAt,
      ended_at: null,
      outcome: null,
    })
    .execute()
}

/** The change of a phone that has not ended, expired or not. */
export function findOpenChange(queries: Queries, bindingId: string): Promise<ChangeRow | undefined> {
  return queries.selectFrom('contact_change').selectAll().where('binding_id', '=', bindingId).where('ended_at', 'is', null).executeTakeFirst()
}

export function findChangeByToken(queries: Queries, tokenHash: string): Promise<ChangeRow | undefined> {
  return queries.selectFrom('contact_change').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
}

/** The newest change of a case. */
export function findChangeOfCase(queries: Queries, caseId: string): Promise<ChangeRow | undefined> {
  return queries.selectFrom('contact_change').selectAll().where('case_id', '=', caseId).orderBy('id', 'desc').limit(1).executeTakeFirst()
}

export async function updateChange(unit: Unit, id: string, columns: Updateable<Tables['contact_change']>): Promise<void> {
  await unit.work.updateTable('contact_change').set(columns).where('id', '=', id).execute()
}

/** Whether it was this call that ended it. */
export async function endChange(unit: Unit, id: string, outcome: ChangeOutcome): Promise<boolean> {
  const ended = await unit.work
    .updateTable('contact_change')
    .set({ ended_at: unit.now, outcome })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}

/** Counts a guess before it is looked at; the change as it stands once all before it are done, undefined when no guess is left. */
export function countTry(unit: Unit, id: string, most: number): Promise<ChangeRow | undefined> {
  return unit.work
    .updateTable('contact_change')
    .set((set) => ({ tries: set('tries', '+', 1) }))
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('tries', '<', most)
    .returningAll()
    .executeTakeFirst()
}
