import { connect, type Server, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Bytes as they are, over a socket of its own; what came back until the server hung up or `patience` (ms) ran out. */
export async function sendRaw(port: number, bytes: string | Buffer, patience = 2_000): Promise<{ readonly text: string; readonly closed: boolean }> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  const closed = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), patience)
    const end = (): void => {
      clearTimeout(timer)
      resolve(true)
    }
    socket.on('data', (chunk) => chunks.push(chunk))
    // A server that hangs up in the middle of our sending is one that hung up.
    socket.on('error', end)
    socket.on('close', end)
    socket.write(bytes)
  })
  socket.destroy()
  return { text: Buffer.concat(chunks).toString(), closed }
}

/** A client that never closes its side, whatever the server does with its own: as a broken one behaves, or a hostile one. */
export function connectForGood(port: number, bytes: string | Buffer): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.off('error', reject)
      socket.on('error', () => undefined)
      socket.write(bytes)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

/** How many connections the server itself holds. */
export function countConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))))
}

/** The answers in what came back, in order. */
export function readAnswers(text: string): readonly RawAnswer[] {
  const answers: RawAnswer[] = []
  let rest = text
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n')
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
    const length = Number(headers['content-length'] ?? 0)
    const body = Buffer.from(rest.slice(end + 4)).subarray(0, length).toString()
    answers.push({ status: Number(first.split(' ')[1]), headers, body })
    rest = rest.slice(end + 4 + body.length)
  }
  return answers
}

/** Sockets that connect and then say nothing. */
export function connectIdle(port: number, count: number): Promise<readonly Socket[]> {
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1', () => resolve(socket))
          socket.on('error', reject)
        }),
    ),
  )
}
