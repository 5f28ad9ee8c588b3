import { execFileSync, spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from './workspaces.ts'

/** A process as `ps` shows it. */
export interface Relative {
  readonly pid: number
  readonly program: string
}

interface Listed extends Relative {
  readonly parent: number
}

/** npm as a person's shell would start it: of this run's own settings it knows nothing. */
export function runNpm(args: readonly string[], extra: NodeJS.ProcessEnv = {}): { readonly pid: number; said(): string; sweep(): void } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|IKD_|npm_|NODE_|INIT_CWD|TEST|DEV|PROD|MODE|SSR|BASE_URL|PLAYWRIGHT)/.test(name)))
  const child = spawn('npm', args, { cwd: root, env: { ...env, ...extra }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000)))
  const pid = child.pid as number
  return {
    pid,
    said: () => said,
    /** Leaves nothing behind, whatever the test found. */
    sweep() {
      try {
        process.kill(-pid, 'SIGKILL')
      } catch {
        // All of them had gone.
      }
    },
  }
}

/** Itself, its children and theirs. */
export function descendants(pid: number): readonly Relative[] {
  const all = list()
  const found = all.filter((one) => one.pid === pid)
  for (const { pid: parent } of found) found.push(...all.filter((one) => one.parent === parent))
  return found
}

/** Those of them that still run; a number that somebody else was given since does not count, nor does one that only waits to be counted out. */
export function living(family: readonly Relative[]): readonly Relative[] {
  const now = list()
  return family.filter(({ pid, program }) => now.some((one) => one.pid === pid && one.program === program && !one.program.includes('<defunct>')))
}

/** @throws Error with what `told` says where it does not come true in time */
export async function awaitThat(holds: () => boolean | Promise<boolean>, limitMs: number, told: () => string): Promise<void> {
  const until = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`not so after ${limitMs / 1000} s: ${told()}`)
    await wait(100)
  }
}

function list(): Listed[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 20_000_000 }).split('\n').flatMap((line) => {
    const [, pid, parent, program] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return program === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), program }]
  })
}
