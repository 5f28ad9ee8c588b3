import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { runTool } from '../test/child.ts'
import { type Tally, tallyVitest } from '../test/tally.ts'
import { root } from '../test/workspaces.ts'

export const databases = ['sqlite', 'postgres'] as const
export type DatabaseKind = (typeof databases)[number]

/** One file of tests on one database. */
export interface SuiteResult {
  readonly suite: string
  readonly database: DatabaseKind
  readonly tally: Tally
  /** What it measured, in its own words. */
  readonly figures: readonly string[]
  readonly seconds: number
}

/** Every `*.faults.test.ts`, relative to the root, with `/`. */
export function listSuites(): string[] {
  return globSync('{server,models,resident-pwa,counter-app,scripts}/**/*.faults.test.ts', { cwd: root, exclude: (path) => basename(path) === 'node_modules' })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}

export function suiteName(path: string): string {
  return basename(path, '.faults.test.ts')
}

export async function runSuite(path: string, database: DatabaseKind): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'ikd-faults-'))
  const [report, figures] = [join(folder, 'report.json'), join(folder, 'figures.jsonl')]
  try {
    const { code, ms } = await runTool(
      'vitest/vitest.mjs',
      ['run', '--config', 'scripts/faults/vitest.config.ts', path, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { show: true, env: { IKD_TEST_DATABASE: database, IKD_FIGURES: figures } },
    )
    const parsed: unknown = await readFile(report, 'utf8').then(JSON.parse, () => undefined)
    return { suite: suiteName(path), database, tally: tallyVitest(parsed, code), figures: await readFigures(figures), seconds: ms / 1000 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readFigures(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { figure: string }).figure)
}
