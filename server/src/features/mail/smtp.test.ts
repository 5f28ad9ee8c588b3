import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { SmtpConfig } from '../../config.ts'
import { type Receiver, reply, startReceiver } from './receiver.fixture.ts'
import { createSmtpSender, type SendOutcome } from './smtp.ts'

let endings: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of endings.reverse()) await end()
  endings = []
})

async function receive(...options: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...options)
  endings.push(() => receiver.close())
  return receiver
}

async function send(port: number, more: Partial<SmtpConfig> = {}, to = 'siti@example.com'): Promise<SendOutcome> {
  const sender = createSmtpSender({ host: '127.0.0.1', port, secure: false, from: 'IKD <noreply@ikd.example>', ...more })
  endings.push(() => sender.close())
  return sender.send({ id: '0199-x', createdAt: 0, message: { to, subject: 's', text: 't', html: '<p>h</p>' } })
}

type Answer = (_what: unknown, _session: unknown, done: (error?: Error) => void) => void
const refusing = (code: number): Answer => (_what, _session, done) => done(reply(code))

it.each([
  ['an unknown recipient', '550', { onRcptTo: refusing(550) }],
  ['a message refused for good', '554', { onMail: () => Promise.reject(reply(554)) }],
])('takes %s (%s) as bounced', async (_what, failure, options) => {
  expect(await send((await receive(options)).port)).toEqual({ outcome: 'bounced', failure })
})

it.each([
  ['a recipient to be tried later', '450', { onRcptTo: refusing(450) }],
  ['a message to be tried later', '451', { onMail: () => Promise.reject(reply(451)) }],
  ['a sender refused', '550', { onMailFrom: refusing(550) }],
  ['a connection refused in the greeting', '554', { onConnect: (_session: unknown, done: (error?: Error) => void) => done(reply(554)) }],
])('defers after %s (%s)', async (_what, failure, options) => {
  expect(await send((await receive(options)).port)).toEqual({ outcome: 'deferred', failure })
})

it('slips no second recipient in with an address', async () => {
  const recipients: string[] = []
  const receiver = await receive({
    onRcptTo(address, _session, done) {
      recipients.push(address.address)
      done()
    },
  })
  expect(await send(receiver.port, {}, 'a@example.com>\r\nRCPT TO:<b@example.com')).toMatchObject({ outcome: 'bounced' })
  expect([recipients, receiver.mails]).toEqual([[], []])
})

it('takes an address that cannot be spoken as bounced', async () => {
  expect(await send((await receive()).port, {}, '')).toEqual({ outcome: 'bounced', failure: 'address' })
})

it('gives a mail to one recipient, commas in the address or not', async () => {
  const receiver = await receive()
  await send(receiver.port, {}, 'a@example.com,b@example.com')
  for (const { to } of receiver.mails) expect(to).toHaveLength(1)
})

it('keeps a mail rather than give it to a server whose certificate nobody vouches for', async () => {
  const receiver = await receive({ disabledCommands: ['AUTH'] })
  expect(await send(receiver.port)).toEqual({ outcome: 'deferred', failure: 'tls' })
  expect(receiver.mails).toHaveLength(0)
})

it('never signs in without TLS', async () => {
  const passwords: unknown[] = []
  const receiver = await receive({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      passwords.push(auth)
      done(null, { user: 'ikd' })
    },
  })
  expect(await send(receiver.port, { user: 'ikd', password: 'secret' })).toMatchObject({ outcome: 'deferred' })
  expect([passwords, receiver.mails]).toEqual([[], []])
})

it('waits ten seconds for a server that accepts the connection and says nothing', async () => {
  const mute = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(mute, 'listening')
  endings.push(() => void mute.close())
  const began = performance.now()
  expect(await send((mute.address() as AddressInfo).port)).toEqual({ outcome: 'deferred', failure: 'timeout' })
  expect(performance.now() - began).toBeLessThan(15_000)
})

it('refuses to start with a sender that has no domain', () => {
  expect(() => createSmtpSender({ host: 'localhost', port: 25, secure: false, from: 'IKD' })).toThrow(/domain/)
})
