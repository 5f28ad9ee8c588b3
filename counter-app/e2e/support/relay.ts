import { createServer, connect, type Socket } from 'node:net'

/** The network between everybody and the server: it can lose answers on their way back, as a bad line does. */
export interface Relay {
  readonly port: number
  /**
   * From now on the connection of a request whose head matches is cut when its answer comes: the server has done it, the client
   * cannot know. How many answers were lost is returned by what ends it.
   */
  loseAnswers(request: RegExp): () => number
  close(): Promise<void>
}

/** @param target port of the server on this machine; may begin to listen later */
export async function startRelay(target: () => number): Promise<Relay> {
  const open = new Set<Socket>()
  let losing: { readonly request: RegExp; lost: number } | undefined
  const relay = createServer((client) => {
    const server = connect(target(), 'localhost')
    let doomed = false
    const cut = () => {
      client.destroy()
      server.destroy()
    }
    client.on('data', (bytes) => {
      if (losing?.request.test(bytes.toString('latin1'))) doomed = true
      server.write(bytes)
    })
    server.on('data', (bytes) => {
      if (!doomed) return void client.write(bytes)
      if (losing) losing.lost++
      cut()
    })
    for (const [socket, other] of [[client, server], [server, client]] as const) {
      open.add(socket)
      socket.on('error', cut)
      socket.on('end', () => other.end())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((listening) => relay.listen(0, 'localhost', listening))
  const address = relay.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    port: address.port,
    loseAnswers(request) {
      const now = { request, lost: 0 }
      losing = now
      return () => {
        losing = undefined
        return now.lost
      }
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((closed) => relay.close(closed))
    },
  }
}
