import { DomainError, isProblem, type Problem, type ProblemFacts } from '@ikd/contract'
import { NetworkError } from './network-error.ts'

/** The refusal in a failed response, or a NetworkError when the response is not the server's own. */
export async function readRefusal(response: Response, now: number): Promise<DomainError | NetworkError> {
  let value: unknown
  try {
    value = await response.json()
  } catch (cause) {
    return new NetworkError('unreadable', { cause })
  }
  if (!isProblem(value)) return new NetworkError('unreadable')
  return new DomainError(value.code, facts(value, response.headers.get('date'), now), value.errors)
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
  }
}

/** Rejects with NetworkError `unreadable` for anything that is not JSON. */
export async function readAnswer(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw new NetworkError('unreadable', { cause })
  }
}
