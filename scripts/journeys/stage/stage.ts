import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp, buildSite, type Config, importPopulation, openStore, type Store, systemClock } from '@ikd/server'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import { agencies, createAgencies } from '../../demo/agencies.ts'
import { type DemoFace, findDemoFaces } from '../../demo/faces.ts'
import { createMailbox, type Mailbox } from '../../demo/mailbox.ts'
import { type Head, headOf } from '../../demo/turning-head/head.ts'
import { person, type Sitter } from '../../demo/turning-head/sitter.ts'
import { type DemoPopulation, makePopulation } from '../../demo/population/population.ts'
import { introduce } from './authenticator.ts'
import { findFreePort } from './ports.ts'

/** Everything a story needs, for real, in this process: server, database, face engine, SMTP, agencies. Only time can be moved. */
export interface Stage {
  readonly url: string
  readonly counterUrl: string
  /** Where Electron's renderer is served under the double of its module. */
  readonly doublePort: number
  readonly config: Config
  readonly store: Store
  readonly mailbox: Mailbox
  readonly faces: readonly DemoFace[]
  /** That person, to be seated before a page's camera. */
  head(faceId: string): Promise<Head>
  /** The same before a desk without a screen; another visit must not show the same frames. */
  sitter(faceId: string, visit: number): Sitter
  readonly demo: DemoPopulation
  readonly password: string
  /** Moves the server's clock forward. */
  advance(ms: number): void
  now(): number
  enrolmentCode(officeRef: string): string
  close(): Promise<void>
}

const password = 'sandi-panggung-1'

/** The stage shares its process with the browsers' driver and the making of pictures: a late event loop says nothing about load. */
const patient = { eventLoopDelayMs: 0, heapBytes: 0, rssBytes: 0 }

const built = (frontEnd: string) => fileURLToPath(new URL(`../../../${frontEnd}/dist`, import.meta.url))

let shared: Promise<{ engine: FaceEngine; faces: readonly DemoFace[] }> | undefined

/** The engine and the faces it finds are the same for all stages of a process. */
function shareEngine(): Promise<{ engine: FaceEngine; faces: readonly DemoFace[] }> {
  shared ??= (async () => {
    const engine = await createFaceEngine({ workers: 2, start: 'now' })
    return { engine, faces: await findDemoFaces(engine) }
  })()
  return shared
}

export async function closeSharedEngine(): Promise<void> {
  await (await shared)?.engine.close()
  shared = undefined
}

export interface StageOptions {
  /** An empty database instead of a SQLite file of its own. */
  readonly database?: string
  /** With both built front ends, at `url` and `counterUrl`. */
  readonly frontEnds?: boolean
  /** Where people reach the server, when that is not where it listens: something stands in between. */
  readonly publicPort?: number
  /** Where mail goes instead of the stage's own receiver: a port nobody listens on, for one that is down. */
  readonly smtpPort?: number
}

export async function raiseStage(options: StageOptions = {}): Promise<Stage> {
  const { engine, faces } = await shareEngine()
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ikd-stage-'))
  const mailbox = await createMailbox({ smtpPort: 0, webPort: 0 })
  const sources = await createAgencies({ port: 0, token: 'panggung' })
  const port = await findFreePort()
  const url = `http://localhost:${options.publicPort ?? port}`
  const counterPort = options.frontEnds ? await findFreePort() : undefined
  const doublePort = await findFreePort()
  const counterUrl = `http://localhost:${counterPort}`
  const config: Config = {
    dataDirectory,
    database: options.database ?? `sqlite:${join(dataDirectory, 'ikd.sqlite')}`,
    databaseOwner: undefined,
    databasePool: 10,
    databasePatience: 5_000,
    host: 'localhost',
    port,
    publicUrl: url,
    residentUrl: url,
    counterPort,
    counterOrigins: [counterUrl, 'ikd://counter', `http://localhost:${doublePort}`],
    residentDirectory: options.frontEnds ? built('resident-pwa') : undefined,
    counterDirectory: options.frontEnds ? built('counter-app') : undefined,
    smtp: { host: 'localhost', port: options.smtpPort ?? mailbox.smtpPort, secure: false, from: 'IKD <noreply@ikd.invalid>' },
    sources: agencies.map(({ id, name, kinds }) => ({ id, name, kinds, token: 'panggung', url: `http://localhost:${sources.port}/${id}` })),
    faceWorkers: 1,
    trustedProxies: [],
    evidenceDays: { completed: 90, ended: 30 },
    timeZone: 'Asia/Jakarta',
  }
  const demo = await makePopulation({
    today: new Date().toISOString().slice(0, 10),
    portraits: faces,
    password: () => password,
    enrolmentCode: (officeRef, n) => `${officeRef}-kode-${n}`,
  })
  await importPopulation(config, demo.population)
  let moved = 0
  const clock = { now: () => systemClock.now() + moved }
  const app = await buildApp(config, { clock, face: engine, pressure: patient })
  await app.listen({ host: 'localhost', port })
  const counter = config.counterDirectory
    ? await buildSite({ directory: config.counterDirectory, connect: [url], facts: { '/host.json': { serverUrl: url } } })
    : undefined
  await counter?.listen({ host: 'localhost', port: counterPort as number })
  const store = await openStore(config.database)
  introduce(url, {
    now: clock.now,
    forgetSteps: async () => void (await store.updateTable('staff_factor').set({ last_counter: 0 }).where('kind', '=', 'totp').execute()),
  })
  const enrolments = new Map<string, number>()
  const findFace = (faceId: string): DemoFace => {
    const face = faces.find(({ id }) => id === faceId)
    if (!face) throw new Error(`no face ${faceId} in the installed sample pictures`)
    return face
  }
  return {
    url,
    counterUrl,
    doublePort,
    config,
    store,
    mailbox,
    faces,
    head: (faceId) => headOf(engine, findFace(faceId)),
    sitter: (faceId, visit) => person(engine, findFace(faceId), visit),
    demo,
    password,
    advance: (ms) => void (moved += ms),
    now: clock.now,
    enrolmentCode(officeRef) {
      const n = (enrolments.get(officeRef) ?? 0) + 1
      enrolments.set(officeRef, n)
      return `${officeRef}-kode-${n}`
    },
    async close() {
      await store.destroy()
      app.server.closeAllConnections()
      counter?.server.closeAllConnections()
      await Promise.all([app.close(), counter?.close()])
      await Promise.all([mailbox.close(), sources.close()])
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
