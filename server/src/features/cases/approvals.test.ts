import { routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute, second } from '../../clock.ts'
import { makeAuthenticator, type SoftAuthenticator } from '../../testing/authenticator.ts'
import { forgetTotpSteps, raiseTestApp, type TestApp, testApprovalPin, totpCode } from '../../testing/app.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { addPasskey as addOwnPasskey, seasonFactors } from '../../testing/own-account.ts'
import { beginAnew, type Seat, sit } from '../../testing/seats.ts'
import { approveByPin, at, demandOf, leaveCapture, openVisit, outcomeOf, pictureResident, referencePhoto } from '../../testing/visits.ts'

let app: TestApp
/** The same database and secrets, to set the scene with. */
let core: TestCore
let residentId: string
let desk: Seat
let caseId: string
const frame = Buffer.from('wajah di loket')

beforeAll(async () => {
  app = await raiseTestApp()
  core = await createTestCore({ config: { database: app.config.database }, secrets: app.secrets, clock: app.clock })
  residentId = await pictureResident(app, core)
})
afterAll(async () => {
  await core.close()
  await app.close()
})

beforeEach(async () => {
  await beginAnew(app)
  await app.store.updateTable('approval_pin').set({ failures: 0, failures_row: 0, paused_until: null }).execute()
  desk = await sit(app, 'officer.satu')
  caseId = await askForApproval(desk)
})

const staffId = async (username: string) => (await app.store.selectFrom('staff').select('id').where('username', '=', username).executeTakeFirstOrThrow()).id

/** A visit whose face could not be told, for which this desk's officer has asked a supervisor. */
async function askForApproval(seat: Seat, kept: Uint8Array | undefined = frame): Promise<string> {
  const id = await openVisit(app, seat)
  if (kept) await leaveCapture(app, core, id, kept)
  expect((await at(seat, id).ask()).body).toMatchObject({ state: 'awaiting-supervisor' })
  return id
}

const start = async (body: object = {}, seat = desk, id = caseId) => at(seat, id).start(body)
const startOf = async (body: object = {}, seat = desk, id = caseId) => demandOf(await start(body, seat, id))
const look = (ticket: string, seat = desk, id = caseId) => at(seat, id).look(ticket)
const approve = async (body: object, seat = desk, id = caseId) => {
  await forgetTotpSteps(app.store)
  return at(seat, id).approve(body)
}
/** With both pictures seen. */
const ready = async (body: object = {}, seat = desk, id = caseId) => {
  const demand = await startOf(body, seat, id)
  expect(outcomeOf(await look(demand.ticket, seat, id))).toBe('done')
  return demand
}
const now = () => totpCode(app.clock.now())
const sessions = async (username: string) => (await app.store.selectFrom('staff_session').select('id').where('staff_id', '=', await staffId(username)).execute()).length
const entries = (action: string, id = caseId) => app.store.selectFrom('audit_entry').selectAll().where('subject_id', '=', id).where('action', '=', action).execute()

/** A passkey of the supervisor's, set up in their own session more than a day ago. */
async function addPasskey(own: Seat): Promise<SoftAuthenticator> {
  const key = makeAuthenticator()
  expect(outcomeOf(await addOwnPasskey(own, key))).toBe('done')
  await seasonFactors(app)
  return key
}

describe('a supervisor’s approval at the officer’s desk', () => {
  test('takes their approval PIN, both pictures and a code, opens no session, and is written down as theirs', async () => {
    const before = await sessions('supervisor.satu')
    const demand = await startOf()
    expect(demand).toMatchObject({ supervisor: 'supervisor satu', kinds: ['totp'] })
    await look(demand.ticket)
    const approved = await approve({ ticket: demand.ticket, totp: now() })
    expect(approved.body).toMatchObject({ state: 'awaiting-decision', supervision: { approvedBy: 'supervisor satu' } })
    expect(await sessions('supervisor.satu')).toBe(before)
    const [entry] = await entries('case.supervisor-approved')
    expect(entry?.actor_id).toBe(await staffId('supervisor.satu'))
  })

  test('is not given by a PIN alone, or a wrong code', async () => {
    const { ticket } = await ready()
    expect(outcomeOf(await approve({ ticket, totp: '000000' }))).toBe('factor-wrong')
    expect((await at(desk, caseId).get()).body).toMatchObject({ state: 'awaiting-supervisor' })
  })

  test('takes no password any more', async () => {
    const answer = await start({ way: undefined, pin: undefined, password: 'sawah-melati-kopi' })
    expect(outcomeOf(answer)).toBe('request-invalid')
  })

  test('is of this case and no other', async () => {
    const other = await askForApproval(desk)
    const { ticket } = await ready()
    expect(outcomeOf(await look(ticket, desk, other))).toBe('approval-ticket-expired')
    expect(outcomeOf(await approve({ ticket, totp: now() }, desk, other))).toBe('approval-ticket-expired')
  })

  test('is of the case as it stood: after any change of it the supervisor looks again', async () => {
    const { ticket } = await ready()
    await app.store.updateTable('desk_case').set((set) => ({ version: set('version', '+', 1) })).where('id', '=', caseId).execute()
    expect(outcomeOf(await approve({ ticket, totp: now() }))).toBe('approval-ticket-expired')
  })

  test('is of the outcome that was asked for', async () => {
    expect(outcomeOf(await start({ outcome: 'refuse' }))).toBe('approval-outcome-different')
  })

  test('is given at the desk where the PIN was typed, which is the case’s', async () => {
    const { ticket } = await ready()
    const colleague = await sit(app, 'officer.satu')
    expect(outcomeOf(await start({}, colleague))).toBe('case-at-other-desk')
    expect(outcomeOf(await approve({ ticket, totp: now() }, colleague))).toBe('approval-ticket-expired')
  })

  test('dies after five minutes', async () => {
    const { ticket } = await ready()
    app.clock.advance(5 * minute)
    expect(outcomeOf(await approve({ ticket, totp: now() }))).toBe('approval-ticket-expired')
  })

  test('is given once, however often it is sent at the same time', async () => {
    const { ticket } = await ready()
    const step = app.clock.now()
    const codes = [-30 * second, 0, 30 * second].map((shift) => totpCode(step + shift))
    const answers = await Promise.all(codes.map((totp) => approve({ ticket, totp })))
    expect(answers.map(outcomeOf).filter((one) => one === 'done')).toHaveLength(1)
    expect(await entries('case.supervisor-approved')).toHaveLength(1)
  })

  test('cannot be written by hand: a ticket is ours', async () => {
    const { ticket } = await ready()
    const [payload = '', mac = ''] = ticket.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    const forged = Buffer.from(JSON.stringify({ ...claims, supervisorId: await staffId('admin.satu') })).toString('base64url')
    expect(outcomeOf(await approve({ ticket: `${forged}.${mac}`, totp: now() }))).toBe('approval-ticket-expired')
    const entered = await desk.client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'supervisor.satu', password: 'sawah-melati-kopi' } })
    expect(outcomeOf(await approve({ ticket: entered.body['ticket'], totp: now() }))).toBe('approval-ticket-expired')
  })

  test('is somebody else’s: not the officer’s who asked, not a colleague’s without the role', async () => {
    expect(outcomeOf(await start({ username: 'officer.satu' }))).toBe('forbidden')
    const supervisor = await sit(app, 'supervisor.satu')
    const own = await askForApproval(supervisor)
    expect(outcomeOf(await start({}, supervisor, own))).toBe('approval-own-case')
  })

  test('of another office is as of nobody, whatever is typed with the name', async () => {
    const answers = [{ username: 'supervisor.dua' }, { username: 'supervisor.dua', pin: '918273' }, { username: 'tidak.ada' }, { username: 'supervisor.dua', way: 'passkey', pin: undefined }]
    for (const body of answers) expect(outcomeOf(await start(body))).toBe('approver-unknown')
    expect(outcomeOf(await start({}, await sit(app, 'officer.dua')))).toBe('other-office')
  })
})

describe('a passkey at the officer’s desk', () => {
  test('needs no other secret, and signs exactly this: the same assertion is none for another ticket', async () => {
    const key = await addPasskey(await sit(app, 'supervisor.satu'))
    const here = { way: 'passkey', pin: undefined }
    const [first, second] = [await ready(here), await ready(here)]
    expect(first.kinds).toEqual(['passkey'])
    if (!first.passkey || !second.passkey) throw new Error('no passkey was asked for')
    expect(first.passkey.challenge).not.toBe(second.passkey.challenge)
    // Nobody has shown a PIN: six digits alone are not taken for it.
    expect(outcomeOf(await approve({ ticket: second.ticket, totp: now() }))).toBe('approval-ticket-expired')
    expect(outcomeOf(await approve({ ticket: second.ticket, passkey: key.get(first.passkey) }))).toBe('factor-wrong')
    expect(outcomeOf(await approve({ ticket: second.ticket, passkey: key.get(second.passkey) }))).toBe('done')
    // Who looked is known only now.
    const told = await app.store.selectFrom('activity').select('officer').where('resident_id', '=', residentId).where('kind', '=', 'photo-seen-at-desk').execute()
    expect(told.map(({ officer }) => officer)).toContain('supervisor satu')
  })

  test('is missing of whoever has none', async () => {
    expect(outcomeOf(await start({ username: 'admin.satu', way: 'passkey', pin: undefined }))).toBe('factor-missing')
  })

  test('shows the photograph by the officer’s own rules, for whoever is only named has not come', async () => {
    await addPasskey(await sit(app, 'supervisor.satu'))
    const { ticket } = await startOf({ way: 'passkey', pin: undefined })
    await look(ticket)
    expect(await entries('case.reference-shown')).toMatchObject([{ actor_id: await staffId('officer.satu') }])
    // Where no phone has confirmed, the officer alone sees none; the supervisor who shows their PIN does.
    await app.store.updateTable('desk_case').set({ confirmed_at: null }).where('id', '=', caseId).execute()
    expect(outcomeOf(await look(ticket))).toBe('reference-not-released')
    expect(outcomeOf(await look((await startOf({ username: 'admin.satu' })).ticket))).toBe('done')
  })
})

describe('from the supervisor’s own desk', () => {
  test('nothing is typed at the officer’s: their session, both pictures, a fresh proof', async () => {
    const own = await sit(app, 'supervisor.satu')
    const shown = (await at(own, caseId).get()).body
    expect(shown).toMatchObject({ here: false, actions: ['give-approval', 'take-over'] })
    const demand = demandOf(await at(own, caseId).startAtOwnDesk())
    expect(outcomeOf(await approve({ ticket: demand.ticket, totp: now() }, own))).toBe('approval-not-seen')
    expect((await look(demand.ticket, own)).body).toEqual({ reference: referencePhoto.toString('base64'), live: frame.toString('base64') })
    expect(outcomeOf(await approve({ ticket: demand.ticket, totp: '000000' }, own))).toBe('factor-wrong')
    expect((await approve({ ticket: demand.ticket, totp: now() }, own)).body).toMatchObject({ state: 'awaiting-decision', supervision: { approvedBy: 'supervisor satu' } })
    expect(outcomeOf(await at(desk, caseId).decide('refuse'))).toBe('done')
  })

  test('the look is the session’s and of the case as it stands: another session, or a change, and it is to be looked at again', async () => {
    const own = await sit(app, 'supervisor.satu')
    const seen = demandOf(await at(own, caseId).startAtOwnDesk())
    await look(seen.ticket, own)
    // In the same sitting another ticket needs no other look.
    const again = demandOf(await at(own, caseId).startAtOwnDesk())
    const elsewhere = await sit(app, 'supervisor.satu')
    const there = demandOf(await at(elsewhere, caseId).startAtOwnDesk())
    expect(outcomeOf(await approve({ ticket: there.ticket, totp: now() }, elsewhere))).toBe('approval-not-seen')
    expect(outcomeOf(await look(again.ticket, elsewhere))).toBe('approval-ticket-expired')
    await app.store.updateTable('desk_case').set((set) => ({ version: set('version', '+', 1) })).where('id', '=', caseId).execute()
    const changed = demandOf(await at(own, caseId).startAtOwnDesk())
    expect(outcomeOf(await approve({ ticket: changed.ticket, totp: now() }, own))).toBe('approval-not-seen')
    await look(changed.ticket, own)
    expect(outcomeOf(await approve({ ticket: changed.ticket, totp: now() }, own))).toBe('done')
  })

  test('is no officer’s way, nor one at the case’s own desk, where the password would have been typed', async () => {
    expect(outcomeOf(await at(desk, caseId).startAtOwnDesk())).toBe('approval-at-case-desk')
    expect(outcomeOf(await at(await sit(app, 'officer.satu'), caseId).startAtOwnDesk())).toBe('forbidden')
  })
})

test('an approval is not given by a factor that was added within the last day, whichever way it goes', async () => {
  const key = makeAuthenticator()
  await addOwnPasskey(await sit(app, 'supervisor.satu'), key)
  const added = app.clock.now()
  const here = async () => {
    const { ticket, passkey } = await ready({ way: 'passkey', pin: undefined })
    if (!passkey) throw new Error('no passkey was asked for')
    return approve({ ticket, passkey: key.get(passkey) })
  }
  const fromOwnDesk = async () => {
    const own = await sit(app, 'supervisor.satu')
    const { ticket, passkey } = demandOf(await at(own, caseId).startAtOwnDesk())
    if (!passkey) throw new Error('no passkey was asked for')
    await look(ticket, own)
    return approve({ ticket, passkey: key.get(passkey) }, own)
  }
  for (const withKey of [here, fromOwnDesk]) expect((await withKey()).body).toMatchObject({ code: 'factor-too-new', retryAt: added + 24 * hour })
  app.clock.advance(24 * hour - 1)
  expect(outcomeOf(await fromOwnDesk())).toBe('factor-too-new')
  app.clock.advance(1)
  expect(outcomeOf(await fromOwnDesk())).toBe('done')
})

describe('no approval without both pictures', () => {
  test('at the officer’s desk: refused before the code is looked at, and the look is of that ticket', async () => {
    const [seen, unseen] = [await ready(), await startOf()]
    const code = now()
    expect(outcomeOf(await approve({ ticket: unseen.ticket, totp: code }))).toBe('approval-not-seen')
    const guesses = await app.store.selectFrom('staff').select('failures_row').where('username', '=', 'supervisor.satu').executeTakeFirstOrThrow()
    expect(guesses.failures_row).toBe(0)
    expect(outcomeOf(await approve({ ticket: seen.ticket, totp: code }))).toBe('done')
  })

  test('the newest picture that was kept is given with the photograph, which is audited, and told to the resident', async () => {
    const id = await openVisit(app, desk)
    await leaveCapture(app, core, id, Buffer.from('yang pertama'))
    const newest = await leaveCapture(app, core, id, frame)
    await leaveCapture(app, core, id, undefined)
    await at(desk, id).ask()
    await app.store.deleteFrom('activity').execute()
    const { ticket } = await startOf({ username: 'admin.satu' }, desk, id)
    const pictures = await look(ticket, desk, id)
    expect(pictures.body).toEqual({ reference: referencePhoto.toString('base64'), live: frame.toString('base64') })
    expect(pictures.headers['cache-control']).toBe('no-store')
    const [entry] = await entries('case.approval-seen', id)
    const { detail } = await app.store.selectFrom('audit_detail').select('detail').where('seq', '=', entry?.seq ?? 0).executeTakeFirstOrThrow()
    expect(JSON.parse(detail)).toMatchObject({ supervisor: await staffId('admin.satu'), live: newest })
    const told = await app.store.selectFrom('activity').select(['kind', 'officer']).where('resident_id', '=', residentId).execute()
    expect(told).toEqual([{ kind: 'photo-seen-at-desk', officer: 'admin satu' }])
  })

  test('where the visit kept no picture at all the photograph is enough, and the record says so', async () => {
    const id = await openVisit(app, desk)
    await at(desk, id).ask()
    const { ticket } = await startOf({}, desk, id)
    expect((await look(ticket, desk, id)).body).toEqual({ reference: referencePhoto.toString('base64') })
    const [entry] = await entries('case.approval-seen', id)
    const { detail } = await app.store.selectFrom('audit_detail').select('detail').where('seq', '=', entry?.seq ?? 0).executeTakeFirstOrThrow()
    expect(JSON.parse(detail)).toMatchObject({ live: 'none' })
    expect(outcomeOf(await approve({ ticket, totp: now() }, desk, id))).toBe('done')
  })
})

describe('all that a desk sees of an approval', () => {
  /** At sign-in, in every field that takes it. */
  async function replay(seat: Seat, seen: readonly string[], proofs: readonly object[]): Promise<string[]> {
    const send = (path: string, body: object) => seat.client.send({ method: 'POST', path, body })
    const answers: string[] = []
    for (const password of seen) {
      const entered = await send(routes.staff.signIn.path, { username: 'supervisor.satu', password })
      answers.push(outcomeOf(entered))
      for (const proof of entered.body['ticket'] ? proofs : []) answers.push(outcomeOf(await send(routes.staff.secondFactor.path, { ticket: entered.body['ticket'], ...proof })))
      await app.store.deleteFrom('sign_in_failure').execute()
      await app.store.updateTable('staff').set({ failures_row: 0, locked_at: null }).execute()
    }
    for (const proof of proofs) for (const ticket of seen.filter((one) => one.includes('.'))) answers.push(outcomeOf(await send(routes.staff.secondFactor.path, { ticket, ...proof })))
    return [...new Set(answers)].sort()
  }

  test('opens no session at sign-in, whichever of the three ways it went', async () => {
    const own = await sit(app, 'supervisor.satu')
    const key = await addPasskey(own)
    const before = await sessions('supervisor.satu')
    const byPin = await ready()
    const byPasskey = await ready({ way: 'passkey', pin: undefined })
    const atOwnDesk = demandOf(await at(own, caseId).startAtOwnDesk())
    if (!byPasskey.passkey) throw new Error('no passkey was asked for')
    const totp = now()
    const assertion = key.get(byPasskey.passkey)
    await forgetTotpSteps(app.store)
    const seen = [testApprovalPin, totp, testApprovalPin + totp, byPin.ticket, byPasskey.ticket, atOwnDesk.ticket, byPasskey.passkey.challenge]
    const answers = await replay(desk, seen, [{ totp }, { passkey: assertion }])
    // A ticket is longer than any password may be.
    expect(answers).toEqual(['request-invalid', 'sign-in-ticket-expired', 'sign-in-wrong'])
    expect(await sessions('supervisor.satu')).toBe(before)
    // The very same things approve, once.
    expect(outcomeOf(await approve({ ticket: byPin.ticket, totp }))).toBe('done')
    expect(outcomeOf(await approve({ ticket: byPasskey.ticket, passkey: assertion }))).toBe('approval-ticket-expired')
  })
})

describe('guesses at an approval PIN', () => {
  const guess = (pin: string) => start({ pin })
  test('pause after three and spend it after ten, also when they come at once; no account is locked by them', async () => {
    const codes: string[] = []
    codes.push(...(await Promise.all(Array.from({ length: 5 }, () => guess('918273')))).map(outcomeOf))
    expect(codes.filter((code) => code === 'approval-pin-wrong')).toHaveLength(2)
    expect(codes.filter((code) => code === 'approval-pin-paused')).toHaveLength(3)
    expect(outcomeOf(await guess(testApprovalPin))).toBe('approval-pin-paused')
    for (let i = 3; i < 10; i++) {
      if (i % 3 === 0) {
        app.clock.advance(5 * minute + 1)
        const renewed = await desk.client.send({ method: 'POST', path: routes.staff.renew.path, token: desk.token })
        desk = { ...desk, token: (renewed.body['token'] as { accessToken: string }).accessToken }
      }
      codes.push(outcomeOf(await guess('918273')))
    }
    expect(codes.at(-1)).toBe('approval-pin-missing')
    app.clock.advance(6 * minute)
    const fresh = await sit(app, 'officer.satu')
    const other = await askForApproval(fresh)
    expect(outcomeOf(await start({}, fresh, other))).toBe('approval-pin-missing')
    expect(await app.store.selectFrom('alert').select('kind').where('kind', '=', 'approval-pin-spent').execute()).toHaveLength(1)
    const { locked_at: lockedAt, failures_row: row } = await app.store.selectFrom('staff').selectAll().where('username', '=', 'supervisor.satu').executeTakeFirstOrThrow()
    expect([lockedAt, row]).toEqual([null, 0])
    // Their own desk is open to them all the same.
    const own = await sit(app, 'supervisor.satu')
    expect(outcomeOf(await at(own, other).startAtOwnDesk())).toBe('done')
  })

  test('a right one is no guess', async () => {
    for (let i = 0; i < 12; i++) expect(outcomeOf(await start({ username: 'admin.satu' }))).toBe('done')
  })

  test('whoever has none is told so', async () => {
    await app.store.deleteFrom('approval_pin').where('staff_id', '=', await staffId('admin.satu')).execute()
    expect(outcomeOf(await start({ username: 'admin.satu' }))).toBe('approval-pin-missing')
  })
})

test('an approval is asked for and given again after the supervisor’s PIN was right twice', async () => {
  expect(outcomeOf(await approveByPin(app, desk, caseId))).toBe('done')
  expect(outcomeOf(await approveByPin(app, desk, await askForApproval(desk)))).toBe('done')
})
