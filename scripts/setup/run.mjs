import { spawn } from 'node:child_process'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Ends whatever is being run. */
export function endRunning() {
  for (const child of running) child.kill('SIGTERM')
}

/**
 * Runs a program to its end, keeps what it says and shows none of it; says every ten seconds that it is still at work.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, label: string, env?: NodeJS.ProcessEnv, shell?: boolean, say?: (line: string) => void }} options
 * @returns {Promise<{ code: number, output: string }>} `code` is -1 when the program could not be started
 */
export function run(command, args, { cwd, label, env = process.env, shell = false, say = console.log }) {
  return new Promise((resolve) => {
    const began = Date.now()
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    running.add(child)
    let output = ''
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-200_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const heartbeat = setInterval(() => say(`  … ${label}: ${Math.round((Date.now() - began) / 1000)} s`), 10_000)
    /** @param {number} code */
    const end = (code) => {
      clearInterval(heartbeat)
      running.delete(child)
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += String(error)
      end(-1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/**
 * @param {number} began `Date.now()` when the work began
 * @returns {string} seconds with one decimal, e.g. `4.2 s`
 */
export function since(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`
}
