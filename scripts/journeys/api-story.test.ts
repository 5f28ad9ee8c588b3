import { createClient } from '@ikd/client'
import { routes } from '@ikd/contract'
import { createHeadKeys, openSecrets, verifyAudit } from '@ikd/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { photograph, type Sitter } from '../demo/turning-head/sitter.ts'
import { type Desk, makeDesk, makeInstitution } from './stage/desk.ts'
import { confirmLink } from './stage/enrol.ts'
import { awaitLetter, readActivation } from './stage/letter.ts'
import { makePhone, type Phone, solveCaptcha } from './stage/phone.ts'
import { refusal } from './stage/refusal.ts'
import { closeSharedEngine, raiseStage, type Stage } from './stage/stage.ts'
import { writeVerdict } from './stage/verdict.ts'
import { approveCase } from './stage/sign-in.ts'

let stage: Stage
let officer: Desk
let officerBantul: Desk

beforeAll(async () => {
  stage = await raiseStage()
  const sit = (office: string) =>
    makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode(office), username: `petugas.${office}`, password: stage.password })
  officer = await sit('madiun')
  officerBantul = await sit('banguntapan')
}, 120_000)

afterAll(async () => {
  await stage?.close()
  await closeSharedEngine()
})

const nikOf = (part: string) => stage.demo.cast.find((member) => member.part === part)?.nik as string
/** The frames of the first visit, as they were sent. */
let shown: readonly Buffer[] = []
const remembering = (sitter: Sitter): Sitter => async (asked) => {
  const frames = await sitter(asked)
  shown = frames.map(({ jpeg }) => jpeg)
  return frames
}

async function cancel(caseId: string, desk: Desk = officer): Promise<void> {
  await desk.client.call(routes.cases.cancel, { token: desk.token, params: { caseId }, body: { reason: 'left' } })
}

/** Phones that are bound, by NIK: later tests go on with them. */
const phones = new Map<string, { phone: Phone; pin: string }>()

async function activePhone(nik: string): Promise<Phone> {
  const known = phones.get(nik)
  if (!known) throw new Error('this test goes on with a phone an earlier one has bound')
  await known.phone.unlock(known.pin)
  return known.phone
}

/** An approval with a supervisor's help, for the person whose face cannot be told. */
async function approveUncertain(phone: Phone): Promise<void> {
  const opened = await officer.open(await phone.registrationQr())
  await phone.confirmCase(opened.confirmation?.code as string)
  await writeVerdict(stage, opened.id, 'inconclusive')
  const { token, client } = officer
  const params = { caseId: opened.id }
  await client.call(routes.cases.askSupervisor, { token, params, body: { outcome: 'approve', reason: 'Kacamata baru' } })
  await approveCase(officer, opened.id, { username: 'supervisor.madiun' })
  await officer.decide(opened.id, 'approve')
}

/** From registration to an active binding, as the right person. */
async function enrol(phone: Phone, person: { nik: string; email: string; face: string; visit: number }, pin: string): Promise<string> {
  await phone.register(person)
  const opened = await officer.open(await phone.registrationQr())
  await phone.confirmCase(opened.confirmation?.code as string)
  const compared = await officer.capture(opened.id, remembering(stage.sitter(person.face, person.visit)))
  expect(compared.captures.at(-1)).toMatchObject({ outcome: 'match' })
  await officer.decide(opened.id, 'approve')
  const { code, token } = readActivation(await awaitLetter(stage.mailbox, person.email))
  const browser = createClient({ baseUrl: stage.url })
  await browser.call(routes.activation.open, { body: { token } })
  await browser.call(routes.activation.confirm, { body: { token, code, captcha: await solveCaptcha(browser) } })
  await phone.enterCode(code)
  await phone.setPin(pin)
  await phone.unlock(pin)
  phones.set(person.nik, { phone, pin })
  return opened.id
}

describe('the ceremony', () => {
  test('binds a phone to the person at the desk, and her QR is scanned once', async () => {
    const phone = await makePhone(stage.url)
    const person = { nik: nikOf('genuine-pair'), email: 'ratna@contoh.id', face: 'sample3-895', visit: 0 }
    const caseId = await enrol(phone, person, '472915')
    expect(await phone.status()).toMatchObject({ state: 'active' })
    expect(await officer.get(caseId)).toMatchObject({ state: 'completed', activation: { device: 'active', mail: 'accepted' } })

    const identity = await phone.client.call(routes.holder.identity, { token: phone.holderToken() })
    expect(identity.name).toBe('RATNA AYU KUSUMO')
    const bank = await makeInstitution(stage.url, 'teller.bank', stage.password)
    const qr = await phone.presentation({ audience: { to: 'any-institution' }, fields: ['photo', 'name', 'nik'] })
    const seen = await bank.scan(qr)
    expect(seen).toMatchObject({ freshness: 'fresh', fields: ['photo', 'name', 'nik'], newlyBound: false })
    expect(await refusal(bank.scan(qr))).toBe('presentation-already-used')
    const { entries } = await phone.client.call(routes.holder.activity, { token: phone.holderToken() })
    expect(entries[0]).toMatchObject({ kind: 'scanned-by-institution', actor: 'Bank Contoh Nusantara', fields: ['photo', 'name', 'nik'] })

    const older = await phone.client.call(routes.holder.activity, { token: phone.holderToken(), query: { before: entries[0]?.at as number } })
    expect(older.entries.map(({ id }) => id)).not.toContain(entries[0]?.id)

    const documents = await Promise.all(
      (['family-card', 'npwp', 'vaccination', 'vehicle'] as const).map((kind) =>
        phone.client.call(routes.holder.document, { token: phone.holderToken(), params: { kind } }),
      ),
    )
    expect(documents.map((document) => document.state)).not.toContain('unreachable')
  }, 60_000)

  test('keeps the frames a face result rested on, for a supervisor who says why, and for nobody else', async () => {
    const { phone } = phones.get(nikOf('genuine-pair')) ?? {}
    if (!phone) throw new Error('the first test bound a phone')
    const { id: caseId } = await stage.store.selectFrom('desk_case').select('id').where('state', '=', 'completed').orderBy('id').limit(1).executeTakeFirstOrThrow()
    const supervisor = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode('madiun'), username: 'supervisor.madiun', password: stage.password })
    const look = ({ client, token }: Desk) => client.call(routes.cases.evidence, { token, params: { caseId }, body: { reason: 'Keberatan warga' } })
    expect(await refusal(look(officer))).toBe('forbidden')
    const { captures } = await look(supervisor)
    expect(captures).toMatchObject([{ outcome: 'match' }])
    const sent = shown.map((jpeg) => jpeg.toString('base64'))
    const kept = captures[0]?.frames ?? []
    expect([kept.length > 0 && kept.length <= 3, kept.every((frame) => sent.includes(frame))]).toEqual([true, true])
    const { entries } = await phone.client.call(routes.holder.activity, { token: phone.holderToken() })
    expect(entries[0]).toMatchObject({ kind: 'evidence-viewed', purpose: 'Keberatan warga', fields: ['photo'] })
  }, 60_000)

  test('refuses a stranger at the desk, and says why', async () => {
    const phone = await makePhone(stage.url)
    await phone.register({ nik: nikOf('newcomer'), email: 'widya@contoh.id' })
    const opened = await officerBantul.open(await phone.registrationQr())
    expect(await refusal(phone.confirmCase('000000'))).toBe('case-code-wrong')
    await phone.confirmCase(opened.confirmation?.code as string)
    const compared = await officerBantul.capture(opened.id, stage.sitter('sample3-895', 20))
    expect(compared.captures.at(-1)).toMatchObject({ outcome: 'non-match', reasons: expect.arrayContaining(['face-differs']) })
    expect(compared.actions).not.toContain('approve')
    expect(await refusal(officerBantul.decide(opened.id, 'approve'))).toBe('approval-needed')
    await officerBantul.decide(opened.id, 'refuse', 'Wajah tidak sama')
    expect(await phone.status()).toMatchObject({ state: 'refused', reason: 'refused-at-desk' })
  }, 60_000)

  test('refuses the KTP-el photograph held before the camera', async () => {
    const phone = await makePhone(stage.url)
    await phone.register({ nik: nikOf('newcomer'), email: 'widya@contoh.id' })
    const opened = await officerBantul.open(await phone.registrationQr())
    await phone.confirmCase(opened.confirmation?.code as string)
    const portrait = stage.demo.portraits.find(({ part }) => part === 'newcomer')?.portrait as { jpeg: Uint8Array }
    const compared = await officerBantul.capture(opened.id, photograph(portrait.jpeg))
    expect(compared.captures.at(-1)).toMatchObject({ outcome: 'failure-to-acquire', reasons: ['same-image-as-reference'] })
    await cancel(opened.id, officerBantul)
  }, 60_000)

  test('asks a supervisor when the face is neither clearly like nor unlike', async () => {
    const phone = await makePhone(stage.url)
    await phone.register({ nik: nikOf('uncertain-pair'), email: 'endang@contoh.id' })
    const opened = await officer.open(await phone.registrationQr())
    await phone.confirmCase(opened.confirmation?.code as string)
    await writeVerdict(stage, opened.id, 'inconclusive')
    const { token, client } = officer
    const params = { caseId: opened.id }
    await client.call(routes.cases.askSupervisor, { token, params, body: { outcome: 'approve', reason: 'Kacamata baru' } })
    const approve = (username: string, outcome: 'approve' | 'refuse') =>
      approveCase(officer, opened.id, { username, outcome })
    expect(await refusal(approve('petugas2.madiun', 'approve'))).toBe('forbidden')
    expect(await refusal(approve('supervisor.banguntapan', 'approve'))).toBe('approver-unknown')
    expect(await refusal(approve('supervisor.madiun', 'refuse'))).toBe('approval-outcome-different')
    const approved = await approve('supervisor.madiun', 'approve')
    expect(approved.supervision).toMatchObject({ approvedBy: 'Endah Prihatini' })
    expect(await officer.decide(opened.id, 'approve')).toMatchObject({ state: 'approved' })
    await cancel(opened.id)
  }, 60_000)

  test('replaces a lost phone: a second person approves, the old one is dead at its next request', async () => {
    const person = { nik: nikOf('genuine-pair'), email: 'ratna@contoh.id' }
    const lost = await activePhone(person.nik)
    const fresh = await makePhone(stage.url)
    await fresh.register(person)
    const { token, client } = officer
    const { residents } = await client.call(routes.residents.search, { token, body: { purpose: 'lost-phone', by: { nik: person.nik } } })
    expect(residents).toHaveLength(1)
    const opened = await client.call(routes.cases.open, {
      token,
      body: { from: 'lookup', kind: 'rebinding', residentId: residents[0]?.id as string, purpose: 'lost-phone' },
    })
    expect(opened.state).toBe('awaiting-phone')
    const params = { caseId: opened.id }
    const attached = await client.call(routes.cases.attachPhone, { token, params, body: { qr: await fresh.registrationQr() } })
    await fresh.confirmCase(attached.confirmation?.code as string)
    await officer.capture(opened.id, stage.sitter('sample3-895', 100))
    expect(await refusal(officer.decide(opened.id, 'approve'))).toBe('approval-needed')
    await client.call(routes.cases.askSupervisor, { token, params, body: { outcome: 'approve', reason: 'Ponsel hilang' } })
    await approveCase(officer, opened.id, { username: 'supervisor.madiun' })
    await officer.decide(opened.id, 'approve')
    expect(await refusal(lost.client.call(routes.holder.identity, { token: lost.holderToken() }))).toBe('device-blocked')
    expect(await lost.status()).toMatchObject({ state: 'blocked' })
    await expect.poll(() => stage.mailbox.letters(person.email).map(({ subject }) => subject)).toContain('IKD Anda kini di ponsel lain / Your IKD is now on another phone')

    const { code, token: link } = readActivation(await awaitLetter(stage.mailbox, person.email, 2))
    await confirmLink(stage, link, code)
    await fresh.enterCode(code)
    await fresh.setPin('918273')
    await fresh.unlock('918273')
    const { entries } = await fresh.client.call(routes.holder.activity, { token: fresh.holderToken() })
    expect(entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['device-replaced', 'scanned-by-institution', 'looked-up-at-desk']))
    const document = await fresh.client.call(routes.holder.document, { token: fresh.holderToken(), params: { kind: 'family-card' } })
    expect(document.state).toBe('available')
    const bank = await makeInstitution(stage.url, 'teller.bank', stage.password)
    const seen = await bank.scan(await fresh.presentation({ audience: { to: 'any-institution' }, fields: ['photo', 'name'] }))
    expect(seen.newlyBound).toBe(true)
    phones.set(person.nik, { phone: fresh, pin: '918273' })
  }, 60_000)

  test('serves a person without a phone: a request and a number for the receipt', async () => {
    const { token, client } = officer
    const { residents } = await client.call(routes.residents.search, { token, body: { purpose: 'no-phone', by: { nik: nikOf('newcomer') } } })
    const opened = await client.call(routes.cases.open, {
      token,
      body: { from: 'lookup', kind: 'service', residentId: residents[0]?.id as string, purpose: 'no-phone' },
    })
    const params = { caseId: opened.id }
    const recorded = await client.call(routes.cases.recordService, { token, params, body: { kind: 'ktp-replacement', note: 'KTP rusak' } })
    expect(recorded.serviceRequests[0]).toMatchObject({ kind: 'ktp-replacement', number: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) })
    expect(await client.call(routes.cases.cancel, { token, params, body: { reason: 'finished' } })).toMatchObject({ state: 'completed' })
  })

  test.each([
    ['not-recorded', 'recorded'],
    ['ktp-not-issued', 'ktp-issued'],
    ['deceased', 'alive'],
    ['lives-elsewhere', 'domicile'],
    ['seventeen-next-month', 'seventeen-or-married'],
  ])('explains at the desk why somebody %s cannot have one, and tells the phone nothing', async (part, rule) => {
    const phone = await makePhone(stage.url)
    await phone.register({ nik: nikOf(part), email: 'seseorang@contoh.id' })
    const opened = await officer.open(await phone.registrationQr())
    expect(opened.state).toBe('ineligible')
    expect(opened.eligibility).toContainEqual({ rule, passed: false })
    expect((await phone.status()).state).toBe('in-review')
    await cancel(opened.id)
  })

  test('pauses for five minutes after three wrong PINs, guesses at once or one by one, and forgets nothing', async () => {
    const phone = await activePhone(nikOf('genuine-pair'))
    const guesses = await Promise.all(Array.from({ length: 8 }, () => refusal(phone.unlock('305817'))))
    expect(guesses.filter((code) => code === 'pin-wrong').length).toBeLessThanOrEqual(2)
    expect(await refusal(phone.unlock('918273'))).toBe('pin-paused')
    stage.advance(5 * 60_000 + 1)
    await phone.unlock('918273')
  }, 60_000)

  test('lets a code be guessed five times and no more, then sends a new one', async () => {
    const phone = await makePhone(stage.url)
    const email = 'laila@contoh.id'
    await phone.register({ nik: nikOf('uncertain-pair'), email })
    await approveUncertain(phone)
    const { code, token } = readActivation(await awaitLetter(stage.mailbox, email))
    const wrong = code === '123123' ? '321321' : '123123'
    const browser = createClient({ baseUrl: stage.url })
    for (const expected of ['activation-code-wrong', 'activation-code-wrong', 'activation-code-wrong', 'activation-code-wrong', 'activation-code-exhausted']) {
      const captcha = await solveCaptcha(browser)
      expect(await refusal(browser.call(routes.activation.confirm, { body: { token, code: wrong, captcha } }))).toBe(expected)
    }
    expect(await refusal(confirmLink(stage, token, code))).toBe('activation-code-exhausted')
    await phone.newCode()
    const fresh = readActivation(await awaitLetter(stage.mailbox, email, 2))
    expect(await refusal(confirmLink(stage, token, code))).toBe('activation-link-invalid')
    expect(await refusal(phone.enterCode(fresh.code))).toBe('activation-not-confirmed')
    await confirmLink(stage, fresh.token, fresh.code)
    stage.advance(10 * 60_000)
    // A new token: the old one has died with the code.
    await phone.status()
    expect(await refusal(phone.enterCode(fresh.code))).toBe('activation-expired')
  }, 60_000)

  test('leaves a chain of audit entries that holds', async () => {
    const { findings, entries } = await verifyAudit(stage.store, createHeadKeys(openSecrets(stage.config)))
    expect(findings).toEqual([])
    expect(entries).toBeGreaterThan(8)
  })
})
