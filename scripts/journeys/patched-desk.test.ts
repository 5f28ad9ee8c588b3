import { type AnswerOf, type Case, routes } from '@ikd/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnsweredFrame } from '../demo/turning-head/answer.ts'
import { glimpse, photograph, type Sitter, taken } from '../demo/turning-head/sitter.ts'
import { knownApprovalPin } from '../demo/population/offices.ts'
import { nextCode } from './stage/authenticator.ts'
import { type Desk, makeDesk } from './stage/desk.ts'
import { makePhone, type Phone } from './stage/phone.ts'
import { refusal } from './stage/refusal.ts'
import { confirmLink } from './stage/enrol.ts'
import { awaitLetter, readActivation } from './stage/letter.ts'
import { closeSharedEngine, raiseStage, type Stage } from './stage/stage.ts'
import { writeVerdict } from './stage/verdict.ts'

// A counter app that somebody has rewritten: a workstation's real key and an officer's real session, and no rule of ours in it.
// It says what it likes to the server (promise 10).

let stage: Stage
let desk: Desk
let neighbour: Desk
let otherOffice: Desk
let moments = 0

beforeAll(async () => {
  stage = await raiseStage()
  const sit = (office: string, username: string) => makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode(office), username, password: stage.password })
  desk = await sit('madiun', 'petugas.madiun')
  neighbour = await sit('madiun', 'petugas2.madiun')
  otherOffice = await sit('banguntapan', 'petugas.banguntapan')
}, 120_000)

afterAll(async () => {
  await stage?.close()
  await closeSharedEngine()
})

const nikOf = (part: string) => stage.demo.cast.find((member) => member.part === part)?.nik as string
const herself = () => stage.sitter('sample3-895', moments++)
const base64 = (frame: Uint8Array) => Buffer.from(frame).toString('base64')

/** A phone shows its QR at a desk; whether it confirms is the phone's affair. */
async function arrive(at: Desk = desk, part = 'genuine-pair'): Promise<{ phone: Phone; caseId: string; code: string }> {
  const phone = await makePhone(stage.url)
  await phone.register({ nik: nikOf(part), email: 'warga@contoh.id' })
  const opened = await at.open(await phone.registrationQr())
  return { phone, caseId: opened.id, code: opened.confirmation?.code as string }
}

async function confirmed(at: Desk = desk, part = 'genuine-pair'): Promise<string> {
  const { phone, caseId, code } = await arrive(at, part)
  await phone.confirmCase(code)
  return caseId
}

type Order = AnswerOf<typeof routes.cases.startCapture>
const order = (caseId: string, at = desk): Promise<Order> => at.client.call(routes.cases.startCapture, { token: at.token, params: { caseId } })
const send = (caseId: string, { captureId, nonce }: Pick<Order, 'captureId' | 'nonce'>, frames: readonly AnsweredFrame[], at = desk) =>
  at.client.call(routes.cases.submitCapture, {
    token: at.token,
    params: { caseId, captureId },
    body: { nonce, frames: frames.map(({ jpeg, atMs, step }) => ({ jpeg: base64(jpeg), atMs, step })) },
  })
/** What the server makes of somebody before the camera; `tampered` is what the desk makes of their frames. */
async function captured(caseId: string, sitter: Sitter, at = desk, tampered = (frames: readonly AnsweredFrame[]) => frames): Promise<Case> {
  const asked = await order(caseId, at)
  const askedAt = Date.now()
  const frames = await sitter(asked)
  await taken(frames, askedAt)
  return send(caseId, asked, tampered(frames), at)
}
const cancel = (caseId: string, at = desk) => at.client.call(routes.cases.cancel, { token: at.token, params: { caseId }, body: { reason: 'technical' } })

test('the holder’s confirmation cannot be skipped, nor given by the desk', async () => {
  const { caseId, code } = await arrive()
  expect(await refusal(order(caseId))).toBe('case-state-wrong')
  expect(await refusal(desk.client.call(routes.device.confirmCase, { token: desk.token, body: { code } }))).toMatch(/forbidden|token-invalid/)
  expect(await refusal(desk.decide(caseId, 'approve'))).toBe('case-state-wrong')
  await cancel(caseId)
})

test('frames count for the case, the order and the nonce they were asked for', async () => {
  const mine = await confirmed()
  const another = await confirmed(desk, 'uncertain-pair')
  const forMine = await order(mine)
  const forAnother = await order(another)
  const frames = await herself()(forMine)
  expect(await refusal(send(another, forMine, frames))).toBe('not-found')
  expect(await refusal(send(mine, { ...forMine, nonce: forAnother.nonce }, frames))).toBe('capture-nonce-wrong')
  expect(await refusal(send(mine, { ...forMine, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }, frames))).toBe('capture-nonce-wrong')
  expect(await refusal(send(mine, { ...forMine, captureId: forAnother.captureId }, frames))).toBe('not-found')
  await cancel(mine)
  await cancel(another)
})

test('an outcome cannot be told, only images sent', async () => {
  const caseId = await confirmed()
  const { captureId, nonce } = await order(caseId)
  const frames = [{ jpeg: base64(Buffer.from([0xff, 0xd8, 0xff, 0xd9])), atMs: 0, step: 0 }]
  for (const lie of [{ outcome: 'match' }, { distance: 0.1 }, { band: 'near' }]) {
    const body = { nonce, frames, ...lie } as { nonce: string; frames: typeof frames }
    expect(await refusal(desk.client.call(routes.cases.submitCapture, { token: desk.token, params: { caseId, captureId }, body })), JSON.stringify(lie)).toBe('request-invalid')
  }
  expect(await refusal(desk.decide(caseId, 'approve'))).toMatch(/approval-needed|case-state-wrong/)
  await cancel(caseId)
})

test('the photograph on record is not released before a comparison, and is no probe after it; frames shown once are not shown again', async () => {
  const first = await confirmed()
  const reference = (caseId: string) => desk.client.call(routes.cases.reference, { token: desk.token, params: { caseId } })
  expect(await refusal(reference(first))).toBe('reference-not-released')
  let shown: readonly AnsweredFrame[] = []
  const kept = (frames: readonly AnsweredFrame[]) => (shown = frames)
  expect((await captured(first, herself(), desk, kept)).captures.at(-1)?.outcome).toBe('match')
  const stolen = Buffer.from((await reference(first)).jpeg, 'base64')
  await cancel(first)

  const second = await confirmed()
  const withReference = await captured(second, glimpse(stolen))
  expect(withReference.captures.at(-1)).toMatchObject({ outcome: 'failure-to-acquire', reasons: ['same-image-as-reference'] })
  const replayed = await captured(second, async () => shown)
  expect(replayed.captures.at(-1)).toMatchObject({ outcome: 'failure-to-acquire', reasons: expect.arrayContaining(['repeated-frame']) })
  expect(replayed.actions).not.toContain('approve')
  expect(await refusal(desk.decide(second, 'approve'))).toBe('approval-needed')
  await cancel(second)
}, 120_000)

test('an answer is to what was asked, in the time it took: another order, a photograph, a hurried film come to nothing', async () => {
  const caseId = await confirmed()
  const last = async (sitter: Sitter) => (await captured(caseId, sitter)).captures.at(-1)
  const aside: Record<string, 'turn-left' | 'turn-right'> = { 'turn-left': 'turn-right', 'turn-right': 'turn-left' }
  const mirrored: Sitter = (asked) => herself()({ ...asked, challenge: asked.challenge.map((step) => aside[step] ?? step) })
  expect(await last(mirrored)).toMatchObject({ outcome: 'failure-to-acquire', reasons: expect.arrayContaining(['challenge-not-followed']) })
  const still = await herself()({ challenge: ['look'], framesPerStep: 1 })
  expect(await last(photograph(still[0]?.jpeg as Buffer))).toMatchObject({ outcome: 'failure-to-acquire' })
  // Frames that say they took a minute, a moment after they were asked for.
  const [instant] = (await herself()({ challenge: ['look'], framesPerStep: 1 })) as [AnsweredFrame]
  const hurried = await send(caseId, await order(caseId), [0, 60_000].map((atMs) => ({ ...instant, atMs })))
  expect(hurried.captures.at(-1)).toMatchObject({ outcome: 'failure-to-acquire', reasons: ['challenge-not-followed'] })
  // Nothing was compared, and still the server knows what it was shown, and keeps some of it for whoever decides by eye.
  expect(await last(glimpse(instant.jpeg))).toMatchObject({ reasons: ['repeated-frame'] })
  const kept = await stage.store.selectFrom('evidence').select(['capture_id', (row) => row.fn.countAll().as('frames')]).where('case_id', '=', caseId).groupBy('capture_id').orderBy('capture_id').execute()
  expect(kept.map(({ frames }) => Number(frames))).toEqual([3, 3, 2, 2])
  expect(await refusal(desk.decide(caseId, 'approve'))).toBe('approval-needed')
  await cancel(caseId)
}, 120_000)

/** A resident with a phone in force, and a visit of an officer who only looked them up. */
async function lookUp(at: Desk, part: string): Promise<{ caseId: string; email: string }> {
  const email = `${part}@contoh.id`
  const phone = await makePhone(stage.url)
  await phone.register({ nik: nikOf(part), email })
  const opened = await at.open(await phone.registrationQr())
  await phone.confirmCase(opened.confirmation?.code as string)
  await writeVerdict(stage, opened.id, 'match')
  await at.decide(opened.id, 'approve')
  const { code, token } = readActivation(await awaitLetter(stage.mailbox, email))
  await confirmLink(stage, token, code)
  await phone.enterCode(code)
  await phone.setPin('472915')
  const { residents } = await at.client.call(routes.residents.search, { token: at.token, body: { purpose: 'correction', by: { nik: nikOf(part) } } })
  const residentId = residents[0]?.id as string
  const { id: caseId } = await at.client.call(routes.cases.open, { token: at.token, body: { from: 'lookup', kind: 'contact', residentId, purpose: 'correction' } })
  return { caseId, email }
}

test('a look-up, a visit without the phone and three gray pictures fetch nobody’s photograph, and neither does the officer’s own face', async () => {
  const { caseId, email } = await lookUp(neighbour, 'uncertain-pair')
  const reference = () => neighbour.client.call(routes.cases.reference, { token: neighbour.token, params: { caseId } })
  const gray = async () => Buffer.from(await sharp({ create: { width: 640, height: 480, channels: 3, background: { r: 96 + moments, g: 96, b: 96 } } }).jpeg().toBuffer())
  for (let tries = 0; tries < 3; tries++) {
    moments++
    expect((await captured(caseId, glimpse(await gray()), neighbour)).captures.at(-1)?.outcome).toBe('failure-to-acquire')
  }
  expect(await neighbour.get(caseId)).toMatchObject({ supervisorDue: true, referenceReleased: false })
  expect(await refusal(reference())).toBe('reference-not-released')
  expect((await captured(caseId, herself(), neighbour)).captures.at(-1)?.outcome).toBe('non-match')
  expect(await refusal(reference())).toBe('reference-not-released')
  // Nothing was seen, so nothing is told but the captures, which stand in Histori.
  expect(stage.mailbox.letters(email).filter(({ subject }) => subject.startsWith('Foto KTP-el'))).toEqual([])
  await cancel(caseId, neighbour)
}, 180_000)

test('somebody else’s face is not approved by the officer alone, and nothing is decided twice', async () => {
  const caseId = await confirmed(desk, 'uncertain-pair')
  expect((await captured(caseId, herself())).captures.at(-1)?.outcome).toBe('non-match')
  expect(await refusal(desk.decide(caseId, 'approve'))).toBe('approval-needed')
  await desk.decide(caseId, 'refuse', 'Wajah tidak sama')
  expect(await refusal(desk.decide(caseId, 'approve'))).toBe('case-state-wrong')
  expect(await refusal(desk.decide(caseId, 'refuse', 'sekali lagi'))).toBe('case-state-wrong')
}, 120_000)

test('another office’s case is out of reach in every way', async () => {
  const caseId = await confirmed(otherOffice, 'newcomer')
  const { client, token } = desk
  const params = { caseId }
  const tries: Record<string, () => Promise<unknown>> = {
    get: () => desk.get(caseId),
    capture: () => order(caseId),
    reference: () => client.call(routes.cases.reference, { token, params }),
    decide: () => desk.decide(caseId, 'refuse', 'x'),
    ask: () => client.call(routes.cases.askSupervisor, { token, params, body: { outcome: 'approve', reason: 'x' } }),
    approve: () => client.call(routes.cases.startApproval, { token, params, body: { outcome: 'approve', way: 'pin', username: 'supervisor.madiun', pin: knownApprovalPin } }),
    email: () => client.call(routes.cases.correctEmail, { token, params, body: { email: 'x@contoh.id' } }),
    cancel: () => cancel(caseId),
  }
  for (const [name, attempt] of Object.entries(tries)) expect(await refusal(attempt()), name).toBe('other-office')
  await cancel(caseId, otherOffice)
})

type Demand = AnswerOf<typeof routes.cases.startApproval>
const supervisor = 'supervisor.madiun'

async function asked(at: Desk = desk): Promise<string> {
  const caseId = await confirmed(at, 'uncertain-pair')
  await writeVerdict(stage, caseId, 'inconclusive')
  await at.client.call(routes.cases.askSupervisor, { token: at.token, params: { caseId }, body: { outcome: 'approve', reason: 'uji' } })
  return caseId
}
const start = (caseId: string, username = supervisor, outcome: 'approve' | 'refuse' = 'approve', at = desk): Promise<Demand> =>
  at.client.call(routes.cases.startApproval, { token: at.token, params: { caseId }, body: { outcome, way: 'pin', username, pin: knownApprovalPin } })
const look = (caseId: string, { ticket }: Demand, at = desk) => at.client.call(routes.cases.lookForApproval, { token: at.token, params: { caseId }, body: { ticket } })
const finish = async (caseId: string, { ticket }: Demand, username = supervisor, at = desk) =>
  at.client.call(routes.cases.approve, { token: at.token, params: { caseId }, body: { ticket, totp: await nextCode(stage.url, username) } })

test('a supervisor’s approval is of this case, this outcome, this moment and this desk, once; and never one’s own', async () => {
  const caseId = await asked()
  const colleagues = await asked(neighbour)
  expect(await refusal(start(caseId, 'petugas.madiun'))).toMatch(/forbidden|approval-own-case/)
  expect(await refusal(start(caseId, supervisor, 'refuse'))).toBe('approval-outcome-different')
  const given = await start(caseId)
  expect(await refusal(finish(caseId, given)), 'unseen').toBe('approval-not-seen')
  expect(await refusal(look(colleagues, given)), 'pictures of another case').toBe('approval-ticket-expired')
  await look(caseId, given)
  expect(await refusal(finish(colleagues, given)), 'another case').toBe('approval-ticket-expired')
  expect(await refusal(finish(caseId, given, supervisor, neighbour)), 'another desk').toMatch(/approval-ticket-expired|forbidden/)
  const [claims, seal] = given.ticket.split('.') as [string, string]
  const forged = `${claims.startsWith('A') ? 'B' : 'A'}${claims.slice(1)}.${seal}`
  expect(await refusal(finish(caseId, { ...given, ticket: forged })), 'forged').toBe('approval-ticket-expired')
  expect((await finish(caseId, given)).supervision).toMatchObject({ outcome: 'approve', approvedBy: given.supervisor })
  expect(await refusal(finish(caseId, given)), 'a second time').toMatch(/approval-ticket-expired|case-state-wrong/)
  // What was approved was a comparison: a new one needs a new approval, and the old ticket is of an older case.
  await cancel(caseId)
  const late = await start(colleagues, supervisor, 'approve', neighbour)
  await look(colleagues, late, neighbour)
  await neighbour.client.call(routes.cases.cancel, { token: neighbour.token, params: { caseId: colleagues }, body: { reason: 'left' } })
  expect(await refusal(finish(colleagues, late, supervisor, neighbour)), 'changed since').toBe('approval-ticket-expired')
}, 90_000)

test('powers a workstation was not given cannot be taken', async () => {
  const own = await stage.store.selectFrom('workstation').select(['id', 'powers']).execute()
  await stage.store.updateTable('workstation').set({ powers: '["activate"]' }).execute()
  const { residents } = await desk.client.call(routes.residents.search, { token: desk.token, body: { purpose: 'lost-phone', by: { nik: nikOf('genuine-pair') } } })
  const residentId = residents[0]?.id as string
  expect(
    await refusal(desk.client.call(routes.cases.open, { token: desk.token, body: { from: 'lookup', kind: 'rebinding', residentId, purpose: 'lost-phone' } })),
  ).toBe('workstation-power-missing')
  expect(await refusal(desk.client.call(routes.admin.workstations, { token: desk.token }))).toBe('forbidden')
  for (const { id, powers } of own) await stage.store.updateTable('workstation').set({ powers }).where('id', '=', id).execute()
})

test('what it can do, and we say so: moving pictures of the right person that its camera never saw are taken for the person', async () => {
  const { phone, caseId, code } = await arrive()
  await phone.confirmCase(code)
  expect((await captured(caseId, herself())).captures.at(-1)?.outcome).toBe('match')
  // Even so it needs the person's own phone, its confirmation, and the mail that goes to the person's address.
  expect((await desk.decide(caseId, 'approve')).state).toBe('approved')
  expect((await phone.status()).state).toBe('approved')
}, 120_000)
