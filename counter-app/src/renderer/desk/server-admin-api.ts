import type { Client } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { AdminApi } from './admin-api.ts'
import type { SignedCalls } from './signed-calls.ts'

/** The office's administration over the typed client. */
export function serverAdminApi(client: Client, { read, change }: SignedCalls): AdminApi {
  return {
    staff: () => read(async (token) => (await client.call(routes.admin.staff, { token })).staff),
    unlock: (staffId) => change(['unlock', staffId], (access) => client.call(routes.admin.unlock, { params: { staffId }, ...access })),
    resetFactors: (staffId) => change(['reset', staffId], (access) => client.call(routes.admin.resetFactors, { params: { staffId }, ...access })),
    sessions: () => read(async (token) => (await client.call(routes.admin.sessions, { token })).sessions),
    endSession: async (sessionId) => void (await change(['end', sessionId], (access) => client.call(routes.admin.endSession, { params: { sessionId }, ...access }))),
    workstations: () => read((token) => client.call(routes.admin.workstations, { token })),
    makeEnrolment: (label, powers) =>
      change(['enrolment', label, powers], (access) => client.call(routes.admin.makeEnrolment, { body: { label, powers: [...powers] }, ...access })),
    revokeWorkstation: async (workstationId) =>
      void (await change(['revoke', workstationId], (access) => client.call(routes.admin.revokeWorkstation, { params: { workstationId }, ...access }))),
    alerts: () => read((token) => client.call(routes.alerts.list, { token })),
    markSeen: (alertId) => change(['seen', alertId], (access) => client.call(routes.alerts.markSeen, { params: { alertId }, ...access })),
  }
}
