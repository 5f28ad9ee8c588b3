// npm test: types, lint, unit and integration tests, journeys in a real browser. The last line is `N passed, N failed`.
import { test } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'
import { checkTypes, journeys, leftOut, lint, unit } from './test/parts.ts'
import { lastLine, sum, type Tally } from './test/tally.ts'

const { full } = readCommandLine(test).values

const types = () =>
  checkTypes(({ project, code, ms, output }) => {
    console.log(`${code === 0 ? '✓' : '✗'} ${project} ${(ms / 1000).toFixed(1)} s`)
    if (code !== 0) console.log(output)
  })

const parts: readonly [string, () => Promise<Tally>][] = [
  ['types', types],
  ['lint', lint],
  ['unit', () => unit(full)],
  ['journeys', () => journeys(full)],
]

const rows: { part: string; tally: Tally; seconds: number }[] = []
for (const [part, run] of parts) {
  console.log(`\n── ${part} ${'─'.repeat(60 - part.length)}`)
  const began = performance.now()
  const tally = await run()
  rows.push({ part, tally, seconds: (performance.now() - began) / 1000 })
}

console.log(`\n${'part'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'seconds'.padStart(9)}`)
for (const { part, tally, seconds } of rows) {
  console.log(part.padEnd(10) + [tally.passed, tally.failed].map((n) => String(n).padStart(8)).join('') + String(tally.skipped).padStart(9) + seconds.toFixed(1).padStart(9))
}
const all = sum(rows.map(({ tally }) => tally))
const missing = leftOut()
if (missing !== undefined) console.log(`\n${missing}`)
console.log(`\n${lastLine(all)}`)
process.exitCode = all.failed > 0 ? 1 : 0
