import type { Client } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { AccountApi } from './account-api.ts'
import type { SignedCalls } from './signed-calls.ts'

/** The account's port over the typed client. Codes and passwords are in no remembered intention: the client makes a key for each try. */
export function serverAccountApi(client: Client, { read, change }: SignedCalls): AccountApi {
  return {
    factors: () => read(async (token) => (await client.call(routes.staff.factors, { token })).factors),
    startTotp: (label) => read((token) => client.call(routes.staff.startTotp, { body: { label }, token })),
    confirmTotp: (factorId, code) => read((token) => client.call(routes.staff.confirmTotp, { params: { factorId }, body: { code }, token })),
    startPasskey: () => read((token) => client.call(routes.staff.startPasskey, { token })),
    confirmPasskey: (ticket, label, passkey) => read((token) => client.call(routes.staff.confirmPasskey, { body: { ticket, label, passkey }, token })),
    removeFactor: async (factorId) =>
      void (await change(['remove-factor', factorId], (access) => client.call(routes.staff.removeFactor, { params: { factorId }, ...access }))),
    changePassword: async (current, next) => void (await read((token) => client.call(routes.staff.changePassword, { body: { current, next }, token }))),
    sessions: () => read(async (token) => (await client.call(routes.staff.sessions, { token })).sessions),
    endOtherSessions: async () => void (await read((token) => client.call(routes.staff.endOtherSessions, { token }))),
  }
}
