import { DomainError, isProblem, type Problem, type ProblemFacts } from '@ikd/contract'
import { NetworkError } from './network-error.ts'

const gatewayStatuses: readonly number[] = [502, 503, 504]

/** The refusal in a failed response, or a NetworkError when the response is not the server's own. */
export async function readRefusal(response: Response, now: number): Promise<DomainError | NetworkError> {
  try {
    const value = await readAnswer(response)
    if (isProblem(value)) return new DomainError(value.code, facts(value, response.headers.get('date'), now), value.errors)
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    if (error.reason !== 'unreadable') return error
  }
  // A gateway that speaks for itself has not reached the server (RFC 9110 §15.6.3 to §15.6.5).
  return new NetworkError(gatewayStatuses.includes(response.status) ? 'offline' : 'unreadable')
}

/**
 * `retryAt` is an instant of the server's clock. Where the response tells that clock (`Date`, RFC 9110 §6.6.1), it is
 * moved to ours, so that "wait five minutes" stays five minutes on a phone whose clock is wrong.
 */
function facts(problem: Problem, date: string | null, now: number): ProblemFacts {
  const serverNow = date === null ? Number.NaN : Date.parse(date)
  const shift = Number.isNaN(serverNow) || Math.abs(now - serverNow) < 5_000 ? 0 : now - serverNow
  return {
    ...(problem.triesLeft === undefined ? {} : { triesLeft: problem.triesLeft }),
    ...(problem.retryAt === undefined ? {} : { retryAt: problem.retryAt + shift }),
    ...(problem.effort === undefined ? {} : { effort: problem.effort }),
  }
}

/** Rejects with NetworkError: `offline` when the answer stops in the middle, `unreadable` when it is not JSON. */
export async function readAnswer(response: Response): Promise<unknown> {
  let text: string
  try {
    text = await response.text()
  } catch (cause) {
    throw new NetworkError('offline', { cause })
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new NetworkError('unreadable', { cause })
  }
}
