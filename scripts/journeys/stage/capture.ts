import type { Case } from '@ikd/contract'
import type { Sitter } from '../../demo/turning-head/sitter.ts'
import type { Desk } from './desk.ts'

/** As often as it takes: a face that is compared, or three tries after which a supervisor may be asked. */
export async function captureToTheEnd(desk: Desk, caseId: string, sitter: Sitter): Promise<Case> {
  const once = await desk.capture(caseId, sitter)
  if (once.captures.at(-1)?.outcome !== 'failure-to-acquire') return once
  await desk.capture(caseId, sitter)
  return desk.capture(caseId, sitter)
}
