import type { CaptureOutcome } from '@ikd/contract'
import type { Stage } from './stage.ts'

/** What a capture leaves behind, without the seconds of a processor it takes: for stories about what comes after it. */
export async function writeVerdict(stage: Stage, caseId: string, outcome: CaptureOutcome): Promise<void> {
  await stage.store
    .updateTable('desk_case')
    .set((set) => ({ state: 'awaiting-decision', capture_outcome: outcome, version: set('version', '+', 1) }))
    .where('id', '=', caseId)
    .where('state', 'in', ['awaiting-capture', 'awaiting-decision'])
    .execute()
}
