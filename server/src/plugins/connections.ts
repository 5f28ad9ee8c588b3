import type { Server, Socket } from 'node:net'
import { DomainError, type ProblemCode } from '@ikd/contract'
import type { FastifyInstance } from 'fastify'
import { minute, second } from '../clock.ts'
import type { Log } from '../core.ts'
import { answerHeaders } from './headers.ts'

/** Longest address: ours have an id and a small query. */
const longestAddress = 2048

/** A client that does not take our last words within it does not get them. ms */
const lastWords = 5 * second

/**
 * How long a client may take and how much it may say before it is known. Headers have fifteen seconds, a whole request a
 * minute (twelve megabytes over an office's 2 Mbit/s); answers may take longer, streams for ever. A connection on which
 * nothing moves for two minutes, not even an answer of ours that nobody fetches, is given up.
 */
export const connectionLimits = {
  requestTimeout: minute,
  connectionTimeout: 2 * minute,
  keepAliveTimeout: 72 * second,
  // The host is asked for below: Node's own refusal would come without our headers.
  http: { maxHeaderSize: 16 * 1024, headersTimeout: 15 * second, connectionsCheckingInterval: 5 * second, requireHostHeader: false },
  clientErrorHandler: answerUnparsable,
} as const

/** What Node could not read as HTTP: answered as a problem like any other, quoting nothing, and hung up on. */
function answerUnparsable(error: NodeJS.ErrnoException, socket: Socket): void {
  const code = problemOf(error)
  // With an answer still to come for an earlier request of this connection, ours would be taken for it.
  const isPending = '_httpMessage' in socket && socket._httpMessage !== null && code !== 'request-too-slow'
  if (error.code === 'ECONNRESET' || !socket.writable || isPending) return void socket.destroy()
  const problem = new DomainError(code).toProblem()
  const body = JSON.stringify(problem)
  const headers = { ...answerHeaders, 'content-type': 'application/problem+json', 'content-length': Buffer.byteLength(body), connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${problem.status} ${problem.code}\r\n${lines.join('')}\r\n${body}`)
  hangUp(socket)
}

/**
 * Closes our side once what was written is on its way, and the other side with it: `end` alone would leave a client that
 * never closes its own side its connection for as long as it likes.
 */
function hangUp(socket: Socket): void {
  socket.destroySoon()
  const deadline = setTimeout(() => socket.destroy(), lastWords)
  deadline.unref()
  socket.once('close', () => clearTimeout(deadline))
}

/** Most connections unless the settings say otherwise: each costs memory and a descriptor, whoever holds it. */
export const usualConnections = 10_000
const complainEvery = minute

/** No more than so many connections at once: a further one is closed as it comes, and the log hears of it, not every time. */
export function boundConnections(server: Server, most: number, { log, now }: { readonly log: Pick<Log, 'warn'>; readonly now: () => number }): void {
  server.maxConnections = most
  let complainedAt = Number.NEGATIVE_INFINITY
  let refused = 0
  server.on('drop', () => {
    refused++
    if (now() < complainedAt + complainEvery) return
    log.warn({ most, refused }, 'no more connections are taken (IKD_CONNECTIONS)')
    complainedAt = now()
    refused = 0
  })
}

function problemOf({ code }: NodeJS.ErrnoException): ProblemCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large'
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request-too-slow' : 'request-invalid'
}

export function refuseOddRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    // RFC 9112 §3.2.
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') throw new DomainError('request-invalid')
    if (request.url.length > longestAddress) throw new DomainError('address-too-long')
  })
}
