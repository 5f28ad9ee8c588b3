import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A server as a process of its own, which can be killed like one. */
export interface ServerProcess {
  readonly port: number
  /** Resolves when it listens. */
  start(): Promise<void>
  /** SIGKILL: no farewell, what is not on the disk is gone. */
  kill(): Promise<void>
  /** Resolves when it is up, at once or after the next start. */
  whenUp(): Promise<void>
  /** Ends it, its spare and everybody who waits for it. */
  close(): Promise<void>
  /** All that any of them has printed. */
  log(): string
}

/** Starting goes on a few times: PostgreSQL may still be coming back when the first one asks for it. */
const startsTried = 20

export function createServerProcess(port: number, environment: NodeJS.ProcessEnv): ServerProcess {
  let log = ''
  let running: ChildProcess | undefined
  let spare: ChildProcess | undefined
  let up = Promise.withResolvers<void>()
  let closed = false

  function load(): ChildProcess {
    const child = spawn(process.execPath, [fileURLToPath(new URL('server-child.ts', import.meta.url))], {
      env: { ...process.env, ...environment, IKD_PORT: String(port), NODE_COMPILE_CACHE: join(tmpdir(), 'ikd-compile-cache') },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    // Writing to one that is gone is answered by its exit.
    child.stdin?.on('error', () => undefined)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()))
    return child
  }

  async function end(child: ChildProcess | undefined): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** True once it listens, false when it ended before. */
  function isUp(child: ChildProcess): Promise<boolean> {
    return new Promise((resolve) => {
      child.once('exit', () => resolve(false))
      child.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('up\n')) resolve(true)
      })
      child.stdin?.write('go\n')
    })
  }

  return {
    port,
    log: () => log,
    whenUp: () => up.promise,
    async start() {
      for (let i = 0; i < startsTried; i++) {
        const child = spare ?? load()
        spare = load()
        if (await isUp(child)) {
          running = child
          up.resolve()
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
      throw new Error(`the server did not come up: ${log.slice(-2000)}`)
    },
    async kill() {
      if (!closed) up = Promise.withResolvers<void>()
      await end(running)
      running = undefined
    },
    async close() {
      closed = true
      up.resolve()
      await Promise.all([end(running), end(spare)])
    },
  }
}
