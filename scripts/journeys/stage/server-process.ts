import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Config } from '@ikd/server'

/** The server as a process of its own, as people run it. */
export interface ServerProcess {
  /** Everything it has written to its two outputs so far. */
  output(): string
  stop(): Promise<void>
}

/** Starts it with the given environment over a bare one, and waits until it answers. */
export async function startServerProcess(config: Config, environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(import.meta.resolve('@ikd/server/main'))], {
    env: { PATH: process.env['PATH'], IKD_DATA: config.dataDirectory, IKD_DATABASE: config.database, IKD_PORT: String(config.port), IKD_STOP_WITH_PARENT: 'true', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  for (let i = 0; !(await fetch(`${config.publicUrl}/health`).then(({ ok }) => ok, () => false)); i++) {
    if (i === 300 || child.exitCode !== null) throw new Error(`the server did not come up: ${output}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}
