import type { Client } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { DuplicatesApi } from './duplicates-api.ts'
import type { SignedCalls } from './signed-calls.ts'

export function serverDuplicatesApi(client: Client, { read, change }: SignedCalls): DuplicatesApi {
  return {
    list: () => read(async (token) => (await client.call(routes.duplicates.list, { token })).duplicates),
    look: (duplicateId) => read((token) => client.call(routes.duplicates.look, { params: { duplicateId }, token })),
    decide: (duplicateId, outcome, reason) =>
      change(['duplicate', duplicateId, outcome, reason], (access) => client.call(routes.duplicates.decide, { params: { duplicateId }, body: { outcome, reason }, ...access })),
    letGo: (caseId, reason) =>
      change(['let-go', caseId, reason], (access) => client.call(routes.duplicates.letGo, { params: { caseId }, body: { reason }, ...access })),
  }
}
