// npm run test:faults -- [suite …] [--database sqlite|postgres] [--json]: crash, race and abuse suites, one after another on
// both databases, and one table. The last line is `N passed, N failed`; with --json it is one JSON object before that.
// npm run test:faults -- mutations [promise …]: takes each protection out, in a copy, and looks whether its test notices.
import { faults } from './command-line/commands.mjs'
import { orEnd, readCommandLine, refusal } from './command-line/read.mjs'
import { type DatabaseKind, databases, listSuites, runSuite, suiteName, type SuiteResult } from './faults/suites.ts'
import { findPostgres } from './setup/postgres.mjs'
import { mutations } from './faults/mutations/list.ts'
import { proveMutations } from './faults/mutations/prove.ts'
import { lastLine, sum } from './test/tally.ts'

const { values, words } = readCommandLine(faults)

if (words[0] === 'mutations') {
  const promises = words.slice(1)
  orEnd(() => check(promises, [...new Set(mutations.map(({ promise }) => String(promise)))]))
  process.exitCode = await proveMutations(promises)
  process.exit()
}
orEnd(() => check(words, listSuites().map(suiteName)))

const kinds = databases.filter((kind) => values.database === undefined || values.database === kind)
const suites = listSuites().filter((path) => words.length === 0 || words.includes(suiteName(path)))

const results: SuiteResult[] = []
for (const path of suites) {
  for (const kind of kinds) {
    if (kind === 'postgres' && findPostgres() === undefined) continue
    console.log(`\n── ${suiteName(path)} · ${kind} ${'─'.repeat(40)}`)
    results.push(await runSuite(path, kind))
  }
}

const width = Math.max(...suites.map((path) => suiteName(path).length)) + 2
const line = (suite: string, database: DatabaseKind | 'database', numbers: readonly string[], figure: string) =>
  suite.padEnd(width) + database.padEnd(10) + numbers.map((text) => text.padStart(9)).join('') + `   ${figure}`
console.log(`\n${line('suite', 'database', ['passed', 'failed', 'skipped', 'seconds'], 'figure')}`)
for (const { suite, database, tally, figures, seconds } of results) {
  const numbers = [String(tally.passed), String(tally.failed), String(tally.skipped), seconds.toFixed(1)]
  const [first = '', ...rest] = figures
  console.log(line(suite, database, numbers, first))
  for (const figure of rest) console.log(' '.repeat(width + 10 + 36) + `   ${figure}`)
}
const missed = kinds.includes('postgres') && findPostgres() === undefined ? suites.length : 0
if (missed > 0) console.log(`\nPostgreSQL tidak ada di sini: ${missed} rangkaian dilewati. · There is no PostgreSQL here: ${missed} suites were skipped.`)
const all = sum([...results.map(({ tally }) => tally), { passed: 0, failed: 0, skipped: missed }])
if (values.json) console.log(JSON.stringify({ node: process.version, results }))
console.log(`\n${lastLine(all)}`)
process.exitCode = all.failed > 0 ? 1 : 0

/** A suite that does not exist would be missing from the table, and nobody misses it. */
function check(asked: readonly string[], known: readonly string[]): void {
  const stray = asked.find((word) => !known.includes(word))
  if (stray !== undefined) throw refusal(faults, { id: `Tidak ada "${stray}"; yang ada: ${known.join(', ')}`, en: `There is no "${stray}"; there are: ${known.join(', ')}` })
}
