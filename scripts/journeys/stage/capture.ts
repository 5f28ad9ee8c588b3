import type { Case } from '@ikd/contract'
import { type DemoFace, probeBurst } from '../../demo/faces.ts'
import type { Desk } from './desk.ts'

/**
 * As often as it takes: a face that is compared, or three tries after which a supervisor may be asked. Of some residents the
 * demo has no other picture than the one on record, which is no face before the camera.
 *
 * @param first moment of the first frame; another one is another visit
 */
export async function captureToTheEnd(desk: Desk, caseId: string, face: DemoFace, first = 0): Promise<Case> {
  const once = await desk.capture(caseId, await probeBurst(face, 5, first))
  if (once.captures.at(-1)?.outcome !== 'failure-to-acquire') return once
  await desk.capture(caseId, await probeBurst(face, 2, first + 50))
  return desk.capture(caseId, await probeBurst(face, 2, first + 100))
}
