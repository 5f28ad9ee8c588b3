import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { leashed } from './leashed.ts'

export interface ChildOptions {
  readonly name: string
  /** A script for the Node that runs this, and its arguments. */
  readonly script: string
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Show its ordinary output as well as what it says in trouble. */
  readonly show?: boolean
}

export interface Death {
  readonly name: string
  /** Exit code, or the signal's name. */
  readonly how: string
}

export interface Children {
  /** Starts one; the promise tells when and how it died. */
  start(options: ChildOptions): Promise<Death>
  /** Ends all, gently first. */
  stop(): Promise<void>
}

/** @param patienceMs how long a child may take to end before it is killed */
export function createChildren(print: (line: string) => void, patienceMs = 6000): Children {
  const living = new Set<ChildProcess>()
  return {
    start({ name, script, args = [], env = {}, cwd, show = false }) {
      const child = spawn(process.execPath, [...leashed, script, ...args], {
        env: { ...process.env, ...env },
        ...(cwd && { cwd }),
        // The fourth is the leash.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        windowsHide: true,
      })
      living.add(child)
      const pass = (stream: Readable | null, visible: boolean) => {
        if (!stream) return
        const lines = createInterface({ input: stream })
        lines.on('line', (line) => visible && line.trim() && print(`[${name}] ${line}`))
      }
      pass(child.stdout, show)
      pass(child.stderr, true)
      return new Promise((resolve) => {
        const dead = (how: string) => {
          living.delete(child)
          resolve({ name, how })
        }
        child.once('error', (error) => dead(error.message))
        child.once('exit', (code, signal) => dead(signal ?? `exit ${code}`))
      })
    },
    async stop() {
      const all = [...living]
      const gone = Promise.all(all.map((child) => new Promise((resolve) => child.once('exit', resolve))))
      for (const child of all) child.kill('SIGTERM')
      const late = setTimeout(() => all.forEach((child) => child.kill('SIGKILL')), patienceMs)
      await gone
      clearTimeout(late)
    },
  }
}
