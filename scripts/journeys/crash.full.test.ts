import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DomainError, routes } from '@ikd/contract'
import { createFaceEngine } from '@ikd/face/node'
import { type Config, createHeadKeys, importPopulation, loadConfig, openSecrets, openStore, verifyAudit } from '@ikd/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailbox, type Mailbox } from '../demo/mailbox.ts'
import { findDemoFaces } from '../demo/faces.ts'
import { makePopulation } from '../demo/population/population.ts'
import { person } from '../demo/turning-head/sitter.ts'
import { type Desk, makeDesk } from './stage/desk.ts'
import { awaitLetter, readActivation } from './stage/letter.ts'
import { makePhone, type Phone } from './stage/phone.ts'
import { findFreePort } from './stage/ports.ts'

const password = 'sandi-panggung-1'
const email = 'ratna@contoh.id'

let config: Config
let mailbox: Mailbox
let server: ChildProcess | undefined
let log = ''
let phone: Phone
let desk: Desk
let caseId: string
let nik: string

function environment(): NodeJS.ProcessEnv {
  const { dataDirectory, port } = config
  return {
    ...process.env,
    IKD_DATA: dataDirectory,
    IKD_PORT: String(port),
    IKD_STOP_WITH_PARENT: 'true',
    IKD_SMTP_HOST: 'localhost',
    IKD_SMTP_PORT: String(mailbox.smtpPort),
    IKD_SMTP_FROM: 'IKD <noreply@ikd.invalid>',
  }
}

/** Starts the server as a process of its own and waits until it is up. */
async function start(): Promise<void> {
  server = spawn(process.execPath, [fileURLToPath(import.meta.resolve('@ikd/server/main'))], { env: environment(), stdio: ['pipe', 'pipe', 'pipe'] })
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  for (let i = 0; i < 300; i++) {
    if (await fetch(`${config.publicUrl}/health`).then(({ ok }) => ok, () => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the server did not come up: ${log}`)
}

/** No farewell: what is not on the disk is gone. */
async function kill(): Promise<void> {
  const gone = new Promise((resolve) => server?.once('exit', resolve))
  server?.kill('SIGKILL')
  await gone
}

beforeAll(async () => {
  const engine = await createFaceEngine()
  const faces = await findDemoFaces(engine)
  mailbox = await createMailbox({ smtpPort: 0, webPort: 0 })
  const port = await findFreePort()
  config = loadConfig({ IKD_DATA: await mkdtemp(join(tmpdir(), 'ikd-crash-')), IKD_PORT: String(port) })
  const demo = await makePopulation({ today: '2026-11-21', portraits: faces, password: () => password, enrolmentCode: (office, n) => `${office}-kode-${n}` })
  await importPopulation(config, demo.population)
  nik = demo.cast.find(({ part }) => part === 'genuine-pair')?.nik as string
  await start()
  phone = await makePhone(config.publicUrl)
  desk = await makeDesk(config.publicUrl, { enrolmentCode: 'madiun-kode-1', username: 'petugas.madiun', password })
  await phone.register({ nik, email })
  const opened = await desk.open(await phone.registrationQr())
  caseId = opened.id
  await phone.confirmCase(opened.confirmation?.code as string)
  const face = faces.find(({ id }) => id === 'sample3-895')
  if (!face) throw new Error('the demo’s genuine pair is missing')
  await desk.capture(caseId, person(engine, face, 0))
  await engine.close()
}, 120_000)

afterAll(async () => {
  await kill()
  await mailbox.close()
  await rm(config.dataDirectory, { recursive: true, force: true })
})

/** What the database holds of the decision. */
async function readDecision() {
  const store = await openStore(config.database)
  try {
    const { state } = await store.selectFrom('desk_case').select('state').where('id', '=', caseId).executeTakeFirstOrThrow()
    const activations = await store.selectFrom('activation').select('id').where('case_id', '=', caseId).execute()
    const mails = await store.selectFrom('outbox').select('id').where('case_id', '=', caseId).execute()
    const entries = await store.selectFrom('audit_entry').select('seq').where('subject_id', '=', caseId).where('action', '=', 'case.approved').execute()
    const { findings } = await verifyAudit(store, createHeadKeys(openSecrets(config)))
    return { state, activations: activations.length, mails: mails.length, entries: entries.length, findings }
  } finally {
    await store.destroy()
  }
}

const undecided = { state: 'awaiting-decision', activations: 0, mails: 0, entries: 0, findings: [] }
const decided = { state: 'approved', activations: 1, mails: 1, entries: 1, findings: [] }

test('a server killed in the middle of a decision has decided wholly or not at all, and the retry is safe', async () => {
  const idempotencyKey = randomUUID()
  const decide = (timeoutMs: number) =>
    desk.client.call(routes.cases.decide, { token: desk.token, params: { caseId }, body: { outcome: 'approve' }, idempotencyKey, timeoutMs })
  for (const delay of [0, 3, 6, 10, 15]) {
    const answer = decide(5_000).catch((error: unknown) => {
      if (error instanceof DomainError) throw error
    })
    await new Promise((resolve) => setTimeout(resolve, delay))
    await kill()
    expect([undecided, decided]).toContainEqual(await readDecision())
    await start()
    await answer
  }
  expect(await decide(5_000)).toMatchObject({ state: 'approved' })
  expect(await readDecision()).toEqual(decided)

  const { code } = readActivation(await awaitLetter(mailbox, email))
  const copies = mailbox.letters(email)
  expect(new Set(copies.map(({ messageId, text }) => `${messageId}\n${text}`)).size).toBe(1)

  for (const secret of [nik, email, code, password]) expect(log).not.toContain(secret)
}, 120_000)
