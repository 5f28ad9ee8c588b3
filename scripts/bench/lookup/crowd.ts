import type { Store } from '@ikd/server'

/** Writes residents who have a phone already, as a visit would have left them: a thousand visits would take an hour. */
export async function writeBound(store: Store, niks: readonly string[]): Promise<void> {
  const workstation = await store.selectFrom('workstation').select(['id', 'office_id']).executeTakeFirstOrThrow()
  const officer = await store.selectFrom('staff').select('id').where('role', '=', 'officer').executeTakeFirstOrThrow()
  const now = Date.now()
  await store.transaction().execute(async (work) => {
    for (const [i, nik] of niks.entries()) {
      const { id: residentId } = await work.selectFrom('resident').select('id').where('nik', '=', nik).executeTakeFirstOrThrow()
      const [id, jkt] = [`bench-${i}`, `bench-key-${i}`]
      await work
        .insertInto('registration')
        .values({
          id, jkt, public_jwk: '{}', nik, email: `${nik}@contoh.id`, phone: '+6281100000001', receipt_hash: `bench-${i}`, consent_version: '1', created_at: now,
          expires_at: now + 86_400_000,
        })
        .execute()
      await work
        .insertInto('desk_case')
        .values({
          id, kind: 'activation', state: 'completed', version: 1, office_id: workstation.office_id, workstation_id: workstation.id, officer_id: officer.id,
          resident_id: residentId, registration_id: id, eligibility: '[]', opened_at: now, closed_at: now, confirmation_tries: 0,
        })
        .execute()
      await work
        .insertInto('binding')
        .values({
          id, resident_id: residentId, registration_id: id, case_id: id, jkt, state: 'active', pin_hash: '', pin_set_at: now, pin_failures: 0, pin_row: 0, pin_paused_until: null,
          bound_at: now, ended_at: null,
        })
        .execute()
    }
  })
}

/** Writes accounts for institution staff, all with the password of the first. */
export async function writeStaff(store: Store, usernames: readonly string[]): Promise<void> {
  const like = await store.selectFrom('staff').selectAll().where('role', '=', 'verifier').executeTakeFirstOrThrow()
  await store.transaction().execute(async (work) => {
    for (const username of usernames) await work.insertInto('staff').values({ ...like, id: username, username }).execute()
  })
}
