import { createTransport } from 'nodemailer'
import type { SmtpConfig } from '../../config.ts'
import { second } from '../../clock.ts'
import type { MailMessage } from './render.ts'

/** A mail on its way. Equal values make equal bytes, so that a mail sent twice is one mail to whoever sorts by Message-ID. */
export interface OutgoingMail {
  readonly id: string
  readonly createdAt: number
  readonly message: MailMessage
}

/**
 * `accepted`: the server answered the message with 250. `bounced`: it refused recipient or message for good (5xx).
 * `deferred`: anything else, worth another try. `failure` is a reply code or a word for what failed, never the server's
 * text, which may repeat the address.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'bounced'; readonly failure: string }
  | { readonly outcome: 'deferred'; readonly failure: string }

export interface MailSender {
  send(mail: OutgoingMail): Promise<SendOutcome>
  close(): void
}

/** Silence that ends a connection, greeting or command. */
const silence = 10 * second
/** The whole of one delivery: a server that trickles replies is never silent. */
const patience = 60 * second
export const smtpConnections = 5

export function createSmtpSender(smtp: SmtpConfig): MailSender {
  const domain = /@([^\s@<>]+)>?\s*$/.exec(smtp.from)?.[1]
  if (domain === undefined) throw new Error('the sender address of the mails (smtp.from) has no domain')
  const transport = createTransport({
    pool: true,
    maxConnections: smtpConnections,
    // Trying again is the outbox's business.
    maxRequeues: 0,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    // STARTTLS wherever it is offered, with the certificate checked; a password never travels without it.
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.password ?? '' }, requireTLS: !smtp.secure }),
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ id, createdAt, message }) {
      try {
        await transport.sendMail({
          from: smtp.from,
          // As objects, so that nobody reads a list of addresses into one.
          to: { name: '', address: message.to },
          // A return path of its own tells by its address alone which mail came back.
          envelope: { from: `bounce+${id}@${domain}`, to: { name: '', address: message.to } },
          subject: message.subject,
          text: message.text,
          html: message.html,
          messageId: `<${id}@${domain}>`,
          date: new Date(createdAt),
          baseBoundary: id,
          // RFC 3834 §5: no holiday notices in answer.
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'id, en' },
          signal: AbortSignal.timeout(patience),
        })
        return { outcome: 'accepted' }
      } catch (error) {
        return classify(error)
      }
    },
    close() {
      transport.close()
    },
  }
}

const failureWords: Readonly<Record<string, string>> = {
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
  EDNS: 'unreachable',
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
  ETLS: 'tls',
  EAUTH: 'sign-in',
}

/** What became of a failed delivery (reply codes: RFC 5321 §4.2.1). */
function classify(error: unknown): SendOutcome {
  const { code, originalCode, command, responseCode, permanent } = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>
  if (typeof responseCode === 'number') {
    // A 5xx to greeting, sign-in or sender is about us, not about the mail. 503 is no permanent one: it says that the
    // session, not the message, was wrong.
    const final = permanent === true && (command === 'RCPT TO' || command === 'DATA')
    return { outcome: final ? 'bounced' : 'deferred', failure: String(responseCode) }
  }
  // Refused before it was spoken: no server would take this address.
  if (code === 'EENVELOPE' && command === 'API') return { outcome: 'bounced', failure: 'address' }
  // Node's names for a certificate or handshake that failed, which nodemailer files under its socket errors.
  if (typeof originalCode === 'string' && /^ERR_(TLS|SSL)|CERT|SIGNATURE|^EPROTO$/.test(originalCode)) return { outcome: 'deferred', failure: 'tls' }
  return { outcome: 'deferred', failure: (typeof code === 'string' && failureWords[code]) || 'failed' }
}
