import type { BodyOf, ParamsOf, QueryOf, Route } from '@ikd/contract'
import type { SigningKey } from './signing-key.ts'
import type { Wait } from './wait.ts'

export interface ClientOptions {
  /** Origin of the server, e.g. `http://localhost:3000`; a path prefix is kept. */
  readonly baseUrl: string
  /** Needed for every route that is not public. */
  readonly key?: SigningKey
  readonly fetch?: typeof fetch
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** Time for one attempt, in milliseconds; 20 s unless said, a minute for routes with large bodies. */
  readonly timeoutMs?: number
  /** A stream silent for so long is taken as dead, in milliseconds; 40 s unless said (the server speaks every 15 s). */
  readonly silenceMs?: number
  readonly wait?: Wait
  /** Makes UUIDs (version 4). */
  readonly newId?: () => string
}

// A member is required when the route has it and it has required members of its own.
type Member<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [N in Name]?: undefined }
  : object extends Value
    ? { readonly [N in Name]?: Value }
    : { readonly [N in Name]: Value }

export type CallOptions<R extends Route> = Member<'params', ParamsOf<R>> &
  Member<'query', QueryOf<R>> &
  Member<'body', BodyOf<R>> & {
    /** Access token, for routes beyond `public` and `key`. */
    readonly token?: string
    /** UUID; give one to be able to repeat the call after the program itself has died. */
    readonly idempotencyKey?: string
    readonly signal?: AbortSignal
    readonly timeoutMs?: number
  }

/** The argument may be left out when nothing in it is required. */
export type CallArguments<R extends Route> = object extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>]
