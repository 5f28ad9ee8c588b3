import type { DisclosableField, PublicJwk } from '@ikd/contract'
import type { Queries } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import type { InstitutionHand } from './disclosure.ts'

export interface Grant {
  readonly handle: string
  readonly bindingId: string
  readonly publicKey: PublicJwk
  readonly createdAt: number
  readonly expiresAt: number
  /** A later one has taken its place. */
  readonly isEnded: boolean
}

export interface ScanRecord {
  readonly id: string
  readonly handle: string
  readonly presentationId: string
  readonly at: number
  readonly subjectResidentId: string
  readonly by: ({ readonly institutionId: string } & InstitutionHand) | { readonly residentId: string }
  readonly purpose: string
  readonly fields: readonly DisclosableField[]
  readonly freshness: 'fresh' | 'offline'
  readonly newlyBound: boolean
}

/** Whose receipts: one staff member's, one system's or one resident's. */
export type ReceiptOwner = InstitutionHand | { readonly residentId: string }
export type ReceiptRow = Pick<ScanRecord, 'id' | 'at' | 'purpose' | 'fields'>

export async function insertGrant(queries: Queries, grant: Omit<Grant, 'isEnded'>): Promise<void> {
  await queries
    .insertInto('presentation_grant')
    .values({
      handle: grant.handle,
      binding_id: grant.bindingId,
      public_jwk: JSON.stringify(grant.publicKey),
      created_at: grant.createdAt,
      expires_at: grant.expiresAt,
    })
    .execute()
}

export async function endGrants(queries: Queries, bindingId: string, now: number): Promise<void> {
  await queries
    .updateTable('presentation_grant')
    .set({ ended_at: now })
    .where('binding_id', '=', bindingId)
    .where('ended_at', 'is', null)
    .execute()
}

export async function findGrant(queries: Queries, handle: string): Promise<Grant | undefined> {
  const row = await queries.selectFrom('presentation_grant').selectAll().where('handle', '=', handle).executeTakeFirst()
  return row && {
    handle: row.handle,
    bindingId: row.binding_id,
    publicKey: JSON.parse(row.public_jwk) as PublicJwk,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    isEnded: row.ended_at !== null,
  }
}

export async function getGrant(queries: Queries, handle: string): Promise<Grant> {
  const grant = await findGrant(queries, handle)
  if (!grant) throw new Error('a grant that was made is not there')
  return grant
}

/** True for the one scan that wins the pair (handle, presentation id); the database's unique key decides. */
export async function insertScan(queries: Queries, scan: ScanRecord): Promise<boolean> {
  const inserted = await queries
    .insertInto('scan')
    .values({
      id: scan.id,
      handle: scan.handle,
      presentation_id: scan.presentationId,
      at: scan.at,
      subject_resident_id: scan.subjectResidentId,
      institution_id: 'institutionId' in scan.by ? scan.by.institutionId : null,
      staff_id: 'staffId' in scan.by ? scan.by.staffId : null,
      system_id: 'systemId' in scan.by ? scan.by.systemId : null,
      verifier_resident_id: 'residentId' in scan.by ? scan.by.residentId : null,
      purpose: scan.purpose,
      fields: JSON.stringify(scan.fields),
      freshness: scan.freshness,
      newly_bound: scan.newlyBound ? 1 : 0,
    })
    .onConflict((conflict) => conflict.columns(['handle', 'presentation_id']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export async function getScan(queries: Queries, id: string): Promise<Omit<ScanRecord, 'by' | 'handle' | 'presentationId'>> {
  const row = await queries.selectFrom('scan').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    ...receipt(row),
    subjectResidentId: row.subject_resident_id,
    freshness: row.freshness,
    newlyBound: row.newly_bound === 1,
  }
}

/** Newest first. */
export async function listReceipts(
  queries: Queries,
  owner: ReceiptOwner,
  before: number | undefined,
  limit: number,
): Promise<readonly ReceiptRow[]> {
  const all = queries.selectFrom('scan').select(['id', 'at', 'purpose', 'fields'])
  const own =
    'staffId' in owner
      ? all.where('staff_id', '=', owner.staffId)
      : 'systemId' in owner
        ? all.where('system_id', '=', owner.systemId)
        : all.where('verifier_resident_id', '=', owner.residentId)
  const rows = await own
    .$if(before !== undefined, (query) => query.where('at', '<', before as number))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(receipt)
}

function receipt({ id, at, purpose, fields }: Pick<Tables['scan'], 'id' | 'at' | 'purpose' | 'fields'>): ReceiptRow {
  return { id, at, purpose, fields: JSON.parse(fields) as DisclosableField[] }
}
