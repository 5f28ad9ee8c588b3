import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Row } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const patience = 300_000

/** Seconds from `npm start` to a healthy demo: with an empty data folder, and the starts after it. Installing is not in it. */
export async function run({ again, port }: Values<typeof benches.start>): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), 'ikd-bench-'))
  try {
    const rows: Row[] = [{ start: 'first, seeding', seconds: await start(data, port) }]
    for (let i = 1; i <= again; i++) rows.push({ start: `again, ${i}`, seconds: await start(data, port) })
    return rows
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

async function start(data: string, port: number): Promise<number> {
  const began = performance.now()
  const demo = spawn('npm', ['start', '--', '--no-counter', '--data', data, '--port', String(port)], {
    cwd: root,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  })
  const gone = new Promise((resolve) => demo.once('exit', resolve))
  try {
    while (!(await isUp(port))) {
      if (performance.now() - began > patience) throw new Error(`the demo is not up after ${patience / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return Math.round((performance.now() - began) / 10) / 100
  } finally {
    demo.kill('SIGTERM')
    await gone
  }
}

function isUp(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}
