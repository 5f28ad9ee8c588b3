import { type Clock, systemClock } from '../../clock.ts'
import { type Config, storeOptions } from '../../config.ts'
import { openStore, type Store } from '../../database/store.ts'
import { transact } from '../../database/transact.ts'
import { createAudit } from '../audit/service.ts'

/** A system as its operator sees it. */
export interface RegisteredSystem {
  readonly clientId: string
  readonly name: string
  readonly institution: string
  /** ms since the epoch. */
  readonly revokedAt: number | null
}

/** Systems of all institutions, in the database of `config`; the server may run. */
export function listInstitutionSystems(config: Config): Promise<readonly RegisteredSystem[]> {
  return withStore(config, (store) =>
    store
      .selectFrom('institution_system')
      .innerJoin('institution', 'institution.id', 'institution_system.institution_id')
      .select(['client_id as clientId', 'institution_system.name', 'institution.name as institution', 'revoked_at as revokedAt'])
      .orderBy('client_id')
      .execute(),
  )
}

/** Ends a system: its tokens are dead at their next request. False when there is none, or it was ended before. */
export function revokeInstitutionSystem(config: Config, clientId: string, clock: Clock = systemClock): Promise<boolean> {
  return withStore(config, (store) =>
    transact(store, async (work) => {
      const now = clock.now()
      const revoked = await work
        .updateTable('institution_system')
        .set({ revoked_at: now })
        .where('client_id', '=', clientId)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (!revoked) return false
      await createAudit('operator').append(work, { at: now, actor: { kind: 'service', id: 'operator' }, action: 'institution.system-revoked', subject: revoked.id })
      return true
    }),
  )
}

async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config.database, storeOptions(config))
  try {
    return await use(store)
  } finally {
    await store.destroy()
  }
}
