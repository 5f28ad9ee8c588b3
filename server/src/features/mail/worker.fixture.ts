import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { hour } from '../../clock.ts'
import { openSecrets } from '../../security/secrets.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { type Receiver, startReceiver } from './receiver.fixture.ts'
import type { MailMessage } from './render.ts'
import { createMailService } from './service.ts'
import { createMailWorker, type MailWorker } from './worker.ts'

export const message: MailMessage = { to: 'siti@example.com', subject: 'Kode aktivasi', text: 'Kode: 123456 — sekali pakai\n', html: '<p>Kode: 123456</p>' }

export let endings: (() => Promise<unknown> | void)[]
export let directory: string
let database: TestDatabase

/** For each test of the file that calls this: an outbox, real mail servers, workers; all gone after it. */
export function prepareOutbox(): void {
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ikd-mail-'))
    database = await createTestDatabase()
    endings = [() => rmSync(directory, { recursive: true, force: true }), () => database.drop()]
  })
  afterEach(async () => {
    for (const end of endings.reverse()) await end()
  })
}

export async function receive(...options: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...options)
  endings.push(() => receiver.close())
  return receiver
}

export async function openCore(port: number): Promise<TestCore> {
  const smtp = { host: '127.0.0.1', port, secure: false, from: 'IKD <noreply@ikd.example>' }
  const core = await createTestCore({ secrets: openSecrets({ dataDirectory: directory }), config: { database: database.url, smtp } })
  endings.push(() => core.close())
  return core
}

export function startWorker(core: TestCore, announceCase: (caseId: string) => Promise<void> = async () => undefined): MailWorker {
  const worker = createMailWorker(core, { announceCase })
  endings.push(() => worker.stop())
  worker.start()
  return worker
}

export async function enqueue(core: TestCore, { caseId = null, ...more }: { readonly caseId?: string | null; readonly message?: MailMessage } = {}): Promise<string> {
  const hints: (() => void)[] = []
  const id = await core.store.transaction().execute((work) =>
    createMailService(core).enqueue(
      { work, now: core.clock.now(), announce: (topic, signal) => hints.push(() => core.signals.publish(topic, signal)) },
      { kind: 'activation', caseId, message, expiresAt: core.clock.now() + hour, ...more },
    ),
  )
  for (const hint of hints) hint()
  return id
}

export const row = (core: TestCore, id: string) => core.store.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
export const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 15_000, interval: 20 })
