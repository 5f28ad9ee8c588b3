import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { within } from './within.ts'

/** A browser, a driver or a display that ends with this process at the latest (`keeper.ts`). */
export interface KeptProgram {
  /** Everything it has written so far. */
  output(): string
  /** What the pattern's first group caught in its output, once it is there. */
  says(pattern: RegExp): Promise<string>
  end(): Promise<void>
}

const keeper = fileURLToPath(new URL('keeper.ts', import.meta.url))

export function keep(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): KeptProgram {
  const child = spawn(process.execPath, [keeper, program, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let output = ''
  let ended = false
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      ended = true
      resolve()
    }),
  )
  const told = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const tell of told) tell()
    })
  }

  async function says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(output)?.[1]
      if (found !== undefined) return found
      if (ended) throw new Error(`${program} ended: ${output}`)
      let tell = () => {}
      const more = new Promise<void>((resolve) => (tell = resolve))
      told.add(tell)
      await Promise.race([more, gone])
      told.delete(tell)
    }
  }

  return {
    output: () => output,
    says: (pattern) => within(30_000, `${program} to start`, says(pattern)),
    async end() {
      if (child.connected) child.disconnect()
      await within(10_000, `${program} to end`, gone)
    },
  }
}
