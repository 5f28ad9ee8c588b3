import type { Client } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { DeskApi } from './desk-api.ts'
import type { SignedCalls } from './signed-calls.ts'

/** The desk's port over the typed client. */
export function serverDeskApi(client: Client, { read, change }: SignedCalls): DeskApi {
  return {
    listCases: (group) => read(async (token) => (await client.call(routes.cases.list, { query: { group }, token })).cases),
    getCase: (caseId) => read((token) => client.call(routes.cases.get, { params: { caseId }, token })),
    openCase: (body) => change(['open', body], (access) => client.call(routes.cases.open, { body, ...access })),
    takeOver: (caseId, version) => change(['take-over', caseId, version], (access) => client.call(routes.cases.takeOver, { params: { caseId }, body: { version }, ...access })),
    attachPhone: (caseId, qr) => change(['phone', caseId, qr], (access) => client.call(routes.cases.attachPhone, { params: { caseId }, body: { qr }, ...access })),
    startCapture: (caseId) => read((token) => client.call(routes.cases.startCapture, { params: { caseId }, token })),
    // The capture's own id names the intention: frames are not kept for comparing.
    submitCapture: (caseId, captureId, body) =>
      change(['frames', caseId, captureId], (access) => client.call(routes.cases.submitCapture, { params: { caseId, captureId }, body, ...access })),
    getReference: (caseId) => read(async (token) => (await client.call(routes.cases.reference, { params: { caseId }, token })).jpeg),
    lookAtEvidence: (caseId, reason) => read((token) => client.call(routes.cases.evidence, { params: { caseId }, body: { reason }, token })),
    askSupervisor: (caseId, outcome, reason) =>
      change(['ask', caseId, outcome, reason], (access) => client.call(routes.cases.askSupervisor, { params: { caseId }, body: { outcome, reason }, ...access })),
    // No remembered intention: it would have to remember a PIN. A ticket approves once.
    startApproval: (caseId, body) => read((token) => client.call(routes.cases.startApproval, { params: { caseId }, body, token })),
    lookForApproval: (caseId, ticket) => read((token) => client.call(routes.cases.lookForApproval, { params: { caseId }, body: { ticket }, token })),
    approve: (caseId, proof) => read((token) => client.call(routes.cases.approve, { params: { caseId }, body: proof, token })),
    decide: (caseId, outcome, reason) =>
      change(['decide', caseId, outcome, reason], (access) =>
        client.call(routes.cases.decide, { params: { caseId }, body: reason === undefined ? { outcome } : { outcome, reason }, ...access })),
    correctEmail: (caseId, email) => change(['email', caseId, email], (access) => client.call(routes.cases.correctEmail, { params: { caseId }, body: { email }, ...access })),
    sendNewCode: (caseId) => change(['code', caseId], (access) => client.call(routes.cases.newCode, { params: { caseId }, ...access })),
    recordService: (caseId, body) => change(['service', caseId, body], (access) => client.call(routes.cases.recordService, { params: { caseId }, body, ...access })),
    block: (caseId, reason) => change(['block', caseId, reason], (access) => client.call(routes.cases.block, { params: { caseId }, body: { reason }, ...access })),
    changeContact: (caseId, body) =>
      change(['contact', caseId, body], (access) => client.call(routes.cases.changeContact, { params: { caseId }, body, ...access })),
    cancel: (caseId, reason) => change(['cancel', caseId, reason], (access) => client.call(routes.cases.cancel, { params: { caseId }, body: { reason }, ...access })),
    searchResidents: (body) => read(async (token) => (await client.call(routes.residents.search, { body, token })).residents),
  }
}
