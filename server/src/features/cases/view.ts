import type { Case, CaseAction, EligibilityRule, ServiceRequest } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Queries } from '../../database/store.ts'
import { maskEmail, maskPhone } from '../../mask.ts'
import type { Binding } from '../bindings/service.ts'
import type { ActivationView } from '../activations/service.ts'
import { confirmationTries } from './confirmation.ts'
import type { CasesDependencies } from './dependencies.ts'
import type { CaseFaces } from './faces.ts'
import type { CasePhones } from './phones.ts'
import type { CaseDecisions } from './decisions.ts'
import { actionsOf, endStates, isSupervisorDue } from './machine.ts'
import { hasPowerFor } from './opening.ts'
import { type CaseRow, modelOf } from './repository.ts'
import { isInHand } from './takeover.ts'

interface ViewDependencies extends CasesDependencies {
  readonly phones: Pick<CasePhones, 'countBlocksLeft'>
  readonly decisions: Pick<CaseDecisions, 'findApprovalRefusal'>
  readonly faces: Pick<CaseFaces, 'findGround'>
  readonly codeOf: (row: CaseRow) => string | undefined
}

/** The whole of a case as the desk may see it. */
export async function viewCase(
  queries: Queries,
  row: CaseRow,
  caller: DeskCaller,
  on: ViewDependencies,
): Promise<Case> {
  const office = await on.offices.get(queries, row.office_id)
  const binding = row.binding_id ? await on.bindings.get(queries, row.binding_id) : undefined
  const registrationId = row.registration_id ?? binding?.registrationId
  // Forgotten, perhaps, since.
  const registration = registrationId ? await on.registrations.find(queries, registrationId) : undefined
  const code = on.codeOf(row)
  const activation = await on.activations.findByCase(queries, row.id)
  const decidedBy = row.decided_by ? await on.staff.getName(queries, row.decided_by) : undefined
  const supervisedBy = row.supervision_by ? await on.staff.getName(queries, row.supervision_by) : undefined
  const captureAttemptsLeft = await on.captures.countAttemptsLeft(queries, row)
  const supervisorDue = isSupervisorDue(modelOf(row), captureAttemptsLeft)
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    version: row.version,
    openedAt: row.opened_at,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    office: { id: office.id, name: office.name, address: office.address },
    workstation: await workstationLabel(queries, row.workstation_id),
    officer: { id: row.officer_id, name: await on.staff.getName(queries, row.officer_id) },
    here: isInHand(caller, row),
    ...(row.resident_id ? { resident: await viewResident(queries, row.resident_id, on) } : {}),
    eligibility: JSON.parse(row.eligibility) as { rule: EligibilityRule; passed: boolean }[],
    ...(registration
      ? { contact: { emailMasked: maskEmail(registration.email), phoneMasked: maskPhone(registration.phone) } }
      : {}),
    ...(code
      ? {
          confirmation: {
            code,
            triesLeft: Math.max(0, confirmationTries - row.confirmation_tries),
            ...(row.confirmed_at === null ? {} : { confirmedAt: row.confirmed_at }),
          },
        }
      : {}),
    captureAttemptsLeft,
    captures: [...(await on.captures.list(queries, row.id))],
    supervisorDue,
    referenceReleased: (await on.faces.findGround(queries, caller, row)) !== undefined,
    ...(row.supervision_outcome && row.supervision_asked_at !== null
      ? {
          supervision: {
            outcome: row.supervision_outcome,
            reason: row.supervision_reason ?? '',
            askedAt: row.supervision_asked_at,
            ...(supervisedBy ? { approvedBy: supervisedBy } : {}),
          },
        }
      : {}),
    ...(row.decision_outcome && row.decided_at !== null && decidedBy
      ? {
          decision: {
            outcome: row.decision_outcome,
            ...(row.decision_reason ? { reason: row.decision_reason } : {}),
            at: row.decided_at,
            officer: decidedBy,
          },
        }
      : {}),
    ...(activation && row.registration_id ? { activation: await viewActivation(queries, row.registration_id, activation, on) } : {}),
    serviceRequests: await listServiceRequests(queries, row.id),
    ...(binding ? { phone: viewPhone(binding) } : {}),
    ...(row.kind === 'block' ? { block: await viewBlock(queries, row, caller, on.phones) } : {}),
    ...(row.kind === 'contact' ? await viewContactChange(queries, row, on) : {}),
    actions: isInHand(caller, row) ? [...actionsOf(modelOf(row), supervisorDue)] : await actionsOfOthers(queries, row, caller, on),
  }
}

/** What somebody of the office may do who does not have the case: approve it as the second person, or take it over. */
async function actionsOfOthers(queries: Queries, row: CaseRow, caller: DeskCaller, on: ViewDependencies): Promise<CaseAction[]> {
  if (caller.officeId !== row.office_id || endStates.includes(row.state) || !hasPowerFor(caller, row)) return []
  const isAtOwnDesk = caller.workstationId !== row.workstation_id
  const mayApprove = row.state === 'awaiting-supervisor' && isAtOwnDesk && (await on.decisions.findApprovalRefusal(queries, row, caller.staffId)) === undefined
  const mayTake = row.supervision_by !== caller.staffId
  return [...(mayApprove ? ['give-approval' as const] : []), ...(mayTake ? ['take-over' as const] : [])]
}

async function viewResident(queries: Queries, residentId: string, on: CasesDependencies): Promise<NonNullable<Case['resident']>> {
  const resident = await on.residents.get(queries, residentId)
  const bound = await on.bindings.findLatest(queries, residentId)
  return {
    id: resident.id,
    name: resident.name,
    nikMasked: resident.nikMasked,
    birthDate: resident.birthDate,
    address: resident.address,
    hasReference: resident.hasReference,
    ...(bound && bound.state !== 'released' ? { boundDevice: bound.state } : {}),
  }
}

async function viewActivation(
  queries: Queries,
  registrationId: string,
  activation: ActivationView,
  on: CasesDependencies,
): Promise<NonNullable<Case['activation']>> {
  const binding = await on.bindings.findByRegistration(queries, registrationId)
  const bound = binding?.state === 'active' || binding?.state === 'suspended' ? binding.state : 'blocked'
  const device = activation.stage === 'completed' ? bound : activation.stage
  return {
    device,
    mail: activation.mail,
    mailAttempts: activation.mailAttempts,
    ...(activation.mailFailure ? { mailFailure: activation.mailFailure } : {}),
    ...(activation.nextMailAt === undefined ? {} : { nextMailAt: activation.nextMailAt }),
    emailMasked: maskEmail(activation.email),
    ...(activation.codeExpiresAt === undefined ? {} : { codeExpiresAt: activation.codeExpiresAt }),
    resendsLeft: activation.resendsLeft,
    duplicates: await on.searches.findState(queries, activation.caseId),
  }
}

function viewPhone({ boundAt, state, suspendedAt, suspendedBy, endedAt }: Binding): NonNullable<Case['phone']> {
  const since = state === 'suspended' ? suspendedAt : endedAt
  return { boundAt, state, ...(since === null ? {} : { since }), ...(state === 'suspended' && suspendedBy ? { suspendedBy } : {}) }
}

async function viewBlock(queries: Queries, row: CaseRow, caller: DeskCaller, phones: Pick<CasePhones, 'countBlocksLeft'>): Promise<NonNullable<Case['block']>> {
  const left = await phones.countBlocksLeft(queries, caller)
  return { ...(row.block_reason ? { reason: row.block_reason } : {}), officerLeft: left.officer, officeLeft: left.office }
}

async function viewContactChange(queries: Queries, row: CaseRow, on: CasesDependencies): Promise<Pick<Case, 'contactChange'>> {
  const contactChange = await on.contacts.atDesk.findOfCase(queries, row.id)
  return contactChange ? { contactChange } : {}
}

async function listServiceRequests(queries: Queries, caseId: string): Promise<ServiceRequest[]> {
  const rows = await queries.selectFrom('service_request').selectAll().where('case_id', '=', caseId).orderBy('id').execute()
  return rows.map((row) => ({ id: row.id, number: row.number, kind: row.kind, note: row.note, at: row.created_at }))
}

async function workstationLabel(queries: Queries, id: string): Promise<string> {
  return (await queries.selectFrom('workstation').select('label').where('id', '=', id).executeTakeFirstOrThrow()).label
}
