import { type Client, NetworkError } from '@ikd/client'
import { type Case, DomainError, routes } from '@ikd/contract'
import type { DeskApi } from './desk-api.ts'
import { PendingKeys } from './pending-keys.ts'
import type { DeskSession } from './session.ts'

const tokenCodes = new Set(['token-expired', 'token-invalid', 'token-missing'])

/** The desk's port over the typed client: adds the officer's token, keeps intentions repeatable, notices an ended session. */
export function serverDeskApi(client: Client, session: DeskSession, newId: () => string = () => crypto.randomUUID()): DeskApi {
  const pending = new PendingKeys(newId, (error) => error instanceof NetworkError)

  async function withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
    try {
      return await call(session.token())
    } catch (error) {
      if (error instanceof DomainError && tokenCodes.has(error.code)) session.expire()
      throw error
    }
  }

  function change(intention: readonly unknown[], call: (access: { token: string; idempotencyKey: string }) => Promise<Case>): Promise<Case> {
    return withToken((token) => pending.run(JSON.stringify(intention), (idempotencyKey) => call({ token, idempotencyKey })))
  }

  return {
    listCases: (group) => withToken(async (token) => (await client.call(routes.cases.list, { query: { group }, token })).cases),
    getCase: (caseId) => withToken((token) => client.call(routes.cases.get, { params: { caseId }, token })),
    openCase: (body) => change(['open', body], (access) => client.call(routes.cases.open, { body, ...access })),
    attachPhone: (caseId, qr) => change(['phone', caseId, qr], (access) => client.call(routes.cases.attachPhone, { params: { caseId }, body: { qr }, ...access })),
    startCapture: (caseId) => withToken((token) => client.call(routes.cases.startCapture, { params: { caseId }, token })),
    // The capture's own id names the intention: frames are not kept for comparing.
    submitCapture: (caseId, captureId, body) =>
      change(['frames', caseId, captureId], (access) => client.call(routes.cases.submitCapture, { params: { caseId, captureId }, body, ...access })),
    getReference: (caseId) => withToken(async (token) => (await client.call(routes.cases.reference, { params: { caseId }, token })).jpeg),
    askSupervisor: (caseId, outcome, reason) =>
      change(['ask', caseId, outcome, reason], (access) => client.call(routes.cases.askSupervisor, { params: { caseId }, body: { outcome, reason }, ...access })),
    // No remembered intention: it would have to remember a password. The server takes one approval a case.
    approveAsSupervisor: (caseId, outcome, credentials) =>
      withToken((token) => client.call(routes.cases.approve, { params: { caseId }, body: { ...credentials, outcome }, token })),
    decide: (caseId, outcome, reason) =>
      change(['decide', caseId, outcome, reason], (access) =>
        client.call(routes.cases.decide, { params: { caseId }, body: reason === undefined ? { outcome } : { outcome, reason }, ...access })),
    correctEmail: (caseId, email) => change(['email', caseId, email], (access) => client.call(routes.cases.correctEmail, { params: { caseId }, body: { email }, ...access })),
    sendNewCode: (caseId) => change(['code', caseId], (access) => client.call(routes.cases.newCode, { params: { caseId }, ...access })),
    recordService: (caseId, body) => change(['service', caseId, body], (access) => client.call(routes.cases.recordService, { params: { caseId }, body, ...access })),
    cancel: (caseId, reason) => change(['cancel', caseId, reason], (access) => client.call(routes.cases.cancel, { params: { caseId }, body: { reason }, ...access })),
    searchResidents: (body) => withToken(async (token) => (await client.call(routes.residents.search, { body, token })).residents),
  }
}
