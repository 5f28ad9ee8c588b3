import type { AnswerOf, ApprovalDemand, ApprovalStart, BlockReason, BodyOf, Case, CaseSummary, QueryOf, routes } from '@ikd/contract'

export type CaseGroup = QueryOf<typeof routes.cases.list>['group']
export type Outcome = 'approve' | 'refuse'
export type CaptureChallenge = AnswerOf<typeof routes.cases.startCapture>
export type CaptureFrames = BodyOf<typeof routes.cases.submitCapture>
export type ResidentSearch = BodyOf<typeof routes.residents.search>
export type FoundResident = AnswerOf<typeof routes.residents.search>['residents'][number]
export type CaseOpening = BodyOf<typeof routes.cases.open>
export type ServiceRecord = BodyOf<typeof routes.cases.recordService>
/** Both pictures for whoever approves, base64 JPEG; the live one is absent where the visit kept none. */
export type ApprovalFaces = AnswerOf<typeof routes.cases.lookForApproval>
export type ApprovalProof = BodyOf<typeof routes.cases.approve>
export type NewContact = BodyOf<typeof routes.cases.changeContact>
/** What is kept of a case's captures: frames in base64 JPEG, earliest capture first. */
export type Evidence = AnswerOf<typeof routes.cases.evidence>
export type CancelReason = BodyOf<typeof routes.cases.cancel>['reason']

/** What the screens may ask of the server. Every method rejects with DomainError or NetworkError and may be called again. */
export interface DeskApi {
  listCases(group: CaseGroup): Promise<readonly CaseSummary[]>
  getCase(caseId: string): Promise<Case>
  openCase(opening: CaseOpening): Promise<Case>
  /** @param version the case as it was seen */
  takeOver(caseId: string, version: number): Promise<Case>
  attachPhone(caseId: string, qr: string): Promise<Case>
  startCapture(caseId: string): Promise<CaptureChallenge>
  submitCapture(caseId: string, captureId: string, frames: CaptureFrames): Promise<Case>
  /** Base64 of the KTP-el photograph. */
  getReference(caseId: string): Promise<string>
  /** For supervisors and admins; audited, and told to the resident with the reason, every time. */
  lookAtEvidence(caseId: string, reason: string): Promise<Evidence>
  askSupervisor(caseId: string, outcome: Outcome, reason: string): Promise<Case>
  /** A ticket for exactly this case as it stands and this outcome, one of three ways. */
  startApproval(caseId: string, start: ApprovalStart): Promise<ApprovalDemand>
  /** Both pictures; without them no approval is taken. Told to the resident. */
  lookForApproval(caseId: string, ticket: string): Promise<ApprovalFaces>
  /** The supervisor's second factor; spends the ticket. */
  approve(caseId: string, proof: ApprovalProof): Promise<Case>
  decide(caseId: string, outcome: Outcome, reason?: string): Promise<Case>
  correctEmail(caseId: string, email: string): Promise<Case>
  sendNewCode(caseId: string): Promise<Case>
  recordService(caseId: string, request: ServiceRecord): Promise<Case>
  block(caseId: string, reason: BlockReason): Promise<Case>
  changeContact(caseId: string, contact: NewContact): Promise<Case>
  cancel(caseId: string, reason: CancelReason): Promise<Case>
  searchResidents(search: ResidentSearch): Promise<readonly FoundResident[]>
}
