import { createHeadKeys, describeFinding, listHeads, openSecrets, type Store, verifyAudit } from '@ikd/server'
import { createRandom, type Random } from '../../demo/population/random.ts'
import type { DatabaseKind } from '../suites.ts'
import { raiseWorld, type World } from '../stage/world.ts'
import { invariants } from './invariants.ts'
import { createJournal, type Journal } from './journal.ts'
import { type Crowd, keepLiving, liveAsRefused, liveAsResident, liveWithoutPhone, staySignedIn } from './lives.ts'

export interface CrashRun {
  readonly database: DatabaseKind
  /** How often something dies. */
  readonly points: number
  /** Chooses what people do and when something dies; the operating system chooses the rest. */
  readonly seed: string
  /** Acts acknowledged between two deaths, at most. */
  readonly mostActs: number
  /** Every so many points it is the database server that dies; 0 is never. */
  readonly databaseEvery?: number
}

export interface CrashOutcome {
  readonly acknowledged: number
  readonly scans: number
  readonly bindings: number
  readonly entries: number
  /** Acknowledged acts that were lost, invariants that were broken, answers that differed: empty. */
  readonly findings: readonly string[]
  /** What the servers printed. */
  readonly log: string
}

/** People who go through the whole ceremony and use their phones while the server is killed over and over. */
export async function crashAtRandom({ database, points, seed, mostActs, databaseEvery = 0 }: CrashRun): Promise<CrashOutcome> {
  const random = createRandom(seed)
  const world = await raiseWorld({ database, residents: 100 + points * 8, officers: 4, tellers: 4 })
  const journal = createJournal()
  let ended = false
  try {
    const crowd: Crowd = {
      world,
      journal,
      random,
      desks: await Promise.all([0, 1, 2, 3].map((n) => world.desk(n))),
      tellers: await Promise.all([0, 1, 2, 3].map((n) => world.teller(n))),
      surprises: [],
      ended: () => ended,
    }
    const failures: unknown[] = []
    const lives = [...Array.from({ length: 10 }, () => liveAsResident), liveAsRefused, liveWithoutPhone, staySignedIn].map((live) =>
      keepLiving(crowd, live).catch((error: unknown) => void failures.push(error)),
    )
    const findings: string[] = []
    const keys = createHeadKeys(openSecrets(world.config))
    let logs: Logs = { entries: 0, heads: [] }
    for (let point = 1; point <= points && failures.length === 0; point++) {
      await someWork(journal, random, mostActs)
      const databaseDies = databaseEvery > 0 && point % databaseEvery === 0
      await Promise.all([databaseDies ? world.postgres?.kill() : undefined, world.servers[0]?.kill()])
      if (databaseDies) await world.postgres?.start()
      const state = await world.look((store) => check(store, journal, keys, logs))
      findings.push(...state.findings.map((finding) => `point ${point}: ${finding}`))
      logs = state.logs
      await world.servers[0]?.start()
    }
    ended = true
    await world.servers[0]?.kill()
    await world.servers[0]?.close()
    await Promise.all(lives)
    const [failure] = failures
    if (failure) throw failure
    findings.push(...crowd.surprises)
    const last = await world.look(async (store) => ({
      lost: await journal.findLost(store, 'all'),
      scans: await count(store, 'scan'),
      bindings: await count(store, 'binding'),
      entries: await count(store, 'audit_entry'),
    }))
    findings.push(...last.lost, ...differingCopies(world))
    const log = world.servers.map((server) => server.log()).join('')
    return { acknowledged: journal.count, scans: last.scans, bindings: last.bindings, entries: last.entries, findings, log }
  } finally {
    ended = true
    await world.close()
  }
}

/** A few acts, more or less, and then an instant that nobody chose; at most some seconds. */
async function someWork(journal: Journal, random: Random, mostActs: number): Promise<void> {
  const enough = journal.count + random.integer(0, mostActs)
  for (let waited = 0; journal.count < enough && waited < 3_000; waited += 10) await new Promise((resolve) => setTimeout(resolve, 10))
  await new Promise((resolve) => setTimeout(resolve, random.integer(0, 60)))
}

/** What the logs held at an earlier point: none of it may be gone at a later one. */
interface Logs {
  readonly entries: number
  readonly heads: readonly string[]
}

async function check(store: Store, journal: Journal, keys: ReturnType<typeof createHeadKeys>, before: Logs): Promise<{ findings: string[]; logs: Logs }> {
  const findings = (await journal.findLost(store, 'new')).map((sentence) => `lost: ${sentence}`)
  for (const { sentence, find } of invariants) {
    const broken = await find(store)
    if (broken.length > 0) findings.push(`not so: ${sentence}: ${broken.slice(0, 5).join('; ')}`)
  }
  const audit = await verifyAudit(store, keys, before.heads)
  findings.push(...audit.findings.map(describeFinding))
  if (audit.entries < before.entries) findings.push(`the chain had ${before.entries} entries and has ${audit.entries}`)
  return { findings, logs: { entries: audit.entries, heads: await listHeads(store) } }
}

async function count(store: Store, table: 'scan' | 'binding' | 'audit_entry'): Promise<number> {
  const { n } = await store.selectFrom(table).select((select) => select.fn.countAll<number | bigint>().as('n')).executeTakeFirstOrThrow()
  return Number(n)
}

/** A mail sent twice, because its server died between the receiver's 250 and the mark, is the same mail. */
function differingCopies(world: World): string[] {
  const first = new Map<string, string>()
  return world.mailbox.letters().flatMap(({ messageId = '', text }) => {
    const known = first.get(messageId)
    if (known === undefined) first.set(messageId, text)
    return known === undefined || known === text ? [] : [`mail ${messageId} has two texts`]
  })
}
