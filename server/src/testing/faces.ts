import { randomBytes } from 'node:crypto'
import { templateLength, templateModel } from '@ikd/face'
import { templateContext } from '../features/templates/service.ts'
import { createEnvelope } from '../security/envelope.ts'
import type { TestApp } from './app.ts'

/** A face nobody has: about 1.4 from any other of these. */
export function inventFace(): Float32Array {
  return direction(1)
}

/** A face at this distance from another. */
export function faceNear(face: Float32Array, distance: number): Float32Array {
  const off = direction(distance)
  return face.map((value, i) => value + off[i]!)
}

function direction(length: number): Float32Array {
  const values = Float32Array.from({ length: templateLength }, () => randomBytes(4).readInt32LE())
  const scale = length / Math.hypot(...values)
  return values.map((value) => value * scale)
}

/** As if the case's burst had shown this face. */
export async function showFace(test: Pick<TestApp, 'store' | 'secrets' | 'clock' | 'nextId'>, caseId: string, values: Float32Array, model = templateModel): Promise<string> {
  const { resident_id: residentId } = await test.store.selectFrom('desk_case').select('resident_id').where('id', '=', caseId).executeTakeFirstOrThrow()
  const [id, at] = [test.nextId(), test.clock.now()]
  await test.store
    .insertInto('capture')
    .values({
      id, case_id: caseId, resident_id: residentId ?? '', created_at: at, expires_at: at, submitted_at: at, voided_at: null, outcome: 'match', reasons: '[]',
      band: 'near', frames_received: 5, frames_used: 5, fingerprints: null, challenge: '[]',
    })
    .execute()
  const sealed = createEnvelope(test.secrets.masterKey, randomBytes).seal(Buffer.from(values.buffer), templateContext(id))
  await test.store
    .insertInto('face_template')
    .values({ capture_id: id, case_id: caseId, resident_id: residentId ?? '', model, sealed, created_at: at, enrolled_at: null, bound_at: null })
    .execute()
  return id
}
