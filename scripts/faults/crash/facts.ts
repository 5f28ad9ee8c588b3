import type { ActivityKind } from '@ikd/contract'
import type { Store } from '@ikd/server'

// What the database must hold of an act that was acknowledged: the act itself, its audit entry, and what the resident reads of it.

export async function isAudited(store: Store, action: string, subject: string): Promise<boolean> {
  const row = await store.selectFrom('audit_entry').select('seq').where('action', '=', action).where('subject_id', '=', subject).limit(1).executeTakeFirst()
  return row !== undefined
}

export async function isRegistered(store: Store, registrationId: string): Promise<boolean> {
  const row = await store.selectFrom('registration').select('id').where('id', '=', registrationId).executeTakeFirst()
  return row !== undefined && isAudited(store, 'registration.made', registrationId)
}

export async function isCaseOpened(store: Store, caseId: string): Promise<boolean> {
  const row = await store.selectFrom('desk_case').select('id').where('id', '=', caseId).executeTakeFirst()
  return row !== undefined && isAudited(store, 'case.opened', caseId)
}

/** Decision, activation, mail and audit entry stand or fall together. */
export async function isApproved(store: Store, caseId: string): Promise<boolean> {
  const row = await store
    .selectFrom('desk_case')
    .innerJoin('activation', 'activation.case_id', 'desk_case.id')
    .innerJoin('outbox', 'outbox.id', 'activation.mail_id')
    .select('desk_case.decision_outcome as outcome')
    .where('desk_case.id', '=', caseId)
    .executeTakeFirst()
  return row?.outcome === 'approve' && isAudited(store, 'case.approved', caseId)
}

export async function isRefused(store: Store, caseId: string): Promise<boolean> {
  const row = await store.selectFrom('desk_case').select(['state', 'decision_outcome as outcome']).where('id', '=', caseId).executeTakeFirst()
  return row?.state === 'refused' && row.outcome === 'refuse' && isAudited(store, 'case.refused', caseId)
}

export async function isConfirmedByPhone(store: Store, caseId: string): Promise<boolean> {
  const row = await store.selectFrom('desk_case').select('confirmed_at').where('id', '=', caseId).executeTakeFirst()
  return typeof row?.confirmed_at === 'number'
}

export async function hasWrongCodes(store: Store, caseId: string, wrong: number): Promise<boolean> {
  const row = await store.selectFrom('activation').select('code_tries').where('case_id', '=', caseId).executeTakeFirst()
  return row !== undefined && row.code_tries >= wrong
}

export async function hasReached(store: Store, caseId: string, stage: 'confirmed_at' | 'consumed_at' | 'completed_at'): Promise<boolean> {
  const row = await store.selectFrom('activation').select(stage).where('case_id', '=', caseId).executeTakeFirst()
  return typeof row?.[stage] === 'number'
}

export async function isBound(store: Store, registrationId: string): Promise<boolean> {
  const binding = await store.selectFrom('binding').select(['id', 'case_id']).where('registration_id', '=', registrationId).executeTakeFirst()
  return binding !== undefined && (await isAudited(store, 'binding.made', binding.id)) && hasReached(store, binding.case_id, 'completed_at')
}

export async function wrongPinsInARow(store: Store, registrationId: string): Promise<number> {
  const row = await store.selectFrom('binding').select('pin_row').where('registration_id', '=', registrationId).executeTakeFirst()
  return row?.pin_row ?? 0
}

export async function isGranted(store: Store, handle: string): Promise<boolean> {
  return (await store.selectFrom('presentation_grant').select('handle').where('handle', '=', handle).executeTakeFirst()) !== undefined
}

/** The scan, and what its subject reads of it. */
export async function isScanned(store: Store, scanId: string): Promise<boolean> {
  const scan = await store.selectFrom('scan').select(['subject_resident_id as residentId', 'at']).where('id', '=', scanId).executeTakeFirst()
  if (!scan) return false
  const told = await store
    .selectFrom('activity')
    .select('id')
    .where('resident_id', '=', scan.residentId)
    .where('at', '=', scan.at)
    .where('kind', '=', 'scanned-by-institution')
    .limit(1)
    .executeTakeFirst()
  return told !== undefined
}

export async function isServiceRecorded(store: Store, caseId: string): Promise<boolean> {
  return (await store.selectFrom('service_request').select('id').where('case_id', '=', caseId).limit(1).executeTakeFirst()) !== undefined
}

export async function isPinChangedSince(store: Store, registrationId: string, at: number): Promise<boolean> {
  const row = await store.selectFrom('binding').select('pin_set_at').where('registration_id', '=', registrationId).executeTakeFirst()
  return row !== undefined && row.pin_set_at >= at
}

/** Something done to a bound phone: in the record, and in what its resident reads. */
export async function isTold(store: Store, registrationId: string, action: string, kind: ActivityKind): Promise<boolean> {
  const binding = await store.selectFrom('binding').select(['id', 'resident_id as residentId']).where('registration_id', '=', registrationId).executeTakeFirst()
  if (!binding || !(await isAudited(store, action, binding.id))) return false
  return (await store.selectFrom('activity').select('id').where('resident_id', '=', binding.residentId).where('kind', '=', kind).limit(1).executeTakeFirst()) !== undefined
}

export async function hasNumber(store: Store, registrationId: string, phone: string): Promise<boolean> {
  const row = await store.selectFrom('registration').select('phone').where('id', '=', registrationId).executeTakeFirst()
  return row?.phone === phone
}
