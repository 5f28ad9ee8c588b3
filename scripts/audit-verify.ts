// npm run audit-verify -- [--data DIR] [--head HASH]: walks the chain of audit entries and says what was edited, dropped or
// put out of order. An end that was cut off shows only against a head noted earlier: give it with --head.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadConfig, openStore, verifyAuditChain } from '@ikd/server'

const { values } = parseArgs({ options: { data: { type: 'string' }, head: { type: 'string' } } })
const config = loadConfig({ ...process.env, ...(values.data && { IKD_DATA: resolve(process.env['INIT_CWD'] ?? '.', values.data) }) })
const store = await openStore(config.database)
try {
  const { entries, head, findings } = await verifyAuditChain(store, values.head)
  for (const finding of findings) console.log(JSON.stringify(finding))
  console.log(`${entries} entries, ${findings.length} findings`)
  console.log(`head ${head}`)
  process.exitCode = findings.length > 0 ? 1 : 0
} finally {
  await store.destroy()
}
