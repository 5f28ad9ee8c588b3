// npm run types: every TypeScript project, two at a time.
import { checkTypes } from './test/parts.ts'
import { lastLine } from './test/tally.ts'

const tally = await checkTypes(({ project, code, ms, output }) => {
  console.log(`${code === 0 ? '✓' : '✗'} ${project} ${(ms / 1000).toFixed(1)} s`)
  if (code !== 0) console.log(output)
})
console.log(lastLine(tally))
process.exitCode = tally.failed > 0 ? 1 : 0
