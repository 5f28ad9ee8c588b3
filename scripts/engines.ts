// npm run journeys:engines -- [chromium | firefox | webkit …]
import { engines as command } from './command-line/commands.mjs'
import { orEnd, readCommandLine, refusal } from './command-line/read.mjs'
import { type EngineName, engineNames } from './journeys/engines/engine.ts'
import { whyMissing } from './journeys/engines/missing.ts'
import { runTool } from './test/child.ts'

function isEngine(name: string): name is EngineName {
  return (engineNames as readonly string[]).includes(name)
}

const { words } = readCommandLine(command)
orEnd(() => {
  const unknown = words.find((name) => !isEngine(name))
  if (unknown !== undefined) throw refusal(command, { id: `Tidak ada mesin peramban “${unknown}”`, en: `There is no engine “${unknown}”` })
})
const engines = words.length > 0 ? words.filter(isEngine) : engineNames
const { code } = await runTool('@playwright/test/cli.js', ['test', ...engines.map((name) => `--project=engine-${name}`)], { show: true })
for (const sentence of engines.map(whyMissing)) if (sentence !== undefined) console.log(sentence)
process.exitCode = code
