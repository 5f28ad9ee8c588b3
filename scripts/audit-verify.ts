// npm run audit:verify -- [--data DIR] [--heads FILE] [--json]: walks chain, batches of scans and signatures, and says what was
// edited, dropped, cut off or put out of order, and where. What was cut off at the end together with its signed heads
// shows only against heads copied elsewhere: --heads takes a file as `npm run audit:heads` writes it.
import { readFileSync } from 'node:fs'
import { createHeadKeys, describeFinding, openSecrets, openStore, verifyAudit } from '@ikd/server'
import { loadConfigOf } from './audit/data-folder.ts'
import { auditVerify } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'

const { values } = readCommandLine(auditVerify)
const config = loadConfigOf(values.data)
const copies = values.heads === undefined ? [] : readFileSync(values.heads, 'utf8').split('\n').filter((line) => line.trim() !== '')
const store = await openStore(config.database)
try {
  const report = await verifyAudit(store, createHeadKeys(openSecrets(config)), copies)
  if (values.json) console.log(JSON.stringify(report))
  else {
    for (const finding of report.findings) console.log(describeFinding(finding))
    console.log(`${report.entries} entries, ${report.scans} scans in batches (${report.waiting} waiting), ${report.heads} heads, ${copies.length} copies, ${report.findings.length} findings`)
  }
  process.exitCode = report.findings.length > 0 ? 1 : 0
} finally {
  await store.destroy()
}
