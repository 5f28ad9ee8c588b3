import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { awaitThat, descendants, living } from '../test/npm-run.ts'
import { findChromium } from './browser.mjs'
import { dependenciesInstalled, findOutsideNode, findOwnNode, isInside, lockFingerprint, sameVersions } from './dependencies.mjs'
import { findFirefox, findWebKit } from './engines.mjs'
import { diagnose } from './failure.mjs'
import { isBuilt } from './front-ends.mjs'
import { run } from './run.mjs'
import { fingerprint, openStamps } from './stamp.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ikd-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const lock = (packages: Record<string, object>) => JSON.stringify({ lockfileVersion: 3, packages })
const wanted = lock({ '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true }, 'node_modules/@ikd/x': { link: true } })

describe('dependencies', () => {
  it('are to be installed in a fresh clone', () => {
    put('package-lock.json', wanted)
    expect(dependenciesInstalled(folder, undefined)).toBe(false)
  })

  it('count as installed after npm ci by hand, which leaves no stamp of ours', () => {
    put('package-lock.json', wanted)
    put('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }))
    expect(dependenciesInstalled(folder, undefined)).toBe(true)
  })

  it('are to be installed again when the lock file has changed since', () => {
    put('package-lock.json', wanted)
    put('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }))
    const stamp = lockFingerprint(folder)
    expect(dependenciesInstalled(folder, stamp)).toBe(true)
    put('package-lock.json', wanted.replace('1.0.0', '1.0.1'))
    expect(dependenciesInstalled(folder, stamp)).toBe(false)
    expect(dependenciesInstalled(folder, undefined)).toBe(false)
  })

  it('are not installed again for a change of the lock file that asks for no other packages', () => {
    put('package-lock.json', wanted)
    put('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }))
    const stamp = lockFingerprint(folder)
    put('package-lock.json', `${wanted}\n`)
    expect(dependenciesInstalled(folder, stamp)).toBe(true)
  })

  it('may lack what is optional, never what is not', () => {
    expect(sameVersions(wanted, lock({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true)
    expect(sameVersions(wanted, lock({ 'node_modules/b': { version: '2.0.0' } }))).toBe(false)
  })
})

describe('Node 24', () => {
  it('is missing when its file is a stump, as an interrupted download leaves it', () => {
    put('node_modules/.bin/node', '')
    put('node_modules/node/bin/node', 'This file intentionally left blank')
    expect(findOwnNode(folder)).toBeUndefined()
    put('node_modules/node/bin/node', ' '.repeat(1_000_001))
    expect(findOwnNode(folder)).toBe(join(folder, 'node_modules/node/bin/node'))
  })

  it('is never the one that replaces itself', () => {
    expect(isInside(folder, join(folder, 'node_modules/node/bin/node'))).toBe(true)
    const outside = findOutsideNode(folder)
    expect(outside).toBeDefined()
    expect(isInside(folder, outside!)).toBe(false)
  })
})

describe('front ends', () => {
  const frontEnd = { name: 'x', folder: 'x', sources: ['x', 'shared'], configs: [], built: 'x/dist/index.html' }

  it('are built again when a source changed, not when only its time did, nor for a test', () => {
    put('x/src/a.ts', 'one')
    put('shared/b.ts', 'two')
    put('x/dist/index.html', '<!doctype html>')
    const stamp = fingerprint(folder, frontEnd.sources)
    utimesSync(join(folder, 'x/src/a.ts'), 1, 1)
    put('x/src/a.test.ts', 'a test')
    expect(isBuilt(folder, frontEnd, stamp)).toBe(true)
    put('shared/b.ts', 'three')
    expect(isBuilt(folder, frontEnd, stamp)).toBe(false)
  })

  it('are built again when what was built is gone', () => {
    put('x/src/a.ts', 'one')
    expect(isBuilt(folder, frontEnd, fingerprint(folder, frontEnd.sources))).toBe(false)
  })
})

describe('a browser for the journeys', () => {
  const none = () => undefined
  it('is the one that was named, and no other', () => {
    expect(findChromium({ env: { CHROMIUM_PATH: '/opt/c' }, exists: (path) => path === '/opt/c' })).toBe('/opt/c')
    expect(findChromium({ env: { CHROMIUM_PATH: '/opt/c' }, exists: (path) => path === '/usr/bin/chromium' })).toBeUndefined()
  })

  it('is the machine’s before Playwright’s own', () => {
    const exists = (path: string) => ['/usr/bin/google-chrome', '/cache/chrome'].includes(path)
    expect(findChromium({ env: {}, exists, playwrightsOwn: () => '/cache/chrome' })).toBe('/usr/bin/google-chrome')
    expect(findChromium({ env: {}, exists: (path) => path === '/cache/chrome', playwrightsOwn: () => '/cache/chrome' })).toBe('/cache/chrome')
    expect(findChromium({ env: {}, exists: () => false, playwrightsOwn: none })).toBeUndefined()
  })
})

describe('the other engines', () => {
  it('Firefox is the one that was named, and no other; else the machine’s', () => {
    expect(findFirefox({ env: { FIREFOX_PATH: '/opt/f' }, exists: (path) => path === '/usr/bin/firefox-esr' })).toBeUndefined()
    expect(findFirefox({ env: {}, exists: (path) => path === '/usr/bin/firefox-esr' })).toBe('/usr/bin/firefox-esr')
    expect(findFirefox({ env: {}, exists: () => false })).toBeUndefined()
  })

  it('WebKitGTK is there when its driver, a screen, and the bindings of the system’s own Python are', () => {
    const programs = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb', '/usr/bin/python3']
    const find = (present: readonly string[], bound = true) => findWebKit({ env: {}, exists: (path) => present.includes(path), bindings: () => bound })
    expect(find(programs)).toEqual({ driver: programs[0], display: programs[1], python: programs[2] })
    expect(find(programs, false)).toBeUndefined()
    for (const missing of programs) expect(find(programs.filter((path) => path !== missing)), missing).toBeUndefined()
  })
})

describe('what a person reads when it fails', () => {
  const otherwise = { id: 'lain', en: 'other' }
  it.each([
    ['npm error code ENOTFOUND', /registry cannot be reached/],
    ['npm error network request failed, ETIMEDOUT', /registry cannot be reached/],
    ['npm error code EACCES\nnpm error network', /cannot be written/],
    ['ENOSPC: no space left on device', /disk is full/],
    ['something else', /other/],
  ])('%s', (output, sentence) => {
    const failure = diagnose(output, otherwise)
    expect(failure.sentence.en).toMatch(sentence)
    expect(failure.sentence.id).not.toBe('')
    expect(failure.details).toContain(output.split('\n').at(-1))
  })
})

describe('the work itself', () => {
  it('keeps a tool’s words and its exit code', async () => {
    expect(await run(process.execPath, ['-e', 'console.log("out"); console.error("err"); process.exit(3)'], { cwd: folder, label: 'x' })).toEqual({
      code: 3,
      output: expect.stringMatching(/out|err/),
    })
    expect((await run(join(folder, 'nothing'), [], { cwd: folder, label: 'x' })).code).toBe(-1)
  })

  it.skipIf(process.platform === 'win32')('ends, and its tool with it, when whoever started it is killed in the middle of it', async () => {
    put('tool.mjs', `console.log(process.pid); setInterval(() => {}, 1000)`)
    put(
      'work.mjs',
      `import { endRunning, run } from ${JSON.stringify(new URL('run.mjs', import.meta.url).href)}
       import { whenOrphaned } from ${JSON.stringify(new URL('parent.mjs', import.meta.url).href)}
       whenOrphaned(() => { endRunning(); process.exit(1) })
       console.log(process.pid)
       void run(process.execPath, ['tool.mjs'], { cwd: ${JSON.stringify(folder)}, label: 'tool' })`,
    )
    put('npm.mjs', `import { spawn } from 'node:child_process'\nspawn(process.execPath, ['work.mjs'], { cwd: ${JSON.stringify(folder)}, stdio: 'inherit' })`)
    const npm = spawn(process.execPath, [join(folder, 'npm.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const family = () => descendants(npm.pid as number)
    await awaitThat(() => /tool\.mjs/.test(family().at(-1)?.program ?? ''), 10_000, () => said)
    const before = family()
    expect(before).toHaveLength(3)
    npm.kill('SIGKILL')
    await awaitThat(() => living(before).length === 0, 10_000, () => JSON.stringify(living(before)))
  })

  it('remembers stamps one beside the other', () => {
    mkdirSync(join(folder, 'node_modules'))
    openStamps(folder).set('a', '1')
    openStamps(folder).set('b', '2')
    expect([openStamps(folder).find('a'), openStamps(folder).find('b'), openStamps(folder).find('c')]).toEqual(['1', '2', undefined])
  })

  it('is JavaScript that any Node reads without help', () => {
    const reached = ['../setup.mjs', ...readdirSync(import.meta.dirname), ...readdirSync(join(import.meta.dirname, '../command-line')).map((name) => `../command-line/${name}`)]
    for (const file of reached.filter((name) => name.endsWith('.mjs'))) {
      expect(spawnSync(process.execPath, ['--check', join(import.meta.dirname, file)]).status, file).toBe(0)
    }
  })
})
