// npm run types: every TypeScript project, two at a time.
import { types } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'
import { checkTypes } from './test/parts.ts'
import { lastLine } from './test/tally.ts'

readCommandLine(types)
const tally = await checkTypes(({ project, code, ms, output }) => {
  console.log(`${code === 0 ? '✓' : '✗'} ${project} ${(ms / 1000).toFixed(1)} s`)
  if (code !== 0) console.log(output)
})
console.log(lastLine(tally))
process.exitCode = tally.failed > 0 ? 1 : 0
