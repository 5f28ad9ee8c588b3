import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaceEngine } from '@ikd/face/node'
import type { Clock } from '../clock.ts'
import { type Config, storeOptions } from '../config.ts'
import type { Core } from '../core.ts'
import { openStore } from '../database/store.ts'
import { createAudit } from '../features/audit/service.ts'
import { createLimits } from '../plugins/limits.ts'
import { createEnvelope } from '../security/envelope.ts'
import { createNonces } from '../security/nonces.ts'
import { createPasswordHasher, type HashingCost } from '../security/password.ts'
import { createIds } from '../security/random.ts'
import { parseSecrets } from '../security/secrets.ts'
import { generateTokenKey } from '../security/token-keys.ts'
import { createSignals } from '../signals.ts'
import { createTestDatabase } from './database.ts'

/** Tests sign in by the hundred. What it costs in use is a test of its own. */
export const quickHashing: HashingCost = { memoryCost: 64, timeCost: 1 }

/** A clock that stands until it is moved. */
export interface MovableClock extends Clock {
  advance(ms: number): void
}

export function movableClock(start = Date.UTC(2026, 10, 21, 3)): MovableClock {
  let at = start
  return { now: () => at, advance: (ms) => void (at += ms) }
}

export interface TestCore extends Core {
  readonly clock: MovableClock
  /** Closes the database, and removes it when it was made for this core. */
  close(): Promise<void>
}

export type TestCoreOverrides = Partial<Omit<Core, 'config' | 'clock' | 'store'>> & {
  readonly config?: Partial<Config>
  readonly clock?: MovableClock
}

/**
 * A core like production's, on a database of its own of the kind that is being tested; no face engine unless one is given.
 * A second server on the same data takes the first one's `config.database` and `secrets`.
 */
export async function createTestCore({ config, ...overrides }: TestCoreOverrides = {}): Promise<TestCore> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'ikd-test-'))
  const owned = config?.database === undefined ? await createTestDatabase() : undefined
  const database = config?.database ?? owned?.url ?? ''
  const clock = overrides.clock ?? movableClock()
  const secrets = overrides.secrets ?? randomSecrets()
  const settings: Config = { ...testConfig, dataDirectory, database, ...config }
  const store = await openStore(database, storeOptions(settings))
  const serverId = overrides.serverId ?? randomUUID()
  return {
    config: settings,
    serverId,
    random: randomBytes,
    ids: createIds(clock),
    secrets,
    envelope: createEnvelope(secrets.masterKey, randomBytes),
    passwords: createPasswordHasher(secrets.derive('password pepper'), quickHashing),
    proofNonces: createNonces(secrets.derive('nonces'), 'proof', clock),
    epochNonces: createNonces(secrets.derive('nonces'), 'epoch', clock),
    signals: createSignals(),
    limits: createLimits({ store, secrets, clock }),
    audit: createAudit(serverId),
    face: absentFaceEngine,
    log: { info() {}, warn() {}, error() {} },
    ...overrides,
    clock,
    store,
    async close() {
      await store.destroy()
      await owned?.drop()
      rmSync(dataDirectory, { recursive: true })
    },
  }
}

export const testConfig: Omit<Config, 'dataDirectory' | 'database'> = {
  databaseOwner: undefined,
  databasePool: 10,
  databasePatience: 5_000,
  host: 'localhost',
  port: 0,
  publicUrl: 'http://localhost:3000',
  residentUrl: 'http://localhost:3000',
  counterPort: undefined,
  counterOrigins: [],
  residentDirectory: undefined,
  counterDirectory: undefined,
  smtp: { host: 'localhost', port: 25, secure: false, from: 'IKD <noreply@ikd.invalid>' },
  sources: [],
  faceWorkers: 1,
  trustedProxies: [],
  evidenceDays: { completed: 90, ended: 30 },
  timeZone: 'Asia/Jakarta',
}

function randomSecrets() {
  return parseSecrets(JSON.stringify({ masterKey: randomBytes(32).toString('base64url'), tokenKeys: [generateTokenKey(0)] }))
}

const absent = () => Promise.reject(new Error('this test was given no face engine'))
export const absentFaceEngine: FaceEngine = {
  describeReference: absent,
  findFaces: absent,
  measureProbe: absent,
  evaluateBurst: absent,
  evaluateAnswer: absent,
  close: () => Promise.resolve(),
}
