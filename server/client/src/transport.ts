import { DomainError, type Route } from '@ikd/contract'
import { readRefusal } from './answer.ts'
import { NetworkError } from './network-error.ts'
import type { ClientOptions } from './options.ts'
import { dpopProof } from './proof.ts'
import { needsProof } from './request.ts'

export interface Sending {
  readonly route: Route
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly token?: string | undefined
  readonly signal: AbortSignal
}

/** Sends one request and gives the response when it is a success. */
export type Transport = (sending: Sending) => Promise<Response>

/**
 * The DPoP side of a request: proof, token, and the server's nonce, of which one is kept per client. The first request
 * of a client has none; the server says so, and the request goes out once more (RFC 9449 §8).
 *
 * Rejects with DomainError, NetworkError, or the signal's reason.
 */
export function createTransport(options: ClientOptions): Transport {
  const send = options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => fetch(input, init))
  const now = options.now ?? Date.now
  const newId = options.newId ?? (() => crypto.randomUUID())
  let nonce: string | undefined

  async function proofHeaders({ route, url, token }: Sending): Promise<Record<string, string>> {
    if (!needsProof(route)) return {}
    if (!options.key) throw new TypeError(`${route.id} needs a key`)
    const proof = await dpopProof(options.key, { id: newId(), method: route.method, url, now: now(), nonce, token })
    return { DPoP: proof, ...(token === undefined ? {} : { Authorization: `DPoP ${token}` }) }
  }

  async function sendOnce(sending: Sending): Promise<Response> {
    const headers = { ...sending.headers, ...(await proofHeaders(sending)) }
    const init: RequestInit = {
      method: sending.route.method,
      headers,
      signal: sending.signal,
      // No cookie, no cache, no referrer, no redirect: a request goes to the server it was signed for, or nowhere.
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      ...(sending.body === undefined ? {} : { body: sending.body }),
    }
    let response: Response
    try {
      response = await send(sending.url, init)
    } catch (cause) {
      sending.signal.throwIfAborted()
      throw new NetworkError('offline', { cause })
    }
    nonce = response.headers.get('DPoP-Nonce') ?? nonce
    return response
  }

  return async (sending) => {
    const before = nonce
    const first = await sendOnce(sending)
    if (first.ok) return first
    const refusal = await readRefusal(first, now())
    // Without a new nonce in the answer a second try could only end the same way.
    if (!(refusal instanceof DomainError) || refusal.code !== 'proof-nonce-required' || nonce === before) throw refusal
    const second = await sendOnce(sending)
    if (second.ok) return second
    throw await readRefusal(second, now())
  }
}
