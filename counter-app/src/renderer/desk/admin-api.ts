import type { Alert, AnswerOf, OfficeMember, OfficeSession, OfficeWorkstation, routes, WorkstationPower } from '@ikd/contract'

export type OneTimeCode = AnswerOf<typeof routes.admin.makeEnrolment>

/** What an admin may do for the own office, and the alerts supervisors see too. Every method rejects with DomainError or NetworkError. */
export interface AdminApi {
  staff(): Promise<readonly OfficeMember[]>
  unlock(staffId: string): Promise<OfficeMember>
  /** Takes the second factors away and ends the colleague's sessions. */
  resetFactors(staffId: string): Promise<OneTimeCode>
  sessions(): Promise<readonly OfficeSession[]>
  endSession(sessionId: string): Promise<void>
  workstations(): Promise<{ readonly workstations: readonly OfficeWorkstation[]; readonly freeNumber: number; readonly powers: readonly WorkstationPower[] }>
  makeEnrolment(label: string, powers: readonly WorkstationPower[]): Promise<OneTimeCode>
  revokeWorkstation(workstationId: string): Promise<void>
  alerts(): Promise<{ readonly alerts: readonly Alert[]; readonly unseen: number }>
  markSeen(alertId: string): Promise<Alert>
}
