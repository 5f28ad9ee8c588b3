import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineNames } from '../journeys/engines/engine.ts'
import { whyMissing } from '../journeys/engines/missing.ts'
import { findPostgres } from '../setup/postgres.mjs'
import { type Ended, runTool } from './child.ts'
import { databaseTests } from './database-tests.ts'
import { type Tally, tallyPlaywright, tallyVitest } from './tally.ts'
import { typeProjects } from './workspaces.ts'

export interface TypeResult extends Ended {
  readonly project: string
}

/** Type-checks every project, two at a time. */
export async function checkTypes(say: (result: TypeResult) => void): Promise<Tally> {
  const waiting = typeProjects()
  const tally = { passed: 0, failed: 0, skipped: 0 }
  const work = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const ended = await runTool('typescript/bin/tsc', ['-p', project, '--pretty', 'false'])
      tally[ended.code === 0 ? 'passed' : 'failed']++
      say({ project, ...ended })
    }
  }
  await Promise.all([work(), work()])
  return tally
}

export async function lint(): Promise<Tally> {
  const { code } = await runTool('oxlint/bin/oxlint', [], { show: true })
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

/** On SQLite and on PostgreSQL; a test file that misses its PostgreSQL counts as one skipped test. @param full with the slow files (`*.full.test.ts`) too */
export function unit(full: boolean): Promise<Tally> {
  return withReport(async (file) => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { code } = await runTool('vitest/vitest.mjs', args, { show: true, ...(full && { env: { IKD_FULL: '1' } }) })
    const tally = tallyVitest(await readReport(file), code)
    return findPostgres() === undefined ? { ...tally, skipped: tally.skipped + databaseTests().length } : tally
  })
}

/** What a reader of the table must know besides its numbers, a sentence a line; undefined when nothing was left out. */
export function leftOut(): string | undefined {
  const count = databaseTests().length
  const sentences = [
    findPostgres() === undefined
      ? `PostgreSQL tidak ada di sini: ${count} berkas pengujian hanya berjalan di SQLite. · There is no PostgreSQL here: ${count} test files ran on SQLite only.`
      : undefined,
    ...engineNames.map(whyMissing),
  ].filter((sentence) => sentence !== undefined)
  return sentences.length > 0 ? sentences.join('\n') : undefined
}

/** @param full with the slow projects (`…-full`) too */
export function journeys(full: boolean): Promise<Tally> {
  return withReport(async (file) => {
    const { code } = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json', '--pass-with-no-tests'], {
      show: true,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...(full && { IKD_FULL: '1' }) },
    })
    return tallyPlaywright(await readReport(file), code)
  })
}

async function withReport(run: (file: string) => Promise<Tally>): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'ikd-test-'))
  try {
    return await run(join(folder, 'report.json'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
