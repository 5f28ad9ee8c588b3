import type { AnswerOf, Duplicate, DuplicateOutcome, routes } from '@ikd/contract'

export type DuplicateFaces = AnswerOf<typeof routes.duplicates.look>

/** Faces of this office's cases that are like somebody else's, for supervisors and admins. Every method rejects with DomainError or NetworkError. */
export interface DuplicatesApi {
  list(): Promise<readonly Duplicate[]>
  /** Both photographs, base64 JPEG; both residents hear of it. */
  look(duplicateId: string): Promise<DuplicateFaces>
  decide(duplicateId: string, outcome: DuplicateOutcome, reason: string): Promise<Duplicate>
  /** The mail of a case whose search cannot be run leaves without it. */
  letGo(caseId: string, reason: string): Promise<Duplicate>
}
