import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * The way to the server, which can be cut: no driver's word for it (WebKit's has none), and also true for service workers. What
 * listens at `from` hands everything on to `to`, both on loopback.
 */
export interface Cable {
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function layCable({ from, to }: { readonly from: number; readonly to: number }): Promise<Cable> {
  let server: Server | undefined
  const sockets = new Set<Socket>()

  async function mend(): Promise<void> {
    const listening = createServer((near) => {
      const far = connect({ host: 'localhost', port: to })
      for (const [one, other] of [[near, far], [far, near]] as const) {
        sockets.add(one)
        one.once('close', () => {
          sockets.delete(one)
          other.destroy()
        })
        // What went wrong is told to the other side by the close that follows.
        one.on('error', () => undefined)
        one.pipe(other)
      }
    })
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject)
      listening.listen({ host: 'localhost', port: from }, resolve)
    })
    server = listening
  }

  async function cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
    server = undefined
  }

  await mend()
  return { cut, mend }
}
