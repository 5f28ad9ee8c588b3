import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { leashed } from '../../start/leashed.ts'
import { copyProject, type ProjectCopy } from './copy.ts'
import { type Mutation, mutations } from './list.ts'

export interface MutationResult {
  readonly mutation: Mutation
  /** `found`: its test fails without the protection. `survived`: it does not. `lame`: it fails with it too. */
  readonly verdict: 'found' | 'survived' | 'lame'
  readonly seconds: number
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[] }[]
}

/** Takes every protection out, one after another, and looks whether its test notices. */
export async function runMutations(wanted: readonly string[], say: (result: MutationResult) => void): Promise<MutationResult[]> {
  const copy = copyProject()
  try {
    const results: MutationResult[] = []
    for (const mutation of mutations.filter(({ promise }) => wanted.length === 0 || wanted.includes(String(promise)))) {
      const began = performance.now()
      const verdict = await judge(copy, mutation)
      const result = { mutation, verdict, seconds: (performance.now() - began) / 1000 }
      results.push(result)
      say(result)
    }
    return results
  } finally {
    copy.remove()
  }
}

async function judge(copy: ProjectCopy, mutation: Mutation): Promise<MutationResult['verdict']> {
  const file = join(copy.folder, mutation.file)
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, takeOut(whole, mutation))
  const without = await passes(copy, mutation)
  writeFileSync(file, whole)
  if (without) return 'survived'
  // A test that always fails would notice everything.
  return (await passes(copy, mutation)) ? 'found' : 'lame'
}

export function takeOut(text: string, { file, line, becomes }: Pick<Mutation, 'file' | 'line' | 'becomes'>): string {
  const parts = text.split(line)
  if (parts.length !== 2) throw new Error(`${file} holds the protection ${parts.length - 1} times: ${line}`)
  return parts.join(becomes)
}

/** Whether the mutation's test ran and passed; a file that does not even load has failed. */
function passes(copy: ProjectCopy, { test, named }: Mutation): Promise<boolean> {
  const report = join(copy.folder, 'report.json')
  writeFileSync(report, '{"testResults":[]}')
  const args = ['run', '--project', 'sqlite', '--project', 'others', test, '-t', escape(named), '--reporter=json', `--outputFile.json=${report}`]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...leashed, join(copy.folder, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: copy.folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    child.on('error', reject)
    child.on('close', () => {
      const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
      const ran = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'passed' || status === 'failed')
      resolve(ran.length > 0 && ran.every(({ status }) => status === 'passed'))
    })
  })
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
