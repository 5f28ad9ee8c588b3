import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import { createEnding } from './ending.ts'
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

const end = createEnding({
  async stop() {
    // Open event streams would hold the listener for ever.
    app.server.closeAllConnections()
    await Promise.all([counter?.close(), app.close()])
  },
  exit: process.exit,
  late: () => app.log.error('the server did not end in time, and was ended'),
})
process.on('SIGINT', end)
process.on('SIGTERM', end)
// Whoever started us through a pipe and died takes us along.
if (process.env['IKD_STOP_WITH_PARENT'] === 'true') process.stdin.resume().on('end', end)
