// npm run audit:heads -- --to FILE [--data DIR]: appends the signed heads the file does not have yet, one a line. Keep the file on another host: it is what an end that was cut off shows against.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { listHeads, openStore } from '@ikd/server'
import { loadConfigOf } from './audit/data-folder.ts'
import { auditHeads } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'

const { values } = readCommandLine(auditHeads)
const file = values.to
const known = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
const store = await openStore(loadConfigOf(values.data).database)
try {
  const fresh = (await listHeads(store)).filter((jws) => !known.has(jws))
  appendFileSync(file, fresh.map((jws) => `${jws}\n`).join(''))
  console.log(`${fresh.length} new heads, ${known.size === 0 ? 0 : known.size - 1} known`)
} finally {
  await store.destroy()
}
