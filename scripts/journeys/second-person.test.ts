import { routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { taken } from '../demo/turning-head/sitter.ts'
import { type Desk, makeDesk } from './stage/desk.ts'
import { confirmLink } from './stage/enrol.ts'
import { awaitLetter, readActivation } from './stage/letter.ts'
import { makePhone, type Phone } from './stage/phone.ts'
import { refusal } from './stage/refusal.ts'
import { closeSharedEngine, raiseStage, type Stage } from './stage/stage.ts'
import { writeVerdict } from './stage/verdict.ts'
import { approveCase, approveFromOwnDesk } from './stage/sign-in.ts'

let stage: Stage
let officer: Desk
let colleague: Desk
let supervisor: Desk
let elsewhere: Desk
let person: { nik: string; email: string }
let visits = 0

beforeAll(async () => {
  stage = await raiseStage()
  const sit = (username: string, office = 'madiun') => makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode(office), username, password: stage.password })
  officer = await sit('petugas.madiun')
  colleague = await sit('petugas2.madiun')
  supervisor = await sit('supervisor.madiun')
  elsewhere = await sit('petugas.banguntapan', 'banguntapan')
}, 120_000)

afterAll(async () => {
  await stage?.close()
  await closeSharedEngine()
})

beforeEach(async () => {
  // Every test begins with a resident without phone, case or attempt.
  await stage.store.updateTable('desk_case').set({ binding_id: null }).execute()
  for (const table of [
    'audit_detail', 'presentation_grant', 'suspension_link', 'resumption', 'contact_change', 'activation', 'binding', 'evidence', 'evidence_key', 'duplicate_hit', 'duplicate_search', 'face_template', 'capture', 'outbox',
    'approval_look', 'former_officer', 'desk_case',
  ] as const) {
    await stage.store.deleteFrom(table).execute()
  }
  person = { nik: stage.demo.cast.find(({ part }) => part === 'genuine-pair')?.nik as string, email: `ratna${visits++}@contoh.id` }
})

/** A phone at a desk, confirmed; its case. */
async function arrive(desk: Desk, email = person.email): Promise<{ phone: Phone; caseId: string }> {
  const phone = await makePhone(stage.url)
  await phone.register({ nik: person.nik, email })
  const opened = await desk.open(await phone.registrationQr())
  await phone.confirmCase(opened.confirmation?.code as string)
  return { phone, caseId: opened.id }
}

const compare = (caseId: string) => writeVerdict(stage, caseId, 'match')
const ask = (desk: Desk, caseId: string) =>
  desk.client.call(routes.cases.askSupervisor, { token: desk.token, params: { caseId }, body: { outcome: 'approve', reason: 'uji' } })
const approve = (desk: Desk, caseId: string, username = 'supervisor.madiun') =>
  approveCase(desk, caseId, { username })

async function activate(phone: Phone, email: string, pin = '472915', letters = 1): Promise<void> {
  const { code, token } = readActivation(await awaitLetter(stage.mailbox, email, letters))
  await confirmLink(stage, token, code)
  await phone.enterCode(code)
  await phone.setPin(pin)
}

test('a supervisor who asked cannot answer, and one who approved cannot decide', async () => {
  const first = await arrive(officer)
  await compare(first.caseId)
  await officer.decide(first.caseId, 'approve')
  await activate(first.phone, person.email)

  const asked = await arrive(officer)
  await compare(asked.caseId)
  expect(await refusal(ask(supervisor, asked.caseId))).toBe('case-at-other-desk')
  await supervisor.takeOver(asked.caseId)
  await ask(supervisor, asked.caseId)
  expect(await refusal(approve(supervisor, asked.caseId))).toBe('approval-own-case')
  // Nor by giving the case back.
  await officer.takeOver(asked.caseId)
  expect(await refusal(approve(officer, asked.caseId))).toBe('approval-own-case')

  const { caseId } = await arrive(officer)
  await compare(caseId)
  await ask(officer, caseId)
  await approveFromOwnDesk(supervisor, caseId, { username: 'supervisor.madiun' })
  expect(await refusal(supervisor.decide(caseId, 'approve'))).toBe('case-at-other-desk')
  expect(await refusal(supervisor.takeOver(caseId))).toBe('approval-own-case')
  expect(await officer.decide(caseId, 'approve')).toMatchObject({ state: 'approved' })
}, 60_000)

test('two cases of one resident cannot bind two phones: an approval ends every other visit', async () => {
  const one = await arrive(officer)
  const two = await arrive(colleague)
  await compare(one.caseId)
  await officer.decide(one.caseId, 'approve')
  expect((await colleague.get(two.caseId)).state).toBe('cancelled')
  expect((await two.phone.status()).state).toBe('cancelled')
  await activate(one.phone, person.email)
  expect((await one.phone.status()).state).toBe('active')
}, 60_000)

test('an activation opened before another phone was bound takes a re-binding instead', async () => {
  const late = await arrive(officer)
  await compare(late.caseId)
  // The other desk’s approval came from a server that had not yet heard of this case.
  const bound = await arrive(colleague)
  await stage.store.updateTable('desk_case').set({ resident_id: null }).where('id', '=', late.caseId).execute()
  await compare(bound.caseId)
  await colleague.decide(bound.caseId, 'approve')
  await activate(bound.phone, person.email)
  const { id } = await stage.store.selectFrom('resident').select('id').where('nik', '=', person.nik).executeTakeFirstOrThrow()
  await stage.store.updateTable('desk_case').set({ resident_id: id }).where('id', '=', late.caseId).execute()
  expect(await refusal(officer.decide(late.caseId, 'approve'))).toBe('resident-has-active-device')
}, 60_000)

test('orders hoarded before the day’s attempts are spent are void, and the sixth comparison is refused', async () => {
  const { caseId } = await arrive(officer)
  const { client, token } = officer
  const params = { caseId }
  const order = () => client.call(routes.cases.startCapture, { token, params })
  const submit = async ({ captureId, nonce, ...asked }: Awaited<ReturnType<typeof order>>) => {
    const askedAt = Date.now()
    const answered = await stage.sitter('sample3-895', visits++)(asked)
    await taken(answered, askedAt)
    const frames = answered.map(({ jpeg, atMs, step }) => ({ jpeg: jpeg.toString('base64'), atMs, step }))
    return client.call(routes.cases.submitCapture, { token, params: { caseId, captureId }, body: { nonce, frames } })
  }
  const hoarded = [await order(), await order(), await order()]
  expect(await refusal(submit(hoarded[0] as Awaited<ReturnType<typeof order>>))).toBe('case-state-wrong')
  await submit(hoarded[2] as Awaited<ReturnType<typeof order>>)
  // Three more comparisons of this day, as they are written down; the fifth is a real one again.
  const compared = await stage.store.selectFrom('capture').selectAll().where('outcome', 'is not', null).executeTakeFirstOrThrow()
  for (const n of [1, 2, 3]) await stage.store.insertInto('capture').values({ ...compared, id: `${compared.id.slice(0, -1)}${n}x`, fingerprints: null }).execute()
  await submit(await order())
  expect(await refusal(order())).toBe('capture-attempts-exhausted')
}, 60_000)

test('with the phone’s captures of the day spent in earlier visits, a new one goes to a second person at once, by eye, and the resident hears of it', async () => {
  const { client } = officer
  const reference = (desk: Desk, caseId: string) => refusal(desk.client.call(routes.cases.reference, { token: desk.token, params: { caseId } }))
  const earlier = await arrive(officer)
  const { resident_id: residentId } = await stage.store.selectFrom('desk_case').select('resident_id').where('id', '=', earlier.caseId).executeTakeFirstOrThrow()
  for (const n of [1, 2, 3, 4, 5]) {
    await stage.store
      .insertInto('capture')
      .values({
        id: `${earlier.caseId.slice(0, -2)}${n}x`, case_id: earlier.caseId, resident_id: residentId as string, created_at: stage.now(), expires_at: stage.now(), submitted_at: stage.now(),
        voided_at: null, outcome: 'non-match', reasons: '[]', band: 'far', frames_received: 12, frames_used: 3, fingerprints: null, challenge: '[]',
      })
      .execute()
  }
  await client.call(routes.cases.cancel, { token: officer.token, params: { caseId: earlier.caseId }, body: { reason: 'left' } })

  const { phone } = earlier
  const { id: caseId, confirmation } = await officer.open(await phone.registrationQr())
  expect([await reference(officer, caseId), await refusal(ask(officer, caseId))]).toEqual(['reference-not-released', 'case-state-wrong'])
  await phone.confirmCase(confirmation?.code as string)
  const shown = await officer.get(caseId)
  expect(shown).toMatchObject({ captureAttemptsLeft: 0, supervisorDue: true, captures: [], actions: expect.arrayContaining(['ask-supervisor']) as unknown })
  expect(await refusal(client.call(routes.cases.startCapture, { token: officer.token, params: { caseId } }))).toBe('capture-attempts-exhausted')
  expect([await reference(elsewhere, caseId), await refusal(ask(elsewhere, caseId))]).toEqual(['other-office', 'other-office'])
  expect(await reference(officer, caseId)).toBe('no refusal')
  await expect.poll(() => stage.mailbox.letters(person.email).map(({ subject }) => subject).filter((subject) => subject.startsWith('Foto KTP-el Anda dilihat'))).toHaveLength(1)
  const told = await stage.store.selectFrom('activity').select('kind').where('resident_id', '=', residentId as string).orderBy('id', 'desc').limit(1).execute()
  expect(told).toEqual([{ kind: 'photo-seen-at-desk' }])

  expect(await refusal(officer.decide(caseId, 'approve'))).toBe('case-state-wrong')
  await ask(officer, caseId)
  await approve(officer, caseId)
  expect(await officer.decide(caseId, 'approve')).toMatchObject({ state: 'approved' })
  const entries = await stage.store.selectFrom('audit_entry').select('action').where('subject_id', '=', caseId).orderBy('seq').execute()
  expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['case.reference-shown', 'case.supervisor-asked', 'case.supervisor-approved', 'case.approved']))
}, 60_000)

test('a workstation that loses its power loses it in the middle of a case', async () => {
  const { caseId } = await arrive(officer)
  await compare(caseId)
  const powers = await stage.store.selectFrom('workstation').select(['id', 'powers']).execute()
  await stage.store.updateTable('workstation').set({ powers: '[]' }).execute()
  expect(await refusal(officer.decide(caseId, 'approve'))).toBe('workstation-power-missing')
  for (const { id, powers: own } of powers) await stage.store.updateTable('workstation').set({ powers: own }).where('id', '=', id).execute()
}, 60_000)

test('the old phone’s own address hears of the new one, as the desk had corrected it', async () => {
  const first = await arrive(officer, 'salah@contoh.id')
  await compare(first.caseId)
  await officer.decide(first.caseId, 'approve')
  await officer.client.call(routes.cases.correctEmail, { token: officer.token, params: { caseId: first.caseId }, body: { email: 'benar@contoh.id' } })
  await activate(first.phone, 'benar@contoh.id')

  const second = await arrive(officer, 'baru@contoh.id')
  await compare(second.caseId)
  await ask(officer, second.caseId)
  await approve(officer, second.caseId)
  await officer.decide(second.caseId, 'approve')
  const warned = () => stage.mailbox.letters('benar@contoh.id').some(({ subject }) => subject.includes('ponsel lain'))
  await expect.poll(warned).toBe(true)
  expect(stage.mailbox.letters('salah@contoh.id').some(({ subject }) => subject.includes('ponsel lain'))).toBe(false)
}, 60_000)
