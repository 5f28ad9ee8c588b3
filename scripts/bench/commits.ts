import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@ikd/server'
import type { Row } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'

const inFlight = 32
type Work = Parameters<Parameters<ReturnType<Store['transaction']>['execute']>[0]>[0]

/**
 * Whether it would pay to group several requests into one synced commit on SQLite: requests like a scan (three rows), 32 at the
 * same time, each in a commit of its own as the server does it, and 32 to a commit as it could.
 */
export async function run(asked: Values<typeof benches.commits>): Promise<Row[]> {
  const requests = Math.ceil(asked.requests / inFlight) * inFlight
  const folder = await mkdtemp(join(asked.folder ?? tmpdir(), 'ikd-commits-'))
  const store = await openStore(`sqlite:${join(folder, 'ikd.sqlite')}`)
  try {
    return [await measure('a commit each', requests, store, alone), await measure(`${inFlight} to a commit`, requests, store, grouped)]
  } finally {
    await store.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Answers when its own request is on the disk. */
type Way = (store: Store, names: readonly string[], done: () => void) => Promise<void>

const alone: Way = async (store, names, done) => {
  await Promise.all(names.map((name) => store.transaction().execute((work) => write(work, name)).then(done)))
}

const grouped: Way = async (store, names, done) => {
  await store.transaction().execute(async (work) => {
    for (const name of names) await write(work, name)
  })
  names.forEach(done)
}

async function write(work: Work, name: string): Promise<void> {
  await work.insertInto('captcha_spent').values({ challenge: name, expires_at: 0 }).execute()
  await work.insertInto('rate_window').values({ subject: name, started: 0, hits: 1, hits_before: 0 }).execute()
  await work.insertInto('family').values({ number: name, address: name, neighbourhood: '', village_code: '', village: '', district: '', regency: '', province: '', postal_code: '' }).execute()
}

async function measure(label: string, requests: number, store: Store, way: Way): Promise<Row> {
  const waits: number[] = []
  const began = performance.now()
  for (let first = 0; first < requests; first += inFlight) {
    const at = performance.now()
    await way(store, Array.from({ length: inFlight }, (_, i) => `${label} ${first + i}`), () => waits.push(performance.now() - at))
  }
  const seconds = (performance.now() - began) / 1000
  waits.sort((a, b) => a - b)
  const percentile = (share: number): string => `${(waits[Math.floor(waits.length * share)] ?? 0).toFixed(1)} ms`
  return { 'SQLite, synchronous=FULL': label, 'requests': requests, 'a second': Math.round(requests / seconds), 'median wait': percentile(0.5), 'p95 wait': percentile(0.95) }
}
