import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hour, minute, second } from '../../clock.ts'
import { forgetOldPages } from '../../database/forget.ts'
import { inUnit } from '../../plugins/registrar.ts'
import type { TestCore } from '../../testing/core.ts'
import { testsOnPostgres } from '../../testing/database.ts'
import { createTestRows } from '../../testing/rows.ts'
import { createActivationsService } from '../activations/service.ts'
import { lease } from './outbox.ts'
import { reply, startReceiver } from './receiver.fixture.ts'
import { codesPerAddress, createMailService, mailContext } from './service.ts'
import { enqueue, message, openCore, prepareOutbox, receive, row, startWorker, until } from './worker.fixture.ts'

prepareOutbox()

/** An approval, with its mail in the outbox. */
async function approve(core: TestCore, { email = 'siti@example.com', rows = createTestRows(core) } = {}) {
  const residentId = await rows.resident()
  const { registrationId } = await rows.binding(residentId)
  const { id: caseId } = await core.store.selectFrom('desk_case').select('id').where('registration_id', '=', registrationId).executeTakeFirstOrThrow()
  const activations = createActivationsService(core, createMailService(core))
  await inUnit(core, (unit) => activations.begin(unit, { caseId, registrationId, residentId, email, name: 'Siti', officeName: 'Kantor' }))
  const get = async () => {
    const activation = await activations.findByCase(core.store, caseId)
    if (!activation) throw new Error('no activation')
    return activation
  }
  return { activations, get }
}

describe('with the mail server down for an hour', () => {
  it('an approval’s mail arrives at the first try after it is back, once, and its ten minutes begin then', async () => {
    const before = await startReceiver()
    await before.close()
    const core = await openCore(before.port)
    const { get } = await approve(core)
    const { id } = await core.store.selectFrom('outbox').select('id').executeTakeFirstOrThrow()
    const worker = startWorker(core)
    const upAgain = core.clock.now() + hour
    let longestPause = 0
    for (let attempt = 1; ; attempt++) {
      await until(async () => expect(await row(core, id)).toMatchObject({ state: 'queued', attempts: attempt, failure: 'unreachable', claimed_until: null }))
      const pause = (await row(core, id)).next_attempt_at - core.clock.now()
      longestPause = Math.max(longestPause, pause)
      if (core.clock.now() >= upAgain) break
      // Small pauses first; then the hour goes by at once.
      core.clock.advance(attempt < 8 ? pause : Math.max(pause, upAgain - core.clock.now()))
      worker.wake()
    }
    expect((await get()).codeExpiresAt).toBeUndefined()
    expect(longestPause).toBeLessThanOrEqual(75 * second)
    const receiver = await receive({ port: before.port })
    core.clock.advance(75 * second)
    worker.wake()
    await until(async () => expect((await row(core, id)).state).toBe('accepted'))
    expect(await get()).toMatchObject({ mail: 'accepted', codeExpiresAt: core.clock.now() + 10 * minute })
    await worker.stop()
    expect(receiver.mails).toHaveLength(1)
  })
})

describe('a mail that cannot be read', () => {
  it('holds up no other, however many there are', async () => {
    const receiver = await receive()
    const core = await openCore(receiver.port)
    for (let i = 0; i < 25; i++) {
      const poison = await enqueue(core)
      const sealed = core.envelope.seal(Buffer.from('{"to":'), mailContext(poison))
      await core.store.updateTable('outbox').set({ message: i % 2 ? sealed : Buffer.from('no envelope at all') }).where('id', '=', poison).execute()
    }
    core.clock.advance(1)
    const good = await enqueue(core)
    startWorker(core)
    await until(async () => expect((await row(core, good)).state).toBe('accepted'))
    expect(receiver.mails).toHaveLength(1)
    const others = await core.store.selectFrom('outbox').select(['state', 'failure', 'attempts']).where('id', '<>', good).execute()
    expect(others.every(({ state, failure }) => state === 'queued' && failure === 'unreadable')).toBe(true)
  })

  it('and may have killed its worker, is sent alone', async () => {
    const release = Promise.withResolvers<void>()
    const arrivals: string[] = []
    const receiver = await receive({
      async onMail({ to }) {
        arrivals.push(to[0] ?? '')
        if (to[0]?.startsWith('racun')) await release.promise
      },
    })
    const core = await openCore(receiver.port)
    const suspect = await enqueue(core, { message: { ...message, to: 'racun@example.com' } })
    await core.store.updateTable('outbox').set({ claimed_until: core.clock.now() - 1 }).where('id', '=', suspect).execute()
    core.clock.advance(1)
    const good = await enqueue(core)
    startWorker(core).wake()
    await until(() => expect(arrivals).toEqual(['racun@example.com']))
    expect((await row(core, good)).claimed_until).toBeNull()
    release.resolve()
    await until(async () => expect((await row(core, good)).state).toBe('accepted'))
    expect((await row(core, suspect)).state).toBe('accepted')
  })

  it('nor does one the mail server will not take for now', async () => {
    const receiver = await receive({
      onMail({ to }) {
        if (to[0]?.startsWith('penuh')) throw reply(452)
      },
    })
    const core = await openCore(receiver.port)
    for (let i = 0; i < 25; i++) await enqueue(core, { message: { ...message, to: `penuh${i}@example.com` } })
    core.clock.advance(1)
    const good = await enqueue(core)
    startWorker(core)
    await until(async () => expect((await row(core, good)).state).toBe('accepted'))
  })
})

describe('two servers', () => {
  it('never have one mail at once while the first holds its lease', async () => {
    const release = Promise.withResolvers<void>()
    let arrivals = 0
    const receiver = await receive({
      async onMail() {
        arrivals += 1
        await release.promise
      },
    })
    const [one, other] = [await openCore(receiver.port), await openCore(receiver.port)]
    const id = await enqueue(one)
    startWorker(one)
    await until(() => expect(arrivals).toBe(1))
    const worker = startWorker(other)
    other.clock.advance(lease - 1)
    worker.wake()
    await worker.stop()
    expect(arrivals).toBe(1)
    release.resolve()
    await until(async () => expect((await row(one, id)).state).toBe('accepted'))
    expect(receiver.mails).toHaveLength(1)
  })
})

describe.runIf(!testsOnPostgres)('the body of a mail', () => {
  const isInFiles = async (core: TestCore, bytes: Buffer) => {
    await forgetOldPages(core.store)
    const path = core.config.database.slice('sqlite:'.length)
    return ['', '-wal'].some((end) => readFileSync(path + end).includes(bytes))
  }

  it.each([
    ['accepted', async (core: TestCore, id: string) => {
      startWorker(core)
      await until(async () => expect((await row(core, id)).state).toBe('accepted'))
    }],
    ['expired', async (core: TestCore, id: string) => {
      core.clock.advance(hour)
      startWorker(core)
      await until(async () => expect((await row(core, id)).state).toBe('expired'))
    }],
    ['withdrawn', (core: TestCore, id: string) => inUnit(core, (unit) => createMailService(core).withdraw(unit, id))],
  ] as const)('stands sealed in the file while it waits, and is gone from it and its log once %s', async (_how, finish) => {
    const receiver = await receive()
    const core = await openCore(receiver.port)
    const id = await enqueue(core)
    const sealed = Buffer.from((await row(core, id)).message ?? [])
    const [head, middle] = [sealed.subarray(0, 48), sealed.subarray(100, 148)]
    expect([await isInFiles(core, head), await isInFiles(core, middle), await isInFiles(core, Buffer.from('123456'))]).toEqual([true, true, false])
    await finish(core, id)
    expect([await isInFiles(core, head), await isInFiles(core, middle)]).toEqual([false, false])
  })
})

describe('one address', () => {
  const outcome = (attempt: Promise<unknown>) => attempt.then(() => 'sent', (error: Error & { code?: string }) => error.code)

  it('gets twenty codes a day and no more, whoever asks and however it is spelt; warnings still come through', async () => {
    const core = await openCore(1)
    const [start, rows] = [core.clock.now(), createTestRows(core)]
    const outcomes = []
    for (let i = 0; i <= codesPerAddress.most; i++) {
      outcomes.push(await outcome(approve(core, { email: i % 2 ? 'Korban@example.com' : 'korban@EXAMPLE.com', rows })))
      core.clock.advance(second)
    }
    expect(outcomes).toEqual([...Array<string>(codesPerAddress.most).fill('sent'), 'mail-codes-exhausted'])
    expect(await outcome(approve(core, { email: 'lain@example.com', rows }))).toBe('sent')
    const warning = inUnit(core, (unit) => createMailService(core).enqueueNotice(unit, { to: 'korban@example.com', notice: 'suspended' }))
    expect(await outcome(warning)).toBe('sent')
    core.clock.advance(start + codesPerAddress.window - core.clock.now())
    expect(await outcome(approve(core, { email: 'korban@example.com', rows }))).toBe('sent')
  })

  it('stands nowhere in the count: its hash has a key', async () => {
    const core = await openCore(1)
    await approve(core, { email: 'korban@example.com' })
    expect(JSON.stringify(await core.store.selectFrom('cap').selectAll().execute())).not.toContain('korban')
  })

  it('gets three codes beyond the first for one approval', async () => {
    const core = await openCore(1)
    const { activations, get } = await approve(core)
    const again = async () => {
      const activation = await get()
      return outcome(inUnit(core, (unit) => activations.reissue(unit, activation, { name: 'Siti', officeName: 'Kantor' })))
    }
    expect([await again(), await again(), await again(), await again()]).toEqual(['sent', 'sent', 'sent', 'activation-resends-exhausted'])
    expect(await core.store.selectFrom('outbox').select('id').where('state', '=', 'queued').execute()).toHaveLength(1)
  })
})
