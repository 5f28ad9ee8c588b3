import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommandLineFailure } from '../command-line/read.mjs'
import type { DemoFacts } from '../demo/seed.ts'
import { nextEnrolmentCode, startedBlock } from './block.ts'
import { createChildren } from './children.ts'
import { StartFailure } from './failure.ts'
import { parseFlags } from './flags.ts'
import { openFolder } from './folder.ts'
import { checkPorts, findBusyPorts, portsFrom } from './ports.ts'
import { checkReach } from './reach.ts'
import { serverEnvironment } from './stack.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikd-start-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const facts: DemoFacts = {
  kind: 'ikd-demo',
  agencyToken: 'T',
  staff: [{ username: 'petugas.madiun', password: 'demo', role: 'officer', place: 'Madiun', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }],
  enrolments: [
    { officeRef: 'banguntapan', code: 'OTHER' },
    { officeRef: 'madiun', code: 'FIRST' },
    { officeRef: 'madiun', code: 'SECOND' },
  ],
  residents: [{ nik: '3577015204980001', name: 'RATNA', hasPhoto: true, part: 'genuine-pair', show: 'wajah/a.jpg' }],
  starts: 0,
  knownPasswords: true,
}

describe('flags', () => {
  it('have defaults that need no thinking', () => {
    expect(parseFlags([], '/repo')).toEqual({ data: join('/repo', '.data'), port: 3000, counter: true, reset: false })
  })

  it('take a photograph only with a name', async () => {
    const file = join(folder, 'me.jpg')
    await writeFile(file, 'a picture')
    expect(parseFlags(['--photo', file, '--name', 'Siti Nur’aini'], '/repo')).toMatchObject({ photo: { file, name: 'Siti Nur’aini', sex: 'female' } })
    expect(() => parseFlags(['--photo', file], '/repo')).toThrow(CommandLineFailure)
    expect(() => parseFlags(['--photo', file, '--name', '<b>'], '/repo')).toThrow(CommandLineFailure)
    expect(() => parseFlags(['--photo', join(folder, 'you.jpg'), '--name', 'Siti'], '/repo')).toThrow(/there is no file/)
  })

  it('refuse what nobody can mean', () => {
    for (const args of [['--port', '80'], ['--port', 'x'], ['--port', '65535'], ['--prot', '1'], ['stray']]) expect(() => parseFlags(args, '/repo')).toThrow(CommandLineFailure)
  })
})

describe('ports', () => {
  let server: Server
  const listen = (host: string) =>
    new Promise<number>((resolve) => {
      server = createServer().listen({ port: 0, host }, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  it('that somebody listens on are found and named, with another to choose', async () => {
    const port = await listen('127.0.0.1')
    expect(await findBusyPorts([port])).toEqual([port])
    const failure: unknown = await checkPorts(portsFrom(port)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartFailure)
    expect((failure as StartFailure).sentence.en).toMatch(new RegExp(`Ports? ${port}\\b.*in use.*--port \\d+`))
  })

  it('that are free stay free', async () => {
    const port = await listen('127.0.0.1')
    await new Promise((resolve) => server.close(resolve))
    expect(await findBusyPorts([port])).toEqual([])
    expect(await findBusyPorts([port])).toEqual([])
  })
})

describe('the data folder', () => {
  it('is made, marked, and remembered', async () => {
    const path = join(folder, 'deep', 'data')
    const opened = await openFolder(path)
    expect(await opened.readFacts()).toBeUndefined()
    await opened.writeFacts(facts)
    expect(await (await openFolder(path)).readFacts()).toEqual(facts)
  })

  it('is wiped only when it is the demo’s own', async () => {
    const path = join(folder, 'data')
    const ours = await openFolder(path)
    await writeFile(join(path, 'ikd.sqlite'), 'rows')
    await ours.wipe()
    expect(await readdir(path)).toEqual(['demo.json'])
    expect(await ours.readFacts()).toBeUndefined()

    await writeFile(join(folder, 'thesis.odt'), 'years of work')
    await expect(openFolder(folder)).rejects.toThrow(StartFailure)
    expect(await readFile(join(folder, 'thesis.odt'), 'utf8')).toBe('years of work')
    await expect(openFolder('/')).rejects.toThrow(StartFailure)
  })

  it.runIf(process.platform === 'linux')('that takes nothing is told in a sentence', async () => {
    await expect(openFolder('/proc/ikd')).rejects.toThrow(/cannot be written/)
    await expect(openFolder('/dev/null/ikd')).rejects.toThrow(/cannot be written/)
  })
})

describe('children', () => {
  const alive = (pid: number) => {
    try {
      process.kill(pid, 0)
      return true
    } catch {
      return false
    }
  }
  const script = (name: string, text: string) => writeFile(join(folder, name), text).then(() => join(folder, name))

  it('are told when one dies, and are ended together, the stubborn too', async () => {
    const lines: string[] = []
    const children = createChildren((line) => lines.push(line), 500)
    const short = children.start({ name: 'short', script: await script('short.mjs', 'console.error("oh no"); process.exitCode = 3') })
    expect(await short).toEqual({ name: 'short', how: 'exit 3' })
    expect(lines).toEqual(['[short] oh no'])
    const stubborn = children.start({ name: 'stubborn', script: await script('stubborn.mjs', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'), show: true })
    await expect.poll(() => lines).toContain('[stubborn] up')
    await children.stop()
    expect(await stubborn).toEqual({ name: 'stubborn', how: 'SIGKILL' })
  })

  it('end by themselves when their parent is killed', async () => {
    const child = await script('child.mjs', 'console.error(process.pid); setInterval(() => {}, 1000)')
    const parent = await script(
      'parent.mjs',
      `import { createChildren } from ${JSON.stringify(new URL('./children.ts', import.meta.url).href)}\nvoid createChildren(console.log).start({ name: 'c', script: ${JSON.stringify(child)} })`,
    )
    const started = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = await new Promise<number>((resolve) => started.stdout.once('data', (line: Buffer) => resolve(Number(/\d+/.exec(line.toString())?.[0]))))
    expect(alive(pid)).toBe(true)
    started.kill('SIGKILL')
    for (let i = 0; i < 50 && alive(pid); i++) await wait(100)
    expect(alive(pid)).toBe(false)
  })
})

describe('what is told', () => {
  it('names every address, sign-in and picture, and never runs over what a name contains', () => {
    const block = startedBlock({ ports: portsFrom(3000), facts, dataFolder: '/data', counter: 'out-of-reach', camera: 'missing', seconds: 2 })
    for (const part of ['http://localhost:3000/', 'http://localhost:3001/#enrol=FIRST', 'http://localhost:3002/', 'petugas.madiun', '3577015204980001', '/data/wajah/a.jpg', 'Electron', 'camera']) expect(block).toContain(part)
  })

  it('offers another enrolment code at each start', () => {
    expect([0, 1, 2].map((starts) => nextEnrolmentCode({ ...facts, starts }))).toEqual(['FIRST', 'SECOND', 'FIRST'])
  })
})

describe('passwords known to everyone', () => {
  it('keep a demo on this machine, at a later start too', () => {
    for (const host of ['localhost', '127.0.0.1', '::1']) expect(() => checkReach(facts, host)).not.toThrow()
    for (const host of ['0.0.0.0', '::', '192.168.1.5', '']) expect(() => checkReach(facts, host)).toThrow(/--reset/)
  })

  it('are supposed where a demo of an older version does not say', () => {
    const { knownPasswords: _, ...older } = facts
    expect(() => checkReach(older as DemoFacts, '0.0.0.0')).toThrow(StartFailure)
  })

  it('are no matter where the demo has passwords of its own', () => {
    expect(() => checkReach({ ...facts, knownPasswords: false }, '0.0.0.0')).not.toThrow()
  })

  it('are refused by the start itself, in both languages', async () => {
    const path = join(folder, 'data')
    await (await openFolder(path)).writeFacts(facts)
    const start = spawn(process.execPath, [fileURLToPath(new URL('../start.ts', import.meta.url)), '--data', path, '--no-counter', '--port', '43110'], {
      env: { ...process.env, IKD_HOST: '0.0.0.0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    start.stderr.on('data', (text: Buffer) => (said += text.toString()))
    expect(await new Promise((resolve) => start.once('exit', resolve))).toBe(1)
    expect(said).toMatch(/diketahui umum[\s\S]*known to everyone/)
  })
})

describe('the server’s environment', () => {
  it('lets mail and database of the environment win, never folder and ports', () => {
    const options = { ports: portsFrom(4000), dataFolder: '/data', agencyToken: 'T' }
    const env = serverEnvironment(options, { IKD_SMTP_HOST: 'mail.example', IKD_PORT: '9', IKD_DATABASE: 'postgres://x' })
    expect(env).toMatchObject({ IKD_SMTP_HOST: 'mail.example', IKD_PORT: '4000', IKD_DATABASE: 'postgres://x', IKD_DATA: '/data', IKD_COUNTER_PORT: '4001' })
    expect(JSON.parse(env['IKD_SOURCES'] ?? '')[0]).toMatchObject({ id: 'djp', url: 'http://localhost:4004/djp', token: 'T', kinds: ['npwp'] })
  })
})
