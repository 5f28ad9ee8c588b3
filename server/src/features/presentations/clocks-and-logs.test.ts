import { parsePresentation, type ProblemCode, type Scan } from '@ikd/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InstitutionCaller } from '../../caller.ts'
import { minute, second } from '../../clock.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { type QrContent, type TestPhone, unlockTestPhone } from '../../testing/phone.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createBindingsService } from '../bindings/service.ts'
import { createInstitutionsService } from '../institutions/service.ts'
import { createResidentsService } from '../residents/service.ts'
import { createPresentationsService, type PresentationsService } from './service.ts'

let core: TestCore
let rows: TestRows
let presentations: PresentationsService
let residentId: string
let binding: { id: string; registrationId: string; jkt: string }

beforeEach(async () => {
  core = await createTestCore()
  rows = createTestRows(core)
  const activity = createActivityService(core)
  const residents = createResidentsService(core, activity)
  presentations = createPresentationsService(core, { activity, bindings: createBindingsService(core, activity), institutions: createInstitutionsService(), residents })
  residentId = await rows.resident({ name: 'Siti Rahayu', photo: Buffer.from('jpeg') })
  binding = await rows.binding(residentId)
})
afterEach(() => core.close())

async function unlock(): Promise<TestPhone & { handle: string }> {
  const phone = await unlockTestPhone(core, residentId, binding)
  const body = await phone.grantBody()
  return { ...phone, handle: await inUnit(core, (unit) => presentations.grant(unit, phone.caller, body)) }
}

async function systemOf(name: string, fields: Parameters<TestRows['institution']>[1], purpose: string): Promise<InstitutionCaller> {
  const { id } = await rows.institution(name, fields, [purpose])
  const systemId = core.ids.next()
  await core.store.insertInto('institution_system').values({ id: systemId, institution_id: id, client_id: name, name, keys: '[]', registered_at: 0, revoked_at: null }).execute()
  return { kind: 'institution', jkt: '', systemId, name, institutionId: id }
}

async function scan(qr: string, caller: InstitutionCaller, purpose: string): Promise<Scan> {
  const id = await inUnit(core, (unit) => presentations.scan(unit, caller, { qr, purpose }))
  return presentations.getScan(core.store, id, core.clock.now())
}

describe('a phone whose clock is wrong', () => {
  let bank: InstitutionCaller
  let phone: TestPhone & { handle: string }
  beforeEach(async () => {
    bank = await systemOf('Bank Uji', ['photo', 'name'], 'Buka rekening')
    phone = await unlock()
  })
  const outcome = (qr: string): Promise<ProblemCode | Scan['freshness']> => scan(qr, bank, 'Buka rekening').then((done) => done.freshness, (problem: { code: ProblemCode }) => problem.code)
  const shown = (off: number, change: QrContent = {}) => phone.qr(phone.handle, { issuedAt: core.clock.now() + off, ...change })

  it.each([-600, -90, 90, 600])('by %i s shows fresh QRs all the same, for the server’s nonce is their time', async (off) => {
    const { nonce } = core.epochNonces.issue()
    const [early, late] = [await shown(off * second, { nonce }), await shown(off * second, { nonce })]
    core.clock.advance(89 * second)
    expect(await outcome(early)).toBe('fresh')
    core.clock.advance(2 * second)
    expect(await outcome(late)).toBe('presentation-expired')
  })

  it.each([-600, -91, 61, 600])('by %i s cannot show offline QRs that live now', async (off) => {
    core.clock.advance(2 * minute)
    expect(await outcome(await shown(off * second, { nonce: 'offline' }))).toBe('presentation-expired')
  })

  it('and jumps backwards draws nothing out: neither a fresh nor an offline QR lives again', async () => {
    const { nonce } = core.epochNonces.issue()
    core.clock.advance(100 * second)
    for (const off of [0, -100 * second, -600 * second]) expect(await outcome(await shown(off, { nonce }))).toBe('presentation-expired')
    const made = await shown(0, { nonce: 'offline' })
    expect(await outcome(made)).toBe('offline')
    expect(await outcome(made)).toBe('presentation-already-used')
    core.clock.advance(91 * second)
    expect(await outcome(await shown(-91 * second, { nonce: 'offline' }))).toBe('presentation-expired')
  })

  it('or that makes QRs ahead offline, reaches the end of its grant and not a second further', async () => {
    const ahead = await Promise.all([1, 5, 9].map((after) => shown(after * minute, { nonce: 'offline' })))
    const beyond = await shown(10 * minute, { nonce: 'offline' })
    for (const [i, qr] of ahead.entries()) {
      core.clock.advance(i === 0 ? minute : 4 * minute)
      expect(await outcome(qr)).toBe('offline')
    }
    core.clock.advance(minute - second)
    expect(await outcome(beyond)).toBe('presentation-expired')
    core.clock.advance(second)
    expect(await outcome(beyond)).toBe('presentation-expired')
  })
})

describe('two institutions that lay their logs side by side', () => {
  /** Every text and number in a value, names of members aside. */
  const leaves = (value: unknown): (string | number)[] =>
    typeof value === 'string' || typeof value === 'number' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []

  async function visit(caller: InstitutionCaller, purpose: string): Promise<unknown[]> {
    core.clock.advance(20 * minute + 777)
    const phone = await unlock()
    const qr = await phone.qr(phone.handle, { fields: ['over17', 'bloodType', 'name'] })
    const { presentation } = parsePresentation(qr) ?? {}
    const read = presentation && [presentation.handle, presentation.id, presentation.nonce ?? ''].map((part) => Buffer.from(part).toString('hex'))
    return [read, presentation?.issuedAt, await scan(qr, caller, purpose), await presentations.list(core.store, caller)]
  }

  it('find nothing in QRs, answers and receipts that says both met the same person', async () => {
    const pub = await systemOf('Kedai Uji', ['over17'], 'Pemeriksaan umur')
    const blood = await systemOf('Palang Uji', ['bloodType'], 'Donor darah')
    await core.store.updateTable('resident').set({ blood_type: 'AB' }).where('id', '=', residentId).execute()
    const [one, two] = [await visit(pub, 'Pemeriksaan umur'), await visit(blood, 'Donor darah')]
    const common = leaves(one).filter((leaf) => leaves(two).includes(leaf))
    // That both were fresh scans is all they share.
    expect(new Set(common)).toEqual(new Set(['fresh']))
    const kept = JSON.stringify([one, two])
    for (const secret of [residentId, binding.id, binding.registrationId, binding.jkt, 'Siti Rahayu']) expect(kept).not.toContain(secret)
  })

  it('find nothing of it even when one meets the same person twice', async () => {
    const pub = await systemOf('Kedai Uji', ['over17'], 'Pemeriksaan umur')
    const first = await visit(pub, 'Pemeriksaan umur')
    const second = await visit(pub, 'Pemeriksaan umur')
    // The second page of receipts holds the first scan again: compared are what each QR and answer brought.
    const common = leaves(first.slice(0, 3)).filter((leaf) => leaves(second.slice(0, 3)).includes(leaf))
    expect(new Set(common)).toEqual(new Set(['fresh', 'Pemeriksaan umur', 'over17', 'yes']))
  })
})
