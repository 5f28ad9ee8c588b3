import type { AccountAct, AccountProof, AccountProofDemand, AnswerOf, BodyOf, Factor, OwnSession, PasskeyAttestation, routes } from '@ikd/contract'

export type NewTotp = AnswerOf<typeof routes.staff.startTotp>
export type NewPasskey = AnswerOf<typeof routes.staff.startPasskey>

export type NewPin = BodyOf<typeof routes.staff.setApprovalPin>
export type KnownPin = AnswerOf<typeof routes.staff.approvalPin>

/** What a member of staff may do with the own account. Every method rejects with DomainError or NetworkError. */
export interface AccountApi {
  factors(): Promise<readonly Factor[]>
  /** What must be proved for this act; the acts that follow take that proof, none where nothing is needed. */
  startProof(act: AccountAct, factorId?: string): Promise<AccountProofDemand>
  startTotp(label: string, proof: AccountProof | undefined): Promise<NewTotp>
  confirmTotp(factorId: string, code: string): Promise<Factor>
  startPasskey(proof: AccountProof | undefined): Promise<NewPasskey>
  confirmPasskey(ticket: string, label: string, passkey: PasskeyAttestation): Promise<Factor>
  removeFactor(factorId: string, proof: AccountProof | undefined): Promise<void>
  /** The new second step is the own. */
  acknowledgeFactor(factorId: string): Promise<void>
  /** For supervisors and admins. */
  approvalPin(): Promise<KnownPin>
  setApprovalPin(pin: NewPin): Promise<KnownPin>
  changePassword(current: string, next: string, proof: AccountProof | undefined): Promise<void>
  sessions(): Promise<readonly OwnSession[]>
  endOtherSessions(): Promise<void>
}
