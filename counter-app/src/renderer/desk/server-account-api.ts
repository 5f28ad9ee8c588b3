import type { Client } from '@ikd/client'
import { type AccountProof, routes } from '@ikd/contract'
import type { AccountApi } from './account-api.ts'
import type { SignedCalls } from './signed-calls.ts'

const withProof = (proof: AccountProof | undefined) => (proof ? { proof } : {})

/** The account's port over the typed client. Codes and passwords are in no remembered intention: the client makes a key for each try. */
export function serverAccountApi(client: Client, { read, change }: SignedCalls): AccountApi {
  return {
    factors: () => read(async (token) => (await client.call(routes.staff.factors, { token })).factors),
    startProof: (act, factorId) =>
      read((token) => client.call(routes.staff.startProof, { body: { act, ...(factorId === undefined ? {} : { factorId }) }, token })),
    startTotp: (label, proof) => read((token) => client.call(routes.staff.startTotp, { body: { label, ...withProof(proof) }, token })),
    confirmTotp: (factorId, code) => read((token) => client.call(routes.staff.confirmTotp, { params: { factorId }, body: { code }, token })),
    startPasskey: (proof) => read((token) => client.call(routes.staff.startPasskey, { body: withProof(proof), token })),
    confirmPasskey: (ticket, label, passkey) => read((token) => client.call(routes.staff.confirmPasskey, { body: { ticket, label, passkey }, token })),
    removeFactor: async (factorId, proof) =>
      void (await read((token) => client.call(routes.staff.removeFactor, { params: { factorId }, body: withProof(proof), token }))),
    acknowledgeFactor: async (factorId) =>
      void (await change(['acknowledge-factor', factorId], (access) => client.call(routes.staff.acknowledgeFactor, { params: { factorId }, ...access }))),
    approvalPin: () => read((token) => client.call(routes.staff.approvalPin, { token })),
    // No remembered intention: it would have to remember the PIN. A proof sets one once.
    setApprovalPin: (body) => read((token) => client.call(routes.staff.setApprovalPin, { body, token })),
    changePassword: async (current, next, proof) =>
      void (await read((token) => client.call(routes.staff.changePassword, { body: { current, next, ...withProof(proof) }, token }))),
    sessions: () => read(async (token) => (await client.call(routes.staff.sessions, { token })).sessions),
    endOtherSessions: async () => void (await read((token) => client.call(routes.staff.endOtherSessions, { token }))),
  }
}
