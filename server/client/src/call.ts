import { DomainError, type Route } from '@ikd/contract'
import { readAnswer } from './answer.ts'
import { joinSignals } from './join-signals.ts'
import { NetworkError } from './network-error.ts'
import type { ClientOptions } from './options.ts'
import { type CallParts, needsIdempotencyKey, routeUrl } from './request.ts'
import type { Transport } from './transport.ts'
import { wait } from './wait.ts'

export interface Call extends CallParts {
  readonly token?: string | undefined
  readonly idempotencyKey?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number | undefined
}

const retryDelaysMs = [500, 1_500, 4_000] as const
const largeBodyTimeoutMs = 60_000

/**
 * One call with its retries. Every attempt of a state-changing call carries the same idempotency key, so that an answer
 * lost on the way back changes nothing; routes without a key say in the contract why repeating them is harmless.
 */
export function createCall(options: ClientOptions, transport: Transport) {
  const newId = options.newId ?? (() => crypto.randomUUID())
  const pause = options.wait ?? wait

  async function attempt(route: Route, call: Call, headers: Record<string, string>): Promise<unknown> {
    const limit = call.timeoutMs ?? Math.max(options.timeoutMs ?? 20_000, route.bodyLimit === undefined ? 0 : largeBodyTimeoutMs)
    const timeout = AbortSignal.timeout(limit)
    const { signal, release } = joinSignals(timeout, ...(call.signal ? [call.signal] : []))
    try {
      const response = await transport({
        route,
        url: routeUrl(options.baseUrl, route, call),
        headers,
        token: call.token,
        signal,
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      })
      return await readAnswer(response)
    } catch (error) {
      call.signal?.throwIfAborted()
      if (timeout.aborted) throw new NetworkError('timeout', { cause: error })
      throw error
    } finally {
      release()
    }
  }

  return async (route: Route, call: Call): Promise<unknown> => {
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (call.body !== undefined) headers['Content-Type'] = 'application/json'
    if (needsIdempotencyKey(route)) headers['Idempotency-Key'] = call.idempotencyKey ?? newId()
    for (const delay of retryDelaysMs) {
      call.signal?.throwIfAborted()
      try {
        return await attempt(route, call, headers)
      } catch (error) {
        if (!mayPass(error)) throw error
        await pause(delay, call.signal ?? new AbortController().signal)
      }
    }
    call.signal?.throwIfAborted()
    return attempt(route, call, headers)
  }
}

/** Failures that another try a moment later may not meet. An unreadable answer is somebody else's: asking again tells nothing. */
function mayPass(error: unknown): boolean {
  if (error instanceof NetworkError) return error.reason !== 'unreadable'
  return error instanceof DomainError && error.code === 'busy'
}
