import type { Unit } from '../../plugins/registrar.ts'
import { inUnit } from '../../plugins/registrar.ts'
import type { TestCore } from '../../testing/core.ts'
import { createTestRows } from '../../testing/rows.ts'

/** Acts that leave their traces in the logs. */
export interface Acts {
  decide(core: TestCore, subject: string): Promise<void>
  /** A scan by a bank, recorded by this core's server; returns its id. */
  scan(core: TestCore): Promise<string>
}

export async function createActs(core: TestCore): Promise<Acts> {
  const rows = createTestRows(core)
  const subjectId = await rows.resident()
  const bank = await rows.institution('Bank', ['photo', 'name'])
  const teller = await rows.verifier(bank.id)
  let serial = 0
  return {
    decide: (by, subject) =>
      inUnit(by, ({ work, now }: Unit) => by.audit.append(work, { at: now, actor: { kind: 'staff', id: 'petugas' }, action: 'case.approved', subject, detail: { face: 'match' } })),

    scan: (by) =>
      inUnit(by, async ({ work, now }) => {
        const id = by.ids.next()
        await work
          .insertInto('scan')
          .values({
            id, handle: `handle-${++serial}`, presentation_id: `presentation-${serial}`, at: now, subject_resident_id: subjectId, institution_id: bank.id,
            staff_id: teller.id, verifier_resident_id: null, purpose: 'Buka rekening', fields: '["photo","name"]', freshness: 'fresh', newly_bound: 0,
          })
          .execute()
        await by.audit.awaitBatch(work, id, now)
        by.clock.advance(1)
        return id
      }),
  }
}
