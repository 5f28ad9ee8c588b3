import { randomBytes } from 'node:crypto'
import { decodeBase45, encodeBase45, type ProblemCode, presentationPrefix, type Scan } from '@ikd/contract'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HolderCaller, VerifierCaller } from '../../caller.ts'
import { day, hour, minute, second } from '../../clock.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { registrationTopic, type Signal } from '../../signals.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { type TestPhone, unlockTestPhone } from '../../testing/phone.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createBindingsService } from '../bindings/service.ts'
import { createInstitutionsService } from '../institutions/service.ts'
import { createResidentsService } from '../residents/service.ts'
import { createPresentationsService, type PresentationsService } from './service.ts'

const photo = Buffer.from('the photograph of the register')

let core: TestCore
let rows: TestRows
let presentations: PresentationsService
let subjectId: string
let binding: { id: string; registrationId: string; jkt: string }
let phone: TestPhone
let handle: string
let bank: { id: string; number: number; name: string }
let teller: VerifierCaller

beforeEach(async () => {
  core = await createTestCore()
  rows = createTestRows(core)
  const activity = createActivityService(core)
  presentations = createPresentationsService(core, {
    activity,
    bindings: createBindingsService(core, activity),
    institutions: createInstitutionsService(),
    residents: createResidentsService(core, createActivityService(core)),
  })
  subjectId = await rows.resident({ name: 'Siti Rahayu', nik: '3577015705900001', photo })
  binding = await rows.binding(subjectId)
  phone = await unlockTestPhone(core, subjectId, binding)
  handle = await grant(phone)
  bank = await rows.institution('Bank Uji', ['photo', 'name', 'birthDate'])
  teller = await verifierOf(bank.id)
})
afterEach(() => core.close())

/** As the registrar runs it: one transaction, hints after the commit. */
async function inUnit<T>(change: (unit: Unit) => Promise<T>): Promise<T> {
  const hints: [string, Signal][] = []
  const unit = { now: core.clock.now(), announce: (topic: string, signal: Signal) => void hints.push([topic, signal]) }
  const result = await core.store.transaction().execute((work) => change({ ...unit, work }))
  for (const hint of hints) core.signals.publish(...hint)
  return result
}

async function grant(of: TestPhone): Promise<string> {
  const body = await of.grantBody()
  return inUnit((unit) => presentations.grant(unit, of.caller, body))
}

async function verifierOf(institutionId: string): Promise<VerifierCaller> {
  const staff = await rows.verifier(institutionId)
  return { kind: 'verifier', jkt: '', staffId: staff.id, sessionId: '', sessionStartedAt: 0, lastUsedAt: 0, factor: 'none', factorId: null, approvesFrom: 0, name: staff.name, institutionId }
}

async function anotherResident(): Promise<HolderCaller> {
  const residentId = await rows.resident({ name: 'Budi Santoso' })
  return (await unlockTestPhone(core, residentId, await rows.binding(residentId))).caller
}

async function scan(qr: string, by: HolderCaller | VerifierCaller = teller): Promise<Scan> {
  const id = await inUnit((unit) => presentations.scan(unit, by, { qr, purpose: 'Buka rekening' }))
  return presentations.getScan(core.store, id, core.clock.now())
}

async function outcome(qr: string, by?: HolderCaller | VerifierCaller): Promise<ProblemCode | 'scanned'> {
  return scan(qr, by).then(
    () => 'scanned',
    (problem: { code: ProblemCode }) => problem.code,
  )
}

const countScans = async () => (await core.store.selectFrom('scan').select('id').execute()).length

// Grants

it('refuses a presentation key whose possession is not shown', async () => {
  const other = await unlockTestPhone(core, subjectId, binding)
  const body = { publicKey: phone.publicKey, possession: (await other.grantBody()).possession }
  await expect(inUnit((unit) => presentations.grant(unit, phone.caller, body))).rejects.toMatchObject({ code: 'grant-key-invalid' })
  const replayed = await phone.grantBody()
  await expect(inUnit((unit) => presentations.grant(unit, other.caller, replayed))).rejects.toMatchObject({ code: 'grant-key-invalid' })
})

it('refuses a presentation key that is no point of the curve', async () => {
  const { possession } = await phone.grantBody()
  const publicKey = { ...phone.publicKey, y: phone.publicKey.x }
  await expect(inUnit((unit) => presentations.grant(unit, phone.caller, { publicKey, possession }))).rejects.toMatchObject({ code: 'grant-key-invalid' })
})

it('grants ten minutes, and never beyond the unlock it came from', async () => {
  expect((await presentations.getGrant(core.store, handle)).expiresAt).toBe(core.clock.now() + 10 * minute)
  const unlockedUntil = core.clock.now() + 10 * minute
  core.clock.advance(9 * minute)
  expect((await presentations.getGrant(core.store, await grant(phone))).expiresAt).toBe(unlockedUntil)
})

it('gives a nonce with a grant that makes its first QR fresh', async () => {
  const { epoch } = await presentations.getGrant(core.store, handle)
  expect(epoch.serverTime).toBe(core.clock.now())
  expect(await scan(await phone.qr(handle, { nonce: epoch.nonce }))).toMatchObject({ freshness: 'fresh' })
})

it('ends a binding’s earlier grants with a new one', async () => {
  const early = await phone.qr(handle)
  const next = await grant(await unlockTestPhone(core, subjectId, binding))
  expect(next).not.toBe(handle)
  expect(await outcome(early)).toBe('presentation-expired')
})

// One scan, one winner

it('lets exactly one of fifty scans at the same time win', async () => {
  const qr = await phone.qr(handle)
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(qr)))
  expect(outcomes.filter((one) => one === 'scanned')).toHaveLength(1)
  expect(outcomes.filter((one) => one === 'presentation-already-used')).toHaveLength(49)
  expect(await countScans()).toBe(1)
})

it('knows a used QR again under another signature of the same key', async () => {
  const qr = await phone.qr(handle)
  expect(await outcome(qr)).toBe('scanned')
  // ECDSA: with (r, s), (r, n − s) verifies too; the text differs from end to end.
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const bytes = Buffer.from(decodeBase45(qr.slice(presentationPrefix.length)) as Uint8Array)
  const s = BigInt(`0x${bytes.subarray(-32).toString('hex')}`)
  bytes.set(Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex'), bytes.length - 32)
  expect(await outcome(presentationPrefix + encodeBase45(bytes))).toBe('presentation-already-used')
})

it('knows a used id again under other claims', async () => {
  const id = randomBytes(8)
  expect(await outcome(await phone.qr(handle, { id }))).toBe('scanned')
  expect(await outcome(await phone.qr(handle, { id, fields: ['name'] }))).toBe('presentation-already-used')
  expect(await outcome(await phone.qr(handle))).toBe('scanned')
})

// Time

it('lets a fresh QR die 90 s after its nonce by the server’s clock, whatever time it claims', async () => {
  const { nonce, issuedAt } = core.epochNonces.issue()
  const claims = { nonce, issuedAt: core.clock.now() + hour }
  const [early, late] = [await phone.qr(handle, claims), await phone.qr(handle, claims)]
  core.clock.advance(issuedAt + 90 * second - 1 - core.clock.now())
  expect(await outcome(early)).toBe('scanned')
  core.clock.advance(1)
  expect(await outcome(late)).toBe('presentation-expired')
})

it('lets an offline QR die 90 s after the time it claims, and tells the verifier that it was offline', async () => {
  const [early, late] = [await phone.qr(handle, { nonce: 'offline' }), await phone.qr(handle, { nonce: 'offline' })]
  core.clock.advance(90 * second - 1)
  expect(await scan(early)).toMatchObject({ freshness: 'offline' })
  core.clock.advance(1)
  expect(await outcome(late)).toBe('presentation-expired')
})

it('takes an offline QR made ahead, at its time and not before', async () => {
  const ahead = await phone.qr(handle, { nonce: 'offline', issuedAt: core.clock.now() + 5 * minute })
  expect(await outcome(ahead)).toBe('presentation-expired')
  core.clock.advance(5 * minute)
  expect(await outcome(ahead)).toBe('scanned')
})

it('takes nothing once the grant is dead', async () => {
  core.clock.advance(10 * minute)
  expect(await outcome(await phone.qr(handle))).toBe('presentation-expired')
  expect(await outcome(await phone.qr(handle, { nonce: 'offline' }))).toBe('presentation-expired')
})

// Whose it is

it.each(['blocked', 'suspended', 'released'] as const)('takes nothing from a %s phone', async (state) => {
  const qr = await phone.qr(handle)
  await core.store.updateTable('binding').set({ state }).where('id', '=', binding.id).execute()
  expect(await outcome(qr)).toBe('presentation-blocked')
  expect(await countScans()).toBe(0)
})

it('takes nothing under a grant from before a suspension, once that is lifted', async () => {
  core.clock.advance(1)
  await core.store.updateTable('binding').set({ state: 'active', valid_from: core.clock.now() }).where('id', '=', binding.id).execute()
  expect(await outcome(await phone.qr(handle))).toBe('presentation-blocked')
  expect(await countScans()).toBe(0)
})

it('calls a QR forged with another key not ours, even of a blocked phone or a dead grant', async () => {
  const forger = await unlockTestPhone(core, subjectId, binding)
  expect(await outcome(await forger.qr(handle))).toBe('presentation-not-ours')
  await core.store.updateTable('binding').set({ state: 'blocked' }).where('id', '=', binding.id).execute()
  core.clock.advance(hour)
  expect(await outcome(await forger.qr(handle))).toBe('presentation-not-ours')
})

it('calls a QR of a handle nobody was granted not ours', async () => {
  expect(await outcome(await phone.qr(randomBytes(16).toString('base64url')))).toBe('presentation-not-ours')
})

it('calls a QR with a nonce we never gave not ours, one of another use included', async () => {
  expect(await outcome(await phone.qr(handle, { nonce: randomBytes(12).toString('base64url') }))).toBe('presentation-not-ours')
  expect(await outcome(await phone.qr(handle, { nonce: core.proofNonces.issue().nonce }))).toBe('presentation-not-ours')
})

it.each<[string, (qr: string) => string]>([
  ['lower case', (qr) => qr.toLowerCase()],
  ['a lower-case body', (qr) => presentationPrefix + qr.slice(presentationPrefix.length).toLowerCase()],
  ['trailing garbage', (qr) => `${qr}AB`],
  ['a trailing blank', (qr) => `${qr} `],
  ['a trailing byte', (qr) => `${qr}00`],
  ['a leading blank', (qr) => ` ${qr}`],
  ['another prefix', (qr) => qr.replace('IKD1:', 'IKD2:')],
  ['its end cut off', (qr) => qr.slice(0, -3)],
])('has one spelling: %s is not ours, and the QR stays unconsumed', async (_what, alter) => {
  const qr = await phone.qr(handle)
  expect(await outcome(alter(qr))).toBe('presentation-not-ours')
  expect(await outcome(qr)).toBe('scanned')
})

it('calls any other text not ours, without a stumble', async () => {
  const real = await phone.qr(handle)
  const body = decodeBase45(real.slice(presentationPrefix.length)) as Uint8Array
  const text = fc.oneof(
    fc.string({ minLength: 1, maxLength: 1024 }),
    fc.string({ maxLength: 1000 }).map((rest) => presentationPrefix + rest),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => presentationPrefix + encodeBase45(bytes)),
    // A real one with one byte changed.
    fc.tuple(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
      const bytes = Uint8Array.from(body)
      bytes[at] = (bytes[at] as number) ^ flip
      return presentationPrefix + encodeBase45(bytes)
    }),
  )
  await fc.assert(
    fc.asyncProperty(text, async (qr) => {
      expect(await outcome(qr)).toBe('presentation-not-ours')
    }),
    { numRuns: 300 },
  )
  expect(await outcome(real)).toBe('scanned')
})

// For whom it is

it('does not let the wrong audience consume a QR', async () => {
  const other = await verifierOf((await rows.institution('Apotek Uji', ['photo'])).id)
  const passerBy = await anotherResident()
  const forBank = await phone.qr(handle, { audience: { to: 'institution', number: bank.number } })
  expect(await outcome(forBank, other)).toBe('presentation-wrong-audience')
  expect(await outcome(forBank, passerBy)).toBe('presentation-wrong-audience')
  expect(await outcome(forBank, teller)).toBe('scanned')

  const forResident = await phone.qr(handle, { audience: { to: 'resident' } })
  expect(await outcome(forResident, teller)).toBe('presentation-wrong-audience')
  expect(await outcome(forResident, passerBy)).toBe('scanned')
})

it('does not let holders scan themselves', async () => {
  const qr = await phone.qr(handle, { audience: { to: 'resident' } })
  expect(await outcome(qr, phone.caller)).toBe('presentation-wrong-audience')
  expect(await outcome(qr, await anotherResident())).toBe('scanned')
})

// What is disclosed

it('gives an institution what it registered of what was offered, with the server’s photograph', async () => {
  const answer = await scan(await phone.qr(handle, { fields: ['name', 'nik', 'address', 'birthDate'] }))
  expect(answer).toMatchObject({
    fields: ['photo', 'name', 'birthDate'],
    purpose: 'Buka rekening',
    visibleUntil: core.clock.now() + minute,
    disclosed: {
      photo: photo.toString('base64'),
      values: [
        { field: 'name', value: 'Siti Rahayu' },
        { field: 'birthDate', value: '1990-05-17' },
      ],
    },
  })
  expect(JSON.stringify(answer)).not.toContain('3577015705900001')
})

it('gives another resident photo and name at most', async () => {
  const answer = await scan(await phone.qr(handle, { audience: { to: 'resident' }, fields: ['photo', 'name', 'nik', 'address'] }), await anotherResident())
  expect(answer).toMatchObject({
    fields: ['photo', 'name'],
    newlyBound: false,
    disclosed: { photo: photo.toString('base64'), values: [{ field: 'name', value: 'Siti Rahayu' }] },
  })
})

it('gives the same answer again for a minute, then the receipt without values', async () => {
  const id = await inUnit(async (unit) => presentations.scan(unit, teller, { qr: await phone.qr(handle), purpose: 'Buka rekening' }))
  const first = await presentations.getScan(core.store, id, core.clock.now())
  core.clock.advance(minute - 1)
  expect(await presentations.getScan(core.store, id, core.clock.now())).toEqual(first)
  core.clock.advance(1)
  const { disclosed, ...receipt } = first
  expect(disclosed).toBeDefined()
  expect(await presentations.getScan(core.store, id, core.clock.now())).toEqual(receipt)
})

it('tells institutions for 24 hours that a person has a new phone, and of nobody’s first phone', async () => {
  expect(await scan(await phone.qr(handle))).toMatchObject({ newlyBound: false })
  await core.store.updateTable('binding').set({ state: 'blocked' }).where('id', '=', binding.id).execute()
  const newBinding = await rows.binding(subjectId)
  const scanWithNewPhone = async () => {
    const newPhone = await unlockTestPhone(core, subjectId, newBinding)
    return scan(await newPhone.qr(await grant(newPhone)))
  }
  expect(await scanWithNewPhone()).toMatchObject({ newlyBound: true })
  core.clock.advance(day - 1)
  expect(await scanWithNewPhone()).toMatchObject({ newlyBound: true })
  core.clock.advance(1)
  expect(await scanWithNewPhone()).toMatchObject({ newlyBound: false })
})

// Receipts

it('tells the subject who scanned, for what and which fields, with a hint to the phone', async () => {
  const hints: Signal[] = []
  core.signals.subscribe(registrationTopic(binding.registrationId), (signal) => hints.push(signal))
  await scan(await phone.qr(handle, { fields: ['name', 'nik'] }))
  expect(hints).toEqual([{ type: 'scanned' }])
  const { entries } = await createActivityService(core).page(core.store, subjectId)
  expect(entries).toEqual([
    expect.objectContaining({ kind: 'scanned-by-institution', actor: 'Bank Uji', purpose: 'Buka rekening', fields: ['photo', 'name'] }),
  ])
})

it('gives both residents a receipt, the subject’s without the verifier’s name', async () => {
  const verifier = await anotherResident()
  await scan(await phone.qr(handle, { audience: { to: 'resident' } }), verifier)
  const activity = createActivityService(core)
  expect((await activity.page(core.store, subjectId)).entries).toMatchObject([{ kind: 'scanned-by-resident', actor: 'another resident' }])
  const [receipt] = (await activity.page(core.store, verifier.residentId)).entries
  expect(receipt).toMatchObject({ kind: 'scanned-resident', purpose: 'Buka rekening', fields: ['photo', 'name'] })
  expect(receipt).not.toHaveProperty('actor')
})

it('leaves no trace of a scan that was refused', async () => {
  const qr = await phone.qr(handle)
  await scan(qr)
  await outcome(qr)
  expect((await createActivityService(core).page(core.store, subjectId)).entries).toHaveLength(1)
  expect(await core.store.selectFrom('scan_pending').selectAll().execute()).toHaveLength(1)
})

it('keeps names of fields in what is signed, no values and no NIK', async () => {
  await scan(await phone.qr(handle, { fields: ['name', 'nik', 'birthDate'] }))
  const [kept] = await core.store.selectFrom('scan').selectAll().execute()
  expect(JSON.stringify(kept)).not.toMatch(/Siti|3577015705900001|1990-05-17/)
})

it('lists each verifier’s own receipts, newest first, twenty a page, none lost between pages', async () => {
  for (let i = 0; i < 25; i++) {
    await scan(await phone.qr(handle))
    if (i % 3 === 0) core.clock.advance(1)
  }
  await scan(await phone.qr(handle), await verifierOf(bank.id))
  const first = await presentations.list(core.store, teller)
  const second = await presentations.list(core.store, teller, first.next)
  const all = [...first.scans, ...second.scans]
  expect(first.scans.length).toBeLessThanOrEqual(20)
  expect(second.next).toBeUndefined()
  expect(new Set(all.map(({ id }) => id)).size).toBe(25)
  expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a))
  expect(all[0]).toMatchObject({ by: teller.name, purpose: 'Buka rekening', fields: ['photo', 'name'] })
  expect(JSON.stringify(all)).not.toContain('Siti')
})

it('lists a resident’s own receipts', async () => {
  const verifier = await anotherResident()
  await scan(await phone.qr(handle, { audience: { to: 'resident' } }), verifier)
  expect((await presentations.list(core.store, verifier)).scans).toMatchObject([{ by: 'Budi Santoso' }])
  expect((await presentations.list(core.store, phone.caller)).scans).toEqual([])
})
