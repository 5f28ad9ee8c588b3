import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { awaitThat, descendants, living, runNpm } from '../test/npm-run.ts'
import { root } from '../test/workspaces.ts'
import { findBusyPorts, findFreeBase, portsFrom } from './ports.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikd-ends-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

it('every npm script stands in the place of npm’s shell, which would keep an interrupt to itself', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  expect(Object.values(scripts).filter((line) => !line.startsWith('exec '))).toEqual([])
  // What that is to Windows' shell.
  expect(readFileSync(join(root, 'exec.cmd'), 'utf8').trim()).toBe('@%*')
})

// Windows sends no signals to others; what holds there is said in setup/parent.mjs.
describe.skipIf(process.platform === 'win32')('the demo, when its npm alone is sent', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s, ends within ten seconds: every process, every port', async (signal) => {
    const base = await findFreeBase(randomInt(20_000, 31_000))
    const ports = Object.values(portsFrom(base!))
    const npm = runNpm(['start', '--', '--no-counter', '--data', join(folder, 'data'), '--port', String(base)])
    try {
      await awaitThat(() => fetch(`http://localhost:${base}/health`).then(({ ok }) => ok, () => false), 240_000, npm.said)
      const family = descendants(npm.pid)
      expect(family.map(({ program }) => program)).toEqual(expect.arrayContaining([/setup\.mjs/, /start\.ts/, /agencies\.ts/, /mailbox\.ts/, /main\.ts/].map((part) => expect.stringMatching(part))))
      expect((await findBusyPorts(ports)).length).toBe(ports.length)
      process.kill(npm.pid, signal)
      await awaitThat(async () => living(family).length === 0 && (await findBusyPorts(ports)).length === 0, 10_000, () => JSON.stringify(living(family)))
    } finally {
      npm.sweep()
    }
  }, 280_000)
})
