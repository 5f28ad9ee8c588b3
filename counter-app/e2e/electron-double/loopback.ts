import { createServer, type Server } from 'node:http'

type Handler = (request: Request) => Response | Promise<Response>

/**
 * Chromium knows no `ikd:` scheme, so the handler main gave to `protocol.handle` answers on loopback, with every header it sets.
 * Addresses are translated on the way: main sees `ikd://counter/…` only.
 */
export class Loopback {
  readonly origin: string
  readonly #server: Server
  #handler: Handler = () => new Response(null, { status: 404 })

  static async listen(port: number): Promise<Loopback> {
    const loopback = new Loopback(port)
    await new Promise<void>((listening) => loopback.#server.listen(port, 'localhost', listening))
    return loopback
  }

  private constructor(port: number) {
    this.origin = `http://localhost:${port}`
    this.#server = createServer((request, response) => {
      void (async () => {
        const answer = await this.#handler(new Request(this.toCounter(`${this.origin}${request.url ?? '/'}`), { method: request.method ?? 'GET' }))
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()))
      })()
    })
  }

  handle(handler: Handler): void {
    this.#handler = handler
  }

  toCounter(url: string): string {
    return url.startsWith(`${this.origin}/`) ? `ikd://counter${url.slice(this.origin.length)}` : url
  }

  fromCounter(url: string): string {
    return url.replace(/^ikd:\/\/counter/, this.origin)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }
}
