import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../test/workspaces.ts'
import { benches, commands } from './commands.mjs'
import { type AnyCommand, CommandLineFailure, parseCommandLine } from './read.mjs'

const folder = mkdtempSync(join(tmpdir(), 'ikd-commands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
/** Programs of others, with command lines of their own. */
const others = ['vitest', 'oxlint', 'node_modules/@playwright/test/cli.js']

/** What an npm script runs in the end; and its words, for the Node that runs this. */
function readScript(line: string): { program: string; words: string[] } {
  const [first = '', ...words] = line.split(' ')
  const [runner = '', ...rest] = first === 'exec' ? words : [first, ...words]
  if (runner !== 'node') return { program: runner, words: rest }
  const then = rest.indexOf('--then')
  return { program: (then < 0 ? rest[0] : rest[then + 1]) ?? '', words: rest }
}

const own = Object.entries(scripts)
  .map(([name, line]) => ({ name, ...readScript(line) }))
  .filter(({ program }) => !others.includes(program))

function run(command: string, args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, INIT_CWD: folder, IKD_DATA: join(folder, 'data') }, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

describe('every npm script that takes arguments', () => {
  it('is declared, and every program of this folder too', () => {
    const declared = commands.map(({ script }) => script)
    expect(own.map(({ program }) => program).filter((program) => !declared.includes(program))).toEqual([])
    const programs = readdirSync(join(root, 'scripts')).filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes('.test.'))
    expect(programs.filter((name) => !declared.includes(`scripts/${name}`))).toEqual([])
  })

  it.each(own)('$name tells its options when asked', async ({ words, program }) => {
    const { code, out, err } = await run(process.execPath, [...words, '--help'])
    expect([code, err]).toEqual([0, ''])
    const { options } = commands.find(({ script }) => script === program) as AnyCommand
    for (const option of [...Object.keys(options), 'help']) expect(out).toContain(`--${option}`)
  })

  it.each(own)('$name does nothing for a flag it does not know, and says so', async ({ words }) => {
    const { code, out, err } = await run(process.execPath, [...words, '--no-such-flag'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/--no-such-flag tidak dikenal.*--help\n.*no option --no-such-flag.*--help/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is reached through npm, by help and by what it does not know', async () => {
    expect(await run('npm', ['start', '--', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--no-counter') })
    expect(await run('npm', ['run', 'bench', '--', 'qr', '--pictures', folder])).toMatchObject({ code: 2, err: expect.stringMatching(/--pictures tidak dikenal/) })
    expect(await run('npm', ['run', 'bench'])).toMatchObject({ code: 0, out: expect.stringMatching(Object.keys(benches).join('[^]*')) })
  })
})

describe('every bench', () => {
  it.each(Object.entries<AnyCommand>(benches))('%s tells its options, and refuses others', async (name, { options }) => {
    const help = await run(process.execPath, ['scripts/bench.ts', name, '--help'])
    expect([help.code, help.err]).toEqual([0, ''])
    for (const option of Object.keys(options)) expect(help.out).toContain(`--${option}`)
    expect(await run(process.execPath, ['scripts/bench.ts', name, '--no-such-flag'])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/--no-such-flag[^]*--help/) })
  })

  it('that does not exist is refused with those that do', async () => {
    for (const name of ['../bench', 'qr.test', 'constructor']) expect(await run(process.execPath, ['scripts/bench.ts', name])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('qr') })
  })
})

describe.each([...commands, ...Object.values<AnyCommand>(benches)].map((command) => [command.name, command as AnyCommand] as const))('%s', (_name, command) => {
  /** All that must be there. */
  const words = (command.forms[0] ?? '').split(' ').filter(Boolean)
  const needed = Object.entries(command.options).flatMap(([name, { required, takes }]) => (required ? [`--${name}`, takes === 'DIR' ? folder : join(folder, 'x')] : []))
  const ask = (...args: readonly string[]) => parseCommandLine(command, [...words, ...needed, ...args])
  const options = Object.entries(command.options)

  it('takes what it needs, and no word more', () => {
    expect(ask()).toMatchObject({ words })
    if (!command.forms.some((form) => form.endsWith('…') || /^[A-Z]+$/.test(form))) expect(() => ask('kelebihan', 'lagi')).toThrow(CommandLineFailure)
  })

  it.each(options.filter(([, { kind }]) => kind === 'number'))('takes only sensible numbers for --%s', (name, { bounds }) => {
    const [from, to] = bounds.split('–').map(Number) as [number, number]
    for (const bad of ['NaN', '-1', '1e30', '', ' ', 'abc', '1.5', '0x10', '١', 'Infinity', String(from - 1), String(to + 1), '9'.repeat(400)]) {
      expect(() => ask(`--${name}=${bad}`), bad).toThrow(new RegExp(`^--${name}: .*--help$`))
      if (bad.startsWith('-')) expect(() => ask(`--${name}`, bad)).toThrow(new RegExp(`^--${name}: .*--help$`))
    }
    for (const good of [from, to]) expect(ask(`--${name}`, String(good))).toMatchObject({ values: { [name]: good } })
  })

  it.each(options.filter(([, { kind }]) => kind !== 'flag'))('misses a value for --%s', (name) => {
    for (const args of [[`--${name}`], [`--${name}=`], [`--${name}`, '--help']]) expect(() => ask(...args)).toThrow(new RegExp(`^--${name}: .*--help$`))
  })

  it.each(options.filter(([, { kind }]) => kind === 'flag'))('takes no value for --%s', (name) => {
    expect(() => ask(`--${name}=1`)).toThrow(new RegExp(`^--${name} takes no value.*--help$`))
  })

  it.each(options.filter(([name, { kind }]) => kind === 'path' && !(command.script === 'scripts/start.ts' && name === 'data')))('looks whether the path of --%s can be', (name) => {
    expect(() => ask(`--${name}`, join(folder, 'nothing', 'here'))).toThrow(new RegExp(`^--${name}: there is no (folder|file) .*--help$`))
  })
})

describe('the programs', () => {
  it('read their arguments in this one way', () => {
    const files = globSync('scripts/**/*.{ts,mjs}', { cwd: root, exclude: (path) => path.includes('node_modules') }).map((path) => path.replaceAll('\\', '/'))
    const reading = (what: RegExp) => files.filter((path) => !path.endsWith('.test.ts') && what.test(readFileSync(join(root, path), 'utf8'))).sort()
    expect(reading(/\bparseArgs\b/)).toEqual(['scripts/command-line/read.mjs'])
    // The setup cuts its own from those of what comes after it, and the bench its name from that bench's. The keeper is no
    // person's command: a test gives it the program that it keeps.
    expect(reading(/process\.argv/)).toEqual(['scripts/bench.ts', 'scripts/command-line/read.mjs', 'scripts/journeys/engines/keeper.ts', 'scripts/setup.mjs', 'scripts/start.ts'])
  })

  it('of the models take no arguments, and say so', async () => {
    expect(await run(process.execPath, ['models/verify.mjs', '--no-such-flag'])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--no-such-flag') })
    expect(await run(process.execPath, ['models/verify.mjs', '--help'])).toMatchObject({ code: 0, err: '' })
  })

  it('say what they miss under a Node that is too old', async () => {
    const older = `data:text/javascript,import util from 'node:util'; import { syncBuiltinESMExports } from 'node:module'; util.parseArgs = undefined; syncBuiltinESMExports()`
    expect(await run(process.execPath, ['--import', older, 'scripts/setup.mjs'])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/Node 18\.3.*\n.*Node 18\.3/) })
  })
})

it('a slip of the finger is told what was perhaps meant', () => {
  const start = commands.find(({ script }) => script === 'scripts/start.ts') as AnyCommand
  for (const slip of ['--prot', '--por', '--pport', '--part']) expect(() => parseCommandLine(start, [slip, '3000'])).toThrow(/--port perhaps\?/)
  expect(() => parseCommandLine(start, ['--no-countre'])).toThrow(/--no-counter perhaps\?/)
  expect(() => parseCommandLine(start, ['--pictures'])).not.toThrow(/perhaps/)
})
