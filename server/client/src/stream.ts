import { DomainError, type ProblemCode, type Route } from '@ikd/contract'
import { createEventParser } from './event-parser.ts'
import { joinSignals } from './join-signals.ts'
import { NetworkError } from './network-error.ts'
import type { ClientOptions } from './options.ts'
import { routeUrl } from './request.ts'
import type { Transport } from './transport.ts'
import { wait } from './wait.ts'

export interface StreamCall {
  /** Asked for at every connection, for a token may have expired in between. */
  readonly token: () => Promise<string> | string
  readonly signal: AbortSignal
  readonly onEvent: (event: unknown) => void
  readonly onState?: ((state: StreamState) => void) | undefined
}

/** After every `open` the resource is to be fetched again: events of the time without a connection are lost. */
export type StreamState = 'open' | 'reconnecting'

const delaysMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const
const passing: ReadonlySet<ProblemCode> = new Set(['token-expired', 'proof-nonce-required', 'too-many-requests', 'busy', 'internal'])

/** Listens until the signal aborts, then resolves. Rejects only when the server refuses for good, or `token` does. */
export function createStream(options: ClientOptions, transport: Transport) {
  const pause = options.wait ?? wait
  const silenceMs = options.silenceMs ?? 40_000

  return async (route: Route, call: StreamCall): Promise<void> => {
    let failures = 0
    const opened = () => {
      failures = 0
      call.onState?.('open')
    }
    while (!call.signal.aborted) {
      try {
        await listen(route, call, opened)
      } catch (error) {
        if (call.signal.aborted) return
        if (!mayPass(error)) throw error
      }
      if (call.signal.aborted) return
      call.onState?.('reconnecting')
      await untilNextTry(delaysMs[Math.min(failures++, delaysMs.length - 1)] as number, call.signal)
    }
  }

  async function listen(route: Route, call: StreamCall, opened: () => void): Promise<void> {
    const silence = new AbortController()
    const { signal, release } = joinSignals(call.signal, silence.signal)
    const fallSilent = () => silence.abort(new NetworkError('timeout'))
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      const token = await call.token()
      timer = setTimeout(fallSilent, silenceMs)
      const headers = { Accept: 'text/event-stream' }
      const response = await transport({ route, url: routeUrl(options.baseUrl, route, {}), headers, token, signal })
      const type = response.headers.get('content-type') ?? ''
      if (!response.body || !type.startsWith('text/event-stream')) throw new NetworkError('unreadable')
      opened()
      const parse = createEventParser((data) => call.onEvent(parseEvent(data)))
      for await (const chunk of chunksOf(response.body)) {
        clearTimeout(timer)
        timer = setTimeout(fallSilent, silenceMs)
        parse(chunk)
      }
    } finally {
      clearTimeout(timer)
      // Frees the connection when we leave because of our own error.
      silence.abort()
      release()
    }
  }

  /** A phone that comes back online does not sit out the rest of its back-off. */
  async function untilNextTry(ms: number, signal: AbortSignal): Promise<void> {
    const online = new AbortController()
    const back = () => online.abort()
    const { signal: either, release } = joinSignals(signal, online.signal)
    const page = typeof window === 'undefined' ? undefined : window
    page?.addEventListener('online', back)
    try {
      await pause(ms, either)
    } finally {
      release()
      page?.removeEventListener('online', back)
    }
  }
}

function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch (cause) {
    throw new NetworkError('unreadable', { cause })
  }
}

// Safari's ReadableStream is no async iterable yet.
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } catch (cause) {
    throw new NetworkError('offline', { cause })
  } finally {
    reader.releaseLock()
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof DomainError ? passing.has(error.code) : error instanceof NetworkError
}
