import { openSecrets } from '../../security/secrets.ts'
import { createTestCore } from '../../testing/core.ts'
import { createMailWorker } from './worker.ts'

// A server process with nothing but the worker in it, to be killed in the middle of its work.
// Whoever forked it has died.
process.once('disconnect', () => process.exit())
const [dataDirectory, database, port] = process.argv.slice(2) as [string, string, string]
const core = await createTestCore({
  secrets: openSecrets({ dataDirectory }),
  config: { database, smtp: { host: '127.0.0.1', port: Number(port), secure: false, from: 'IKD <noreply@ikd.example>' } },
})
createMailWorker(core, { announceCase: async () => undefined }).start()
