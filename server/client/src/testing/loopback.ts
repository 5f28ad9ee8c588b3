import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DomainError, type ProblemCode, type ProblemFacts } from '@ikd/contract'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Claims of the DPoP proof, if there was one. */
  readonly proof: Readonly<Record<string, unknown>> | undefined
}

export type Answer = (seen: Seen, response: ServerResponse, count: number) => void

/** A real HTTP server on loopback that answers as the test says and remembers what it saw. */
export async function startServer(answer: Answer) {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
    const proof = request.headers['dpop']
    const record: Seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
      proof: typeof proof === 'string' ? (JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString()) as Seen['proof']) : undefined,
    }
    seen.push(record)
    answer(record, response, seen.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function sendJson(response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

export function sendProblem(response: ServerResponse, code: ProblemCode, facts: ProblemFacts = {}, headers: Record<string, string> = {}): void {
  const problem = new DomainError(code, facts).toProblem()
  response.writeHead(problem.status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(problem))
}
