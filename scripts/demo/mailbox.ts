import Fastify, { type FastifyReply } from 'fastify'
import { mailbox as command } from '../command-line/commands.mjs'
import { readCommandLine } from '../command-line/read.mjs'
import { answerLoopbackOnly } from './loopback.ts'
import { authenticatorPage, authenticatorPolicy, authenticatorScript, currentCodes, type DemoAuthenticator } from './mailbox/authenticator.ts'
import { createLetters, type Letter } from './mailbox/letters.ts'
import { letterHtml, letterPage, letterPolicy, listPage, pagePolicy, style } from './mailbox/pages.ts'
import { startReceiver } from './mailbox/receiver.ts'

export type { Letter } from './mailbox/letters.ts'

export interface Mailbox {
  readonly smtpPort: number
  readonly webPort: number
  /** Newest first; all, or those delivered to one address. */
  letters(to?: string): readonly Letter[]
  close(): Promise<void>
}

export interface MailboxOptions {
  readonly smtpPort: number
  readonly webPort: number
  /** Whose codes `/kode` shows. */
  readonly authenticators?: readonly DemoAuthenticator[]
  readonly now?: () => number
}

/**
 * The demo's mail: a real SMTP receiver and a small mailbox to read it in, both on loopback. Port 0 takes a free one.
 *
 * Web: `/` the list, `/letters/:id` one letter, `GET /messages?to=…` the same as JSON (`{ messages: Letter[] }`),
 * `DELETE /messages` forgets all; `/kode` the present codes of the demo's authenticator apps.
 */
export async function createMailbox({ smtpPort, webPort, authenticators = [], now = Date.now }: MailboxOptions): Promise<Mailbox> {
  const letters = createLetters(now)
  const receiver = await startReceiver(letters, smtpPort)
  const app = Fastify({ logger: false })
  answerLoopbackOnly(app)
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  })
  const html = (reply: FastifyReply, policy: string, text: string) =>
    reply.headers({ 'content-security-policy': policy, 'content-type': 'text/html; charset=utf-8' }).send(text)

  app.get('/', (_request, reply) => html(reply, pagePolicy, listPage(letters.list())))
  app.get('/style.css', (_request, reply) => reply.type('text/css').send(style))
  app.get<{ Params: { id: string } }>('/letters/:id', (request, reply) => {
    const letter = letters.find(request.params.id)
    return letter ? html(reply, pagePolicy, letterPage(letter)) : reply.code(404).send({ error: 'no such letter' })
  })
  app.get<{ Params: { id: string } }>('/letters/:id/html', (request, reply) => {
    const letter = letters.find(request.params.id)
    return letter?.html === undefined ? reply.code(404).send({ error: 'no such letter' }) : html(reply, letterPolicy, letterHtml(letter.html))
  })
  app.get<{ Querystring: { to?: string } }>('/messages', (request) => ({ messages: letters.list({ to: request.query.to }) }))
  app.delete('/messages', (_request, reply) => {
    letters.clear()
    return reply.code(204).send()
  })

  app.get('/kode', (_request, reply) => html(reply, authenticatorPolicy, authenticatorPage(currentCodes(authenticators, now()))))
  app.get('/kode.json', () => currentCodes(authenticators, now()))
  app.get('/kode.js', (_request, reply) => reply.type('text/javascript').send(authenticatorScript))

  await app.listen({ host: 'localhost', port: webPort })
  const address = app.server.address()
  return {
    smtpPort: receiver.port,
    webPort: typeof address === 'object' && address ? address.port : webPort,
    letters: (to) => letters.list({ to }),
    async close() {
      await app.close()
      await receiver.close()
    },
  }
}

if (import.meta.main) {
  const { values } = readCommandLine(command)
  // Secrets of the demo, so not among the arguments, which every process of the machine can read.
  const authenticators = JSON.parse(process.env['IKD_DEMO_AUTHENTICATORS'] ?? '[]') as DemoAuthenticator[]
  const mailbox = await createMailbox({ smtpPort: values['smtp-port'], webPort: values['web-port'], authenticators })
  console.log(`mailbox: http://localhost:${mailbox.webPort}, SMTP on port ${mailbox.smtpPort}`)
}
