import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  readonly raw: Buffer
  readonly from: string
  readonly to: readonly string[]
}

export interface Receiver {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  close(): Promise<void>
}

/** A real SMTP server on loopback that keeps what it takes. `onMail` may wait, or throw `reply(451)` to refuse. */
export async function startReceiver(
  options: SMTPServerOptions & { readonly port?: number; readonly onMail?: (mail: ReceivedMail) => Promise<void> | void } = {},
): Promise<Receiver> {
  const { port = 0, onMail, ...settings } = options
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const mail = { raw: Buffer.concat(chunks), from: mailFrom ? mailFrom.address : '', to: rcptTo.map((recipient) => recipient.address) }
        Promise.resolve(mail)
          .then(onMail)
          .then(
            () => {
              mails.push(mail)
              done()
            },
            (refusal: Error) => done(refusal),
          )
      })
    },
    ...settings,
  })
  // A client that is killed leaves its connection in the middle of a sentence.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export function reply(code: number): Error {
  return Object.assign(new Error('refused by the test'), { responseCode: code })
}
