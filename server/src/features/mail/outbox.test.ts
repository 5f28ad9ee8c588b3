import { afterEach, beforeEach, expect, it } from 'vitest'
import { hour, minute } from '../../clock.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { type ClaimedMail, createOutbox, lease, mostLostWorkers, type Outbox } from './outbox.ts'
import { createMailService } from './service.ts'

let core: TestCore
let outbox: Outbox
let id: string

beforeEach(async () => {
  core = await createTestCore()
  outbox = createOutbox(core.store)
  id = await enqueue()
})
afterEach(() => core.close())

const now = () => core.clock.now()
const state = () => core.store.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

function enqueue(): Promise<string> {
  const message = { to: 'a@example.com', subject: 's', text: 't', html: 'h' }
  return core.store.transaction().execute((work) =>
    createMailService(core).enqueue({ work, now: now(), announce: () => undefined }, { kind: 'newly-bound', caseId: null, message, expiresAt: now() + hour }),
  )
}

async function claim(): Promise<ClaimedMail> {
  const mail = await outbox.claim(now())
  if (!mail) throw new Error('nothing to claim')
  return mail
}

it('gives a mail to one of many who ask at once', async () => {
  const claims = await Promise.all(Array.from({ length: 10 }, () => outbox.claim(now())))
  expect(claims.filter(Boolean)).toHaveLength(1)
})

it('gives out the mail that has waited longest', async () => {
  core.clock.advance(minute)
  await enqueue()
  expect((await claim()).id).toBe(id)
})

it('gives a mail to somebody else once its lease has run out', async () => {
  await claim()
  core.clock.advance(lease - 1)
  expect(await outbox.claim(now())).toBeUndefined()
  core.clock.advance(1)
  expect((await claim()).id).toBe(id)
})

it('keeps a mail with whoever renews its lease', async () => {
  const mail = await claim()
  core.clock.advance(lease - 1)
  const renewed = await outbox.renew(mail, now())
  core.clock.advance(lease - 1)
  expect(await outbox.claim(now())).toBeUndefined()
  expect(await outbox.defer(renewed as ClaimedMail, '451', now())).toBe(true)
})

it('lets nobody renew, defer or bounce what is no longer theirs', async () => {
  const mail = await claim()
  core.clock.advance(lease)
  const other = await claim()
  expect(await outbox.renew(mail, now())).toBeUndefined()
  expect(await outbox.defer(mail, '451', now())).toBe(false)
  expect(await outbox.bounce(mail, '550')).toBe(false)
  expect(await state()).toMatchObject({ state: 'queued', attempts: 0, claimed_until: other.claimedUntil })
})

it('records an acceptance even from one whose lease ran out, once', async () => {
  const mail = await claim()
  core.clock.advance(lease)
  const other = await claim()
  expect(await outbox.accept(mail, now())).toBe(true)
  expect(await outbox.accept(other, now() + 1)).toBe(false)
  expect(await state()).toMatchObject({ state: 'accepted', accepted_at: now(), attempts: 1, message: null })
})

it('does not give out a mail whose time is over, but expires it', async () => {
  core.clock.advance(hour)
  expect(await outbox.claim(now())).toBeUndefined()
  expect(await outbox.expire(now())).toEqual([{ id, caseId: null, failure: null }])
  expect(await state()).toMatchObject({ state: 'expired', message: null })
})

it('lets a mail on its way at the end of its time still arrive', async () => {
  core.clock.advance(hour - 1)
  const mail = await claim()
  core.clock.advance(1)
  expect(await outbox.expire(now())).toEqual([])
  expect(await outbox.accept(mail, now())).toBe(true)
})

it('gives up a mail that has lost ten workers in a row, and wipes it; the others go on', async () => {
  core.clock.advance(1)
  const other = await enqueue()
  for (let lost = 0; lost < mostLostWorkers; lost++) {
    expect(await outbox.expire(now())).toEqual([])
    expect(await claim()).toMatchObject({ id, lostWorkers: lost })
    core.clock.advance(lease)
  }
  expect(await outbox.expire(now())).toEqual([{ id, caseId: null, failure: 'worker-lost' }])
  expect((await claim()).id).toBe(other)
  expect(await state()).toMatchObject({ state: 'expired', failure: 'worker-lost', message: null, claimed_until: null })
})

it('counts lost workers anew once one has come to an end with it', async () => {
  await claim()
  core.clock.advance(lease)
  const mail = await claim()
  expect(mail.lostWorkers).toBe(1)
  await outbox.defer(mail, '451', now())
  expect((await claim()).lostWorkers).toBe(0)
})
