import { createFaceEngine } from '@ikd/face/node'
import { buildApp, loadConfig } from '@ikd/server'

// A server as `@ikd/server/main` starts it, but loaded ahead: it opens its database at the first line of its standard input, so
// that the next one is up at once when this one is killed. The face engine loads with the first face.
const face = await createFaceEngine({ workers: 1, start: 'first-use' })
process.stdin.once('data', () => void run())
// Whoever started it has died.
process.stdin.on('end', () => process.exit())

async function run(): Promise<void> {
  const config = loadConfig(process.env)
  // A handful of people does here what thousands do; how often one person may ask is proven elsewhere.
  const app = await buildApp(config, { face, limits: { take: async () => undefined } })
  await app.listen({ host: config.host, port: config.port })
  process.stdout.write('up\n')
}
