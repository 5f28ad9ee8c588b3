import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { leashed } from '../start/leashed.ts'
import { root } from './workspaces.ts'

export interface Ended {
  readonly code: number
  /** What it printed; empty when it printed straight to the console. */
  readonly output: string
  readonly ms: number
}

/**
 * Runs a tool of `node_modules` under the Node that runs this, in the project's folder. It ends when this process does.
 *
 * @param script its JavaScript, relative to `node_modules`
 * @param show print as it comes, instead of keeping it
 */
export function runTool(script: string, args: readonly string[], { show = false, env = {} }: { show?: boolean; env?: NodeJS.ProcessEnv } = {}): Promise<Ended> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...leashed, join(root, 'node_modules', script), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe', 'ipc'],
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output, ms: performance.now() - began }))
  })
}
