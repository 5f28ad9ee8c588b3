import type { AnswerOf, Factor, OwnSession, PasskeyAttestation, routes } from '@ikd/contract'

export type NewTotp = AnswerOf<typeof routes.staff.startTotp>
export type NewPasskey = AnswerOf<typeof routes.staff.startPasskey>

/** What a member of staff may do with the own account. Every method rejects with DomainError or NetworkError. */
export interface AccountApi {
  factors(): Promise<readonly Factor[]>
  startTotp(label: string): Promise<NewTotp>
  confirmTotp(factorId: string, code: string): Promise<Factor>
  startPasskey(): Promise<NewPasskey>
  confirmPasskey(ticket: string, label: string, passkey: PasskeyAttestation): Promise<Factor>
  removeFactor(factorId: string): Promise<void>
  changePassword(current: string, next: string): Promise<void>
  sessions(): Promise<readonly OwnSession[]>
  endOtherSessions(): Promise<void>
}
