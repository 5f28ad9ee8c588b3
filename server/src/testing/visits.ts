import { type ApprovalDemand, type ApprovalStart, routes } from '@ikd/contract'
import { createActivityService } from '../features/activity/service.ts'
import { createEvidenceService } from '../features/evidence/service.ts'
import { createOfficesService } from '../features/offices/service.ts'
import { photoContext } from '../features/residents/service.ts'
import { inUnit } from '../plugins/registrar.ts'
import { forgetTotpSteps, type TestAnswer, type TestApp, testApprovalPin, totpCode } from './app.ts'
import type { TestCore } from './core.ts'
import type { Seat } from './seats.ts'

export const referencePhoto = Buffer.from('foto KTP-el')

/** The register's first resident, with a KTP-el photograph. */
export async function pictureResident(app: TestApp, core: TestCore): Promise<string> {
  const { id } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
  await core.store.insertInto('resident_reference').values({ resident_id: id, photo: core.envelope.seal(referencePhoto, photoContext(id)), template: null, template_model: null }).execute()
  return id
}

/** What a capture leaves behind, with this frame kept of it. */
export async function leaveCapture(app: TestApp, core: TestCore, caseId: string, frame: Uint8Array | undefined): Promise<string> {
  const { resident_id: residentId } = await app.store.selectFrom('desk_case').select('resident_id').where('id', '=', caseId).executeTakeFirstOrThrow()
  app.clock.advance(1)
  const [id, at] = [app.nextId(), app.clock.now()]
  await app.store
    .insertInto('capture')
    .values({
      id, case_id: caseId, resident_id: residentId as string, created_at: at, expires_at: at, submitted_at: at, voided_at: null, outcome: 'inconclusive', reasons: '[]', band: 'unsure',
      frames_received: 5, frames_used: 1, fingerprints: null, challenge: '[]',
    })
    .execute()
  const evidence = createEvidenceService(core, { activity: createActivityService(core), offices: createOfficesService() })
  if (frame) await inUnit(core, (unit) => evidence.keep(unit, caseId, id, [frame]))
  return id
}

/** A re-binding whose phone has confirmed and whose face could not be told, as it stands before a decision. */
export async function openVisit(app: TestApp, { client, token }: Seat): Promise<string> {
  const { id: residentId } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
  const opened = await client.send({ method: 'POST', path: routes.cases.open.path, token, body: { from: 'lookup', kind: 'rebinding', residentId, purpose: 'lost-phone' } })
  const id = String(opened.body['id'])
  await app.store.updateTable('desk_case').set({ state: 'awaiting-decision', capture_outcome: 'inconclusive', confirmed_at: app.clock.now() }).where('id', '=', id).execute()
  return id
}

/** Requests about one case, from one seat. */
export function at({ client, token }: Seat, caseId: string) {
  const post = (path: string, body: object) => client.send({ method: 'POST', path: `/v1/cases/${caseId}/${path}`, token, body })
  return {
    get: () => client.send({ method: 'GET', path: `/v1/cases/${caseId}`, token }),
    ask: (outcome: 'approve' | 'refuse' = 'approve') => post('supervision', { outcome, reason: 'Kacamata baru' }),
    start: (body: Partial<ApprovalStart> | object = {}) => post('approval-tickets', { outcome: 'approve', way: 'pin', username: 'supervisor.satu', pin: testApprovalPin, ...body }),
    startAtOwnDesk: () => post('approval-tickets', { outcome: 'approve', way: 'own-desk' }),
    look: (ticket: unknown) => post('approval-looks', { ticket }),
    approve: (body: object) => post('approvals', body),
    decide: (outcome: 'approve' | 'refuse') => post('decision', { outcome, ...(outcome === 'refuse' ? { reason: 'x' } : {}) }),
    takeOver: (version: unknown) => post('takeover', { version }),
  }
}

export const demandOf = (answer: TestAnswer): ApprovalDemand => answer.body as unknown as ApprovalDemand

/** A supervisor's whole approval at the case's desk: PIN, both pictures, a code. */
export async function approveByPin(app: TestApp, seat: Seat, caseId: string, username = 'supervisor.satu'): Promise<TestAnswer> {
  const { start, look, approve } = at(seat, caseId)
  const { ticket } = demandOf(await start({ username }))
  await look(ticket)
  await forgetTotpSteps(app.store)
  return approve({ ticket, totp: totpCode(app.clock.now()) })
}

/** `done`, or why not. */
export const outcomeOf = ({ status, body }: TestAnswer): string => (status < 300 ? 'done' : String(body['code']))
