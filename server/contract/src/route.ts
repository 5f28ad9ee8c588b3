import type { Static, TSchema } from 'typebox'
import type { Access } from './access.ts'

export type Method = 'GET' | 'POST' | 'DELETE'

/**
 * One definition gives validation, OpenAPI and the typed client.
 *
 * `path` uses `:name` segments, named in `params`. Routes that are not GET change state and carry an
 * `Idempotency-Key` header (a UUID) unless `repeatable` says why not.
 */
export interface Route<
  Params extends TSchema | undefined = TSchema | undefined,
  Query extends TSchema | undefined = TSchema | undefined,
  Body extends TSchema | undefined = TSchema | undefined,
  Answer extends TSchema = TSchema,
> {
  readonly id: string
  readonly method: Method
  readonly path: string
  readonly access: Access
  readonly summary: string
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Largest body in bytes; the server's default is 32 KiB. */
  readonly bodyLimit?: number
  readonly answer: Answer
  /** HTTP status of the answer; 200 unless said. */
  readonly status?: 200 | 201
  /** The body may come as `application/x-www-form-urlencoded` too, as OAuth 2.0 sends it (RFC 6749 §4.4.2). */
  readonly form?: boolean
  /** `stream`: server-sent events, each `data:` a JSON value of `answer`. */
  readonly kind?: 'json' | 'stream'
  /** Why this state-changing route needs no idempotency key. */
  readonly repeatable?: string
  /** The program asks this by itself, with nobody at the desk: it does not keep a staff session from going idle. */
  readonly unattended?: true
  /** Requests a minute of one person (ten times as many of an institution's system), or from one network where nobody is known yet; counted over all servers. */
  readonly ratePerMinute?: number
  /** Keys that staff have signed in with, or that are workstations, are limited each by itself: strangers of their network do not hold them up. */
  readonly settledKeysApart?: true
}

export function defineRoute<
  const Params extends TSchema | undefined = undefined,
  const Query extends TSchema | undefined = undefined,
  const Body extends TSchema | undefined = undefined,
  const Answer extends TSchema = TSchema,
>(route: Route<Params, Query, Body, Answer>): Route<Params, Query, Body, Answer> {
  return route
}

type ValueOf<S> = S extends TSchema ? Static<S> : undefined

export type ParamsOf<R> = R extends Route<infer P, infer _Q, infer _B, infer _A> ? ValueOf<P> : never
export type QueryOf<R> = R extends Route<infer _P, infer Q, infer _B, infer _A> ? ValueOf<Q> : never
export type BodyOf<R> = R extends Route<infer _P, infer _Q, infer B, infer _A> ? ValueOf<B> : never
export type AnswerOf<R> = R extends Route<infer _P, infer _Q, infer _B, infer A> ? Static<A> : never
