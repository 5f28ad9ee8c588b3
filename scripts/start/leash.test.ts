import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const leash = new URL('./leash.ts', import.meta.url).href

it('holds the process it was preloaded into, and leaves alone what that one forks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ikd-leash-'))
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  // Nothing but its channel keeps this one alive until it is spoken to, as with the workers of a test runner.
  const forked = write('forked.mjs', `process.on('message', () => { process.send('heard'); process.disconnect() })`)
  const leashed = write(
    'leashed.mjs',
    `import { fork } from 'node:child_process'
     const child = fork(${JSON.stringify(forked)})
     child.on('message', (word) => console.log(word))
     child.on('error', () => {})
     setTimeout(() => child.connected && child.send('speak'), 500)`,
  )
  const child = spawn(process.execPath, ['--import', leash, leashed], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  rmSync(folder, { recursive: true })
  expect(said.trim()).toBe('heard')
})
