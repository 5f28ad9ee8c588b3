import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { roomyFolder } from './roomy-folder.ts'

/** A PostgreSQL of its own for a test run, on loopback, thrown away after it. */
export interface Postgres {
  readonly port: number
  /** `postgres://…` of a database in it, as its superuser unless another role is named. */
  url(database: string, role?: string): string
  /** An empty database; its URL. */
  createDatabase(name: string): Promise<string>
  /** As a crash would: every process of it ends at once. `start` brings the same data back. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** `name=value` for the server's command line. */
  readonly settings?: readonly string[]
}

/**
 * @param programs folder with `initdb` and `postgres`
 */
export async function startPostgres(programs: string, { settings = [] }: PostgresOptions = {}): Promise<Postgres> {
  const folder = mkdtempSync(join(roomyFolder(), 'ikd-postgres-'))
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  const user = serverUser()
  if (user) {
    // initdb and postgres refuse root: there, the package's own user runs them.
    chmodSync(folder, 0o711)
    chownSync(data, user.uid, user.gid)
  }
  // Not synced while it is made: nothing is lost with it. What it holds later is synced like anywhere.
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...user, cwd: '/', stdio: 'pipe' })
  const port = await findFreePort()
  const url = (database: string, role = 'postgres'): string => `postgres://${role}@127.0.0.1:${port}/${database}`
  let server: ChildProcess | undefined

  async function start(): Promise<void> {
    const flags = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=200', ...settings].flatMap((setting) => ['-c', setting])
    server = spawn(process.execPath, ['-e', leash, JSON.stringify({ ...user }), folder, join(programs, 'postgres'), '-D', data, ...flags], { cwd: '/', stdio: ['pipe', 'ignore', 'pipe'] })
    let log = ''
    server.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
    const gone = new Promise<never>((_, reject) => server?.once('exit', () => reject(new Error(`PostgreSQL did not come up: ${log}`))))
    await Promise.race([gone, untilItAnswers(url('postgres'))])
    gone.catch(() => undefined)
  }

  async function end(word: string): Promise<void> {
    if (!server || server.exitCode !== null) return
    const gone = new Promise((resolve) => server?.once('exit', resolve))
    server.stdin?.end(word)
    await gone
  }

  await start()
  return {
    port,
    url,
    async createDatabase(name) {
      await asAdministrator(url('postgres'), (client) => client.query(`create database ${client.escapeIdentifier(name)}`))
      return url(name)
    },
    kill: () => end('SIGQUIT'),
    start,
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs on a connection of its own, outside any pool. */
export async function asAdministrator<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/**
 * Holds the server: whoever started us through a pipe and died, killed or not, takes it along, and its data. The word on the pipe
 * is the signal: SIGINT ends it in order, SIGQUIT at once.
 */
const leash = `
  const [user, folder, program, ...args] = process.argv.slice(1)
  const server = require('node:child_process').spawn(program, args, { ...JSON.parse(user), stdio: ['ignore', 'ignore', 'inherit'] })
  let word = ''
  process.stdin.on('data', (chunk) => (word += chunk)).on('end', () => server.kill(word || 'SIGQUIT'))
  server.on('exit', (code) => {
    if (process.stdin.readableEnded && word === '') require('node:fs').rmSync(folder, { recursive: true, force: true })
    process.exit(code ?? 0)
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
`

function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await asAdministrator(url, async () => undefined)
    } catch (error) {
      if (tries === 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
