import { DomainError } from '@ikd/contract'
import { second } from './clock.ts'
import type { Core } from './core.ts'
import { within } from './deadline.ts'

/** A store that does not answer is down, whatever it may still be doing: a balancer waits no longer. ms */
const storePatience = 2 * second

/** @throws DomainError `storage-unavailable` when the database does not answer in time */
export async function assertStoreAnswers({ store }: Pick<Core, 'store'>, patience = storePatience): Promise<void> {
  const asked = store.selectFrom('office').select('id').limit(1).execute()
  await within(patience, asked, () => new DomainError('storage-unavailable'))
}
