import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import { buildSite } from './plugins/site.ts'

/** Starts the server: the API with the resident app, and, when it is configured, the counter app's browser host. */
const config = loadConfig(process.env)
const app = await buildApp(config)
await app.listen({ host: config.host, port: config.port })

const counter =
  config.counterPort !== undefined && config.counterDirectory !== undefined
    ? await buildSite({
        directory: config.counterDirectory,
        connect: [config.publicUrl],
        facts: { '/host.json': { serverUrl: config.publicUrl, ...(config.counterIdleMinutes === undefined ? {} : { idleMinutes: config.counterIdleMinutes }) } },
      })
    : undefined
await counter?.listen({ host: config.host, port: config.counterPort as number })

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  // Open event streams would hold the listener for ever.
  app.server.closeAllConnections()
  await Promise.all([counter?.close(), app.close()])
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
// Whoever started us through a pipe and died takes us along.
if (process.env['IKD_STOP_WITH_PARENT'] === 'true') process.stdin.resume().on('end', () => void stop())
