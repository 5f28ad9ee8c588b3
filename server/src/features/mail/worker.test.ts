import { fork } from 'node:child_process'
import { once } from 'node:events'
import PostalMime from 'postal-mime'
import { expect, it } from 'vitest'
import { hour, minute, second } from '../../clock.ts'
import type { TestCore } from '../../testing/core.ts'
import { lease } from './outbox.ts'
import { reply, startReceiver } from './receiver.fixture.ts'
import { createMailService } from './service.ts'
import { directory, endings, enqueue, message, openCore, prepareOutbox, receive, row, startWorker, until } from './worker.fixture.ts'
import { pauseAfter } from './worker.ts'

prepareOutbox()

it('delivers a mail once, right after its commit, and wipes it', async () => {
  const receiver = await receive()
  const core = await openCore(receiver.port)
  const caseId = await openCase(core)
  const announced: string[] = []
  startWorker(core, async (id) => void announced.push(id))
  const id = await enqueue(core, { caseId })
  await until(() => expect(announced).toEqual([caseId]))

  expect(receiver.mails).toHaveLength(1)
  expect(receiver.mails[0]).toMatchObject({ from: `bounce+${id}@ikd.example`, to: ['siti@example.com'] })
  const mail = await PostalMime.parse(receiver.mails[0]?.raw ?? '')
  expect(mail).toMatchObject({ messageId: `<${id}@ikd.example>`, subject: message.subject, to: [{ address: 'siti@example.com' }], from: { address: 'noreply@ikd.example', name: 'IKD' } })
  expect([mail.text?.trim(), mail.html?.trim()]).toEqual([message.text.trim(), message.html])
  expect(Date.parse(mail.date ?? '')).toBe(core.clock.now())
  expect(await row(core, id)).toMatchObject({ state: 'accepted', accepted_at: core.clock.now(), attempts: 1, message: null, failure: null, claimed_until: null })
  expect(await createMailService(core).findState(core.store, id)).toEqual({ state: 'accepted', attempts: 1, failure: null, nextAttemptAt: core.clock.now(), acceptedAt: core.clock.now() })
})

it('holds a waiting mail sealed', async () => {
  const core = await openCore(1)
  const { message: sealed } = await row(core, await enqueue(core))
  expect(Buffer.from(sealed ?? []).toString('latin1')).not.toMatch(/123456|siti/)
})

it('sends nothing for a transaction that came to nothing', async () => {
  const receiver = await receive()
  const core = await openCore(receiver.port)
  startWorker(core)
  const failing = core.store.transaction().execute(async (work) => {
    await createMailService(core).enqueue({ work, now: core.clock.now(), announce: () => undefined }, { kind: 'activation', caseId: null, message, expiresAt: core.clock.now() + hour })
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  await enqueue(core)
  await until(() => expect(receiver.mails).toHaveLength(1))
})

it('delivers exactly once when the mail server was down and comes up', async () => {
  const before = await startReceiver()
  await before.close()
  const core = await openCore(before.port)
  const worker = startWorker(core)
  const id = await enqueue(core)
  for (let attempt = 1; attempt <= 3; attempt++) {
    await until(async () => expect(await row(core, id)).toMatchObject({ state: 'queued', attempts: attempt, failure: 'unreachable', claimed_until: null }))
    core.clock.advance((await row(core, id)).next_attempt_at - core.clock.now() - (attempt === 3 ? 1 : 0))
    if (attempt < 3) worker.wake()
  }
  const receiver = await receive({ port: before.port })
  worker.wake()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(receiver.mails, 'one millisecond before its next attempt').toHaveLength(0)
  core.clock.advance(1)
  await until(async () => expect((await row(core, id)).state).toBe('accepted'))
  core.clock.advance(hour)
  worker.wake()
  await worker.stop()
  expect(receiver.mails).toHaveLength(1)
})

it('tries again after 451', async () => {
  const refusals = [reply(451)]
  const receiver = await receive({
    onMail() {
      const refusal = refusals.shift()
      if (refusal) throw refusal
    },
  })
  const core = await openCore(receiver.port)
  const worker = startWorker(core)
  const id = await enqueue(core)
  await until(async () => expect(await row(core, id)).toMatchObject({ state: 'queued', failure: '451', attempts: 1 }))
  expect((await row(core, id)).next_attempt_at - core.clock.now()).toBeGreaterThanOrEqual(0.75 * second)
  core.clock.advance(2 * second)
  worker.wake()
  await until(async () => expect(await row(core, id)).toMatchObject({ state: 'accepted', failure: null, attempts: 2 }))
  expect(receiver.mails).toHaveLength(1)
})

it('wipes a mail that bounced, and says so', async () => {
  const receiver = await receive({ onMail: () => Promise.reject(reply(552)) })
  const core = await openCore(receiver.port)
  const caseId = await openCase(core)
  const announced: string[] = []
  startWorker(core, async (id) => void announced.push(id))
  const id = await enqueue(core, { caseId })
  await until(() => expect(announced).toEqual([caseId]))
  expect(await row(core, id)).toMatchObject({ state: 'bounced', failure: '552', attempts: 1, message: null, accepted_at: null })
})

it('gives up at the end of a mail’s time, and wipes it', async () => {
  const core = await openCore(1)
  const worker = startWorker(core)
  const id = await enqueue(core)
  await until(async () => expect((await row(core, id)).attempts).toBe(1))
  core.clock.advance(hour)
  worker.wake()
  await until(async () => expect(await row(core, id)).toMatchObject({ state: 'expired', message: null, failure: 'unreachable', accepted_at: null }))
})

it('does not try a mail again that was withdrawn while it was being sent', async () => {
  const release = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  let arrivals = 0
  const receiver = await receive({
    async onMail() {
      arrivals++
      arrived.resolve()
      await release.promise
      throw reply(451)
    },
  })
  const core = await openCore(receiver.port)
  const worker = startWorker(core)
  const id = await enqueue(core)
  await arrived.promise
  await core.store.transaction().execute((work) => createMailService(core).withdraw({ work, now: core.clock.now(), announce: () => undefined }, id))
  release.resolve()
  await worker.stop()
  expect(await row(core, id)).toMatchObject({ state: 'expired', message: null, claimed_until: null })
  core.clock.advance(minute)
  startWorker(core)
  await enqueue(core)
  await until(() => expect(arrivals).toBe(2))
})

it('leaves an accepted mail accepted when it is withdrawn too late', async () => {
  const receiver = await receive()
  const core = await openCore(receiver.port)
  startWorker(core)
  const id = await enqueue(core)
  await until(async () => expect((await row(core, id)).state).toBe('accepted'))
  await core.store.transaction().execute((work) => createMailService(core).withdraw({ work, now: core.clock.now(), announce: () => undefined }, id))
  expect((await row(core, id)).state).toBe('accepted')
})

it('stops only once the mail in flight is settled', async () => {
  const arrived = Promise.withResolvers<void>()
  const receiver = await receive({
    async onMail() {
      arrived.resolve()
      await new Promise((resolve) => setTimeout(resolve, 200))
    },
  })
  const core = await openCore(receiver.port)
  const worker = startWorker(core)
  const id = await enqueue(core)
  await arrived.promise
  await worker.stop()
  expect((await row(core, id)).state).toBe('accepted')
})

it('lets two servers share one outbox without sending a mail twice', async () => {
  const receiver = await receive({ onMail: () => new Promise((resolve) => setTimeout(resolve, Math.random() * 20)) })
  const [one, other] = [await openCore(receiver.port), await openCore(receiver.port)]
  const ids = new Set<string>()
  for (let mail = 0; mail < 40; mail++) ids.add(await enqueue(one))
  startWorker(one)
  startWorker(other)
  await until(async () => {
    const { left } = await one.store.selectFrom('outbox').select((count) => count.fn.countAll().as('left')).where('state', '=', 'queued').executeTakeFirstOrThrow()
    expect(Number(left)).toBe(0)
  })
  const sent = receiver.mails.map(({ from }) => from.slice('bounce+'.length, -'@ikd.example'.length))
  expect(sent).toHaveLength(40)
  expect(new Set(sent)).toEqual(ids)
})

it('sends the very same bytes again after a crash between the server’s word and ours', async () => {
  const copies: Buffer[] = []
  let kill = () => {}
  const receiver = await receive({
    onMail({ raw }) {
      copies.push(raw)
      kill()
    },
  })
  const core = await openCore(receiver.port)
  const id = await enqueue(core, { message: { ...message, subject: 'Kode — aktivasi', text: `${'panjang '.repeat(40)}\n`, html: '<p>é</p>' } })
  const child = fork(new URL('./worker-process.fixture.ts', import.meta.url), [directory, core.config.database, String(receiver.port)], { execArgv: [], env: { ...process.env, TMPDIR: directory } })
  endings.push(() => void child.kill('SIGKILL'))
  kill = () => {
    kill = () => {}
    child.kill('SIGKILL')
  }
  await once(child, 'exit')
  expect(copies).toHaveLength(1)
  expect(await row(core, id)).toMatchObject({ state: 'queued', attempts: 0, accepted_at: null })

  core.clock.advance(lease)
  startWorker(core)
  await until(async () => expect(await row(core, id)).toMatchObject({ state: 'accepted', accepted_at: core.clock.now(), message: null }))
  expect(copies).toHaveLength(2)
  expect(copies[1]?.equals(copies[0] as Buffer)).toBe(true)
})

it('waits longer after each failure, up to a minute, a quarter more or less', () => {
  const shortest = () => Buffer.alloc(4)
  const longest = () => Buffer.alloc(4, 0xff)
  const steps = [1, 2, 3, 4, 5, 6, 7, 100]
  expect(steps.map((failures) => pauseAfter(failures, shortest))).toEqual([750, 1500, 3750, 11_250, 22_500, 45_000, 45_000, 45_000])
  expect(steps.map((failures) => pauseAfter(failures, longest))).toEqual([1250, 2500, 6250, 18_750, 37_500, 75_000, 75_000, 75_000])
})

async function openCase(core: TestCore): Promise<string> {
  const [officeId, staffId, workstationId, caseId] = [core.ids.next(), core.ids.next(), core.ids.next(), core.ids.next()]
  const now = core.clock.now()
  await core.store.insertInto('office').values({ id: officeId, name: 'Kantor', address: '-', hours: '-', area_codes: '[]', rollout_from: null }).execute()
  await core.store
    .insertInto('staff')
    .values({ id: staffId, username: staffId, name: 'Petugas', role: 'officer', office_id: officeId, institution_id: null, password_hash: '-' })
    .execute()
  await core.store.insertInto('workstation').values({ id: workstationId, office_id: officeId, label: '1', jkt: workstationId, powers: '[]', enrolled_at: now, revoked_at: null }).execute()
  await core.store
    .insertInto('desk_case')
    .values({ id: caseId, kind: 'activation', state: 'approved', version: 1, office_id: officeId, workstation_id: workstationId, officer_id: staffId, eligibility: '[]', opened_at: now, confirmation_tries: 0 })
    .execute()
  return caseId
}
