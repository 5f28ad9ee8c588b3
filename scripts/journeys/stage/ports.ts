import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that systems give to whoever asks for any (32768 on Linux, 49152 elsewhere): what is found stays free until it is used. */
const from = 20_000
const until = 32_000

/** A port of loopback that nobody listens on. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(from, until)
    const server = createServer()
    try {
      await once(server.listen({ host: 'localhost', port }), 'listening')
      return port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    } finally {
      if (server.listening) await new Promise((done) => server.close(done))
    }
  }
}
