import type { AnswerOf, Route } from '@ikd/contract'
import { type Call, createCall } from './call.ts'
import type { CallArguments, ClientOptions } from './options.ts'
import { createStream, type StreamState } from './stream.ts'
import { createTransport } from './transport.ts'

export interface StreamOptions<Event> {
  /** Asked for at every connection. */
  readonly token: () => Promise<string> | string
  /** Aborting ends the stream; the promise then resolves. */
  readonly signal: AbortSignal
  /** A hint only: fetch the resource again. */
  readonly onEvent: (event: Event) => void
  /** At every `open` too, fetch the resource again. */
  readonly onState?: (state: StreamState) => void
}

export interface Client {
  /** Rejects with DomainError (the server refuses), NetworkError (no usable answer), or the signal's reason. */
  call<R extends Route>(route: R, ...options: CallArguments<R>): Promise<AnswerOf<R>>
  /** Reconnects by itself; resolves when the signal aborts, rejects with DomainError when the server refuses for good. */
  stream<R extends Route>(route: R, options: StreamOptions<AnswerOf<R>>): Promise<void>
}

export function createClient(options: ClientOptions): Client {
  const transport = createTransport(options)
  const call = createCall(options, transport)
  const stream = createStream(options, transport)
  return {
    // The contract's types are checked where the call is written; the server validates the request and its own answers.
    call: async <R extends Route>(route: R, ...[parts]: CallArguments<R>) => (await call(route, (parts ?? {}) as Call)) as AnswerOf<R>,
    stream: <R extends Route>(route: R, wanted: StreamOptions<AnswerOf<R>>) =>
      stream(route, { ...wanted, onEvent: (event) => wanted.onEvent(event as AnswerOf<R>) }),
  }
}
