import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createEnvelope, createFeed, createMemoryAbis, farthest } from '@ikd/server'
import type { Row } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'
import { createCrowd, fillTable } from './duplicates/crowd.ts'
import { quantile } from './lookup/statistics.ts'

type Abis = ReturnType<typeof createMemoryAbis>
const searches = 200
const mostHits = 20

/**
 * The search for duplicate faces among templates that were made up: how long they take to be read from their sealed rows (SQLite),
 * how long a search takes, and how long the server's own thread is held up by either.
 */
export async function run({ templates, memory }: Values<typeof benches.duplicates>): Promise<Row[]> {
  const abis = createMemoryAbis()
  try {
    const load = memory ? await enrol(abis, templates) : await readTable(abis, templates)
    const pauses = pausesOf()
    const crowd = createCrowd('probes')
    const waits: number[] = []
    let compared = 0
    for (let i = 0; i < searches; i++) {
      const template = crowd.next()
      const began = performance.now()
      compared = (await abis.search({ template, except: 'nobody', within: farthest, atMost: mostHits })).compared
      waits.push(performance.now() - began)
    }
    return [
      {
        'templates': compared, 'read ms': Math.round(load.ms), 'read CPU ms': Math.round(load.cpu), 'read pause ms': round(load.pause), 'search p50 ms': round(quantile(waits, 0.5)),
        'search p95 ms': round(quantile(waits, 0.95)), 'search pause ms': round(pauses()), 'memory MB': Math.round((process.memoryUsage.rss() - load.rssBefore) / 2 ** 20),
      },
    ]
  } finally {
    await abis.close()
  }
}

interface Load {
  readonly ms: number
  /** Of all threads: what is left of `ms` on a machine that does nothing else. */
  readonly cpu: number
  readonly pause: number
  /** Bytes of the process before anything was read. */
  readonly rssBefore: number
}

async function readTable(abis: Abis, count: number): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'ikd-duplicates-'))
  const masterKey = randomBytes(32)
  try {
    const store = await fillTable(`sqlite:${join(folder, 'ikd.sqlite')}`, masterKey, count)
    const feed = createFeed({ store, envelope: createEnvelope(masterKey, randomBytes), log: { info() {}, warn: console.warn, error: console.error } }, abis)
    const [began, cpu, pauses, rssBefore] = [performance.now(), process.cpuUsage(), pausesOf(), process.memoryUsage.rss()]
    await feed.load()
    const load = { ms: performance.now() - began, cpu: cpuSince(cpu), pause: pauses(), rssBefore }
    await store.destroy()
    return load
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function enrol(abis: Abis, count: number): Promise<Load> {
  const crowd = createCrowd('templates')
  const [began, cpu, pauses, rssBefore] = [performance.now(), process.cpuUsage(), pausesOf(), process.memoryUsage.rss()]
  for (let first = 0; first < count; first += 1000) {
    await abis.enrol(Array.from({ length: Math.min(1000, count - first) }, (_, i) => ({ id: `template-${first + i}`, subject: 'somebody', template: crowd.next() })))
  }
  return { ms: performance.now() - began, cpu: cpuSince(cpu), pause: pauses(), rssBefore }
}

/** From here on: the longest the thread kept anybody waiting, ms. */
function pausesOf(): () => number {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  return () => {
    delay.disable()
    return delay.max / 1e6
  }
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const round = (value: number) => Math.round(value * 10) / 10
