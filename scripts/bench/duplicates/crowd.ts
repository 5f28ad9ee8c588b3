import { randomBytes } from 'node:crypto'
import { type Template, templateLength, templateModel } from '@ikd/face'
import { createEnvelope, openStore, type Store, templateContext } from '@ikd/server'
import { createRandom } from '../../demo/population/random.ts'

/** Variance of the first direction, and by how much each further one has less: some 27 directions that count, as in real templates. */
const decay = 0.93
/** Squared mean distance of strangers hard to tell apart, halved: what one template varies by. */
const variance = 0.642 ** 2 / 2

export interface Crowd {
  next(): Template
}

/** Templates of people who do not exist, spread like those of strangers of one sex and region; the same for the same seed. */
export function createCrowd(seed: string): Crowd {
  const random = createRandom(seed)
  const share = () => random.integer(1, 2 ** 30) / 2 ** 30
  const gauss = () => Math.sqrt(-2 * Math.log(share())) * Math.cos(2 * Math.PI * share())
  const widths = Array.from({ length: templateLength }, (_, i) => Math.sqrt(variance * (1 - decay) * decay ** i))
  // What all faces have in common.
  const middle = 1.3 / Math.sqrt(templateLength)
  return { next: () => ({ model: templateModel, values: Float32Array.from(widths, (width) => middle + width * gauss()) }) }
}

/** A database whose table holds so many sealed templates, all of one visit: the search knows each by its id alone. */
export async function fillTable(database: string, masterKey: Uint8Array, count: number): Promise<Store> {
  const store = await openStore(database)
  const envelope = createEnvelope(masterKey, randomBytes)
  const crowd = createCrowd('templates')
  const at = 1
  await store.insertInto('office').values({ id: 'o', name: 'o', address: '', hours: '', area_codes: '[]', rollout_from: null, powers: null }).execute()
  await store.insertInto('workstation').values({ id: 'w', office_id: 'o', label: 'w', jkt: 'w', powers: '[]', enrolled_at: at, revoked_at: null }).execute()
  await store.insertInto('staff').values({ id: 's', username: 's', name: 's', role: 'officer', office_id: 'o', institution_id: null, password_hash: '' }).execute()
  await store
    .insertInto('family')
    .values({ number: 'f', address: '', neighbourhood: '', village_code: '', village: '', district: '', regency: '', province: '', postal_code: '' })
    .execute()
  await store
    .insertInto('resident')
    .values({
      id: 'r', nik: 'r', name: 'r', birth_place: '', birth_date: '1990-01-01', sex: 'female', blood_type: null, religion: '', marital_status: 'single', occupation: '',
      nationality: '', family_number: 'f', relationship: 'head', recorded: 1, ktp_issued: 1, alive: 1,
    })
    .execute()
  await store
    .insertInto('desk_case')
    .values({
      id: 'c', kind: 'activation', state: 'completed', version: 1, office_id: 'o', workstation_id: 'w', officer_id: 's', resident_id: 'r', registration_id: null,
      eligibility: '[]', opened_at: at, closed_at: at, confirmation_tries: 0,
    })
    .execute()
  const together = 500
  for (let first = 0; first < count; first += together) {
    const ids = Array.from({ length: Math.min(together, count - first) }, (_, i) => `template-${String(first + i).padStart(9, '0')}`)
    await store.transaction().execute(async (work) => {
      await work
        .insertInto('capture')
        .values(
          ids.map((id) => ({
            id, case_id: 'c', resident_id: 'r', created_at: at, expires_at: at, submitted_at: at, voided_at: null, outcome: 'match' as const, reasons: '[]', band: 'near' as const,
            frames_received: 5, frames_used: 5, fingerprints: null, challenge: '[]',
          })),
        )
        .execute()
      await work
        .insertInto('face_template')
        .values(
          ids.map((id) => ({
            capture_id: id, case_id: 'c', resident_id: 'r', model: templateModel, sealed: envelope.seal(Buffer.from(crowd.next().values.buffer), templateContext(id)),
            created_at: at, enrolled_at: at, bound_at: at,
          })),
        )
        .execute()
    })
  }
  return store
}
