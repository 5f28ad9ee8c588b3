import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { importPopulation, loadConfig, openStore, type Population, type Store } from '@ikd/server'
import { createMailbox, type Mailbox } from '../../../scripts/demo/mailbox.ts'
import { introduce } from '../../../scripts/journeys/stage/authenticator.ts'
import { findFreePort } from '../../../scripts/journeys/stage/ports.ts'
import { type Relay, startRelay } from './relay.ts'

const root = resolve(import.meta.dirname, '../../..')

/** A real server in a process of its own, on a fresh database, with a real mailbox behind it. */
export interface Service {
  readonly serverUrl: string
  /** Where the built renderer is served for the browser host. */
  readonly counterUrl: string
  readonly mailbox: Mailbox
  /** What lies between everybody and the server. */
  readonly network: Relay
  /** Ends every session of staff on the server, as hours of absence would; nobody here is told. */
  endSessions(): Promise<void>
  /** Takes every face out of the search for duplicates: several people of these tests have the one face the pictures hold twice. */
  forgetFaces(): Promise<void>
  /** The day's comparisons of this person, in their latest visit, as failed ones leave them. */
  spendComparisons(nik: string): Promise<void>
  stop(): Promise<void>
}

/** @param extra.counterOrigins where else the renderer is served, beside the server's own site */
export async function startService(people: Population, extra: { counterOrigins?: readonly string[] } = {}): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'ikd-counter-'))
  const [port, counterPort] = [await findFreePort(), await findFreePort()]
  const mailbox = await createMailbox({ smtpPort: 0, webPort: 0 })
  const network = await startRelay(() => port)
  const serverUrl = `http://localhost:${network.port}`
  const counterOrigins = ['ikd://counter', `http://localhost:${counterPort}`, ...(extra.counterOrigins ?? [])]
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ counterOrigins }))
  const env = {
    IKD_DATA: folder,
    IKD_PORT: String(port),
    IKD_PUBLIC_URL: serverUrl,
    IKD_COUNTER_PORT: String(counterPort),
    IKD_COUNTER_DIRECTORY: resolve(root, 'counter-app/dist'),
    IKD_SMTP_HOST: '127.0.0.1',
    IKD_SMTP_PORT: String(mailbox.smtpPort),
    IKD_STOP_WITH_PARENT: 'true',
  }
  const config = loadConfig(env)
  await importPopulation(config, people)
  const server = spawn(process.execPath, [resolve(root, 'server/src/main.ts')], { env: { ...process.env, ...env }, stdio: ['pipe', 'inherit', 'inherit'] })
  // The counter's site listens after the API.
  for (const url of [`${serverUrl}/health`, `http://localhost:${counterPort}/`]) await untilAnswering(url, server)
  introduce(serverUrl, {
    now: Date.now,
    forgetSteps: () => withStore(config.database, (store) => store.updateTable('staff_factor').set({ last_counter: 0 }).where('kind', '=', 'totp').execute()),
  })
  return {
    serverUrl,
    counterUrl: `http://localhost:${counterPort}/`,
    mailbox,
    network,
    endSessions: () => withStore(config.database, (store) => store.updateTable('staff_session').set({ ended_at: Date.now() }).where('ended_at', 'is', null).execute()),
    forgetFaces: () => withStore(config.database, takeOutFaces),
    spendComparisons: (nik) => withStore(config.database, (store) => writeComparisons(store, nik)),
    async stop() {
      const ended = new Promise((done) => server.once('exit', done))
      server.kill()
      await ended
      await network.close()
      await mailbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function takeOutFaces(store: Store): Promise<void> {
  await store.transaction().execute(async (work) => {
    const rows = await work.deleteFrom('face_template').returning('capture_id').execute()
    const { seq } = await work.selectFrom('template_change').select((row) => row.fn.max('seq').as('seq')).executeTakeFirstOrThrow()
    // As the server itself tells others of what is gone.
    for (const [i, { capture_id }] of rows.entries()) await work.insertInto('template_change').values({ seq: (seq ?? 0) + 1 + i, template_id: capture_id, at: Date.now() }).execute()
  })
}

async function writeComparisons(store: Store, nik: string): Promise<void> {
  const visit = await store
    .selectFrom('desk_case')
    .innerJoin('resident', 'resident.id', 'desk_case.resident_id')
    .select(['desk_case.id', 'resident.id as resident_id'])
    .where('resident.nik', '=', nik)
    .orderBy('desk_case.id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const at = Date.now()
  for (let n = 0; n < 5; n++) {
    await store
      .insertInto('capture')
      .values({
        id: randomUUID(), case_id: visit.id, resident_id: visit.resident_id, created_at: at, expires_at: at, submitted_at: at, voided_at: null, outcome: 'non-match', reasons: '[]', band: 'far',
        frames_received: 12, frames_used: 3, fingerprints: null, challenge: '[]',
      })
      .execute()
  }
}

async function withStore(database: string, act: (store: Store) => Promise<unknown>): Promise<void> {
  const store = await openStore(database)
  try {
    await act(store)
  } finally {
    await store.destroy()
  }
}

async function untilAnswering(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`)
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('the server did not come up')
}
