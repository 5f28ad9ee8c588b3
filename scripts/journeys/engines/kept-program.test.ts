import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { keep } from './kept-program.ts'

/** A shell that starts another program, as a browser does, and says both their numbers. */
const family = ['-c', 'sleep 600 & echo "pids $$ $!"; wait']

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Ended, and not yet collected by whoever adopted it (proc(5)). */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

const gone = (pids: readonly number[]) => expect.poll(() => pids.filter((pid) => alive(pid) && !isZombie(pid)), { timeout: 5_000 }).toEqual([])

async function pidsIn(said: Promise<string>): Promise<number[]> {
  return (await said).split(' ').map(Number)
}

test.skipIf(process.platform === 'win32')('what is kept ends with all it has started when it is told to', async () => {
  const program = keep('/bin/sh', family)
  const pids = await pidsIn(program.says(/pids (\d+ \d+)/))
  expect(pids.map(alive)).toEqual([true, true])
  await program.end()
  await gone(pids)
})

test.skipIf(process.platform === 'win32')('and when whoever keeps it is killed', async () => {
  const keeping = fileURLToPath(new URL('kept-program.ts', import.meta.url))
  const script = `import { keep } from ${JSON.stringify(keeping)}; const p = keep('/bin/sh', ${JSON.stringify(family)}); console.log('pids ' + (await p.says(/pids (\\d+ \\d+)/)))`
  const keeper = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pids = await pidsIn(new Promise((resolve) => keeper.stdout.on('data', (chunk: Buffer) => resolve(chunk.toString().replace('pids', '').trim()))))
  expect(pids.map(alive)).toEqual([true, true])
  keeper.kill('SIGKILL')
  await gone(pids)
})

test('a program that does not exist is told, not waited for', async () => {
  await expect(keep('/nowhere/browser', []).says(/(never)/)).rejects.toThrow(/ENOENT/)
})
