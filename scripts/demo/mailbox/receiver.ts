import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Letters } from './letters.ts'

/** Largest letter, in bytes. */
const largest = 2_000_000

export interface Receiver {
  readonly port: number
  close(): Promise<void>
}

/**
 * A real SMTP server on loopback, without TLS; a user name is taken but not asked for. Two kinds of address are refused, so that
 * bounces and delays can be lived: `bounce+anything@` for good (550), `later+anything@` for now (451).
 */
export async function startReceiver(letters: Letters, port: number): Promise<Receiver> {
  const server = new SMTPServer({
    name: 'localhost',
    banner: 'IKD demo mailbox',
    size: largest,
    authOptional: true,
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'demo' }),
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith('bounce+')) return callback(refusal(550, 'No such mailbox'))
      if (address.startsWith('later+')) return callback(refusal(451, 'Try again later'))
      callback()
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      let size = 0
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= largest) chunks.push(chunk)
      })
      stream.on('end', () => {
        if (size > largest) return callback(refusal(552, 'Too large'))
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const to = session.envelope.rcptTo.map(({ address }) => address)
        letters.add({ from, to }, Buffer.concat(chunks)).then(
          ({ id }) => callback(null, `Kept as ${id}`),
          () => callback(refusal(554, 'Not a letter')),
        )
      })
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      // A peer that hangs up in the middle is its own affair.
      server.on('error', () => undefined)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
