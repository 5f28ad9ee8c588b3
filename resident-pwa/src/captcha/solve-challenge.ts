import { within } from '@ikd/client'
import { trustedWorkerUrl } from '@ikd/ui'
import shaWorker from 'altcha/workers/sha?url'

/** ALTCHA's challenge, version 2; the signature is the server's and travels back untouched. */
interface Challenge {
  readonly parameters: { readonly algorithm: string } & Readonly<Record<string, unknown>>
  readonly signature?: string
}

interface Solution {
  readonly counter: number
  readonly derivedKey: string
}

export class CaptchaError extends Error {
  override name = 'CaptchaError'
}

/** A cheap phone gets through well before; a server that asks for more is told so instead of draining the battery. */
const limitMs = 60_000

/**
 * Does the proof of work of ALTCHA in its own workers, side by side on the phone's cores, and answers the payload
 * (base64 of JSON). Rejects with a CaptchaError when it cannot, with the signal's reason when it is given up.
 */
export async function solveChallenge(answer: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<string> {
  if (!isChallenge(answer)) throw new CaptchaError('unknown challenge')
  const { parameters, signature } = answer
  const url = new URL(shaWorker, location.href)
  const count = Math.max(1, Math.min(4, (navigator.hardwareConcurrency ?? 2) - 1))
  const workers = Array.from({ length: count }, () => new Worker(trustedWorkerUrl(url)))
  try {
    const searches = workers.map((worker, i) => search(worker, { challenge: { parameters }, counterStart: i, counterStep: count }, signal))
    // A worker gives up by itself; one that was never begun says nothing at all.
    const solution = await within(limitMs + 5_000, Promise.any(searches), () => new CaptchaError('silent'))
    return btoa(JSON.stringify({ challenge: { parameters, ...(signature === undefined ? {} : { signature }) }, solution }))
  } catch (cause) {
    signal.throwIfAborted()
    throw new CaptchaError('no solution', { cause })
  } finally {
    for (const worker of workers) worker.terminate()
  }
}

function search(worker: Worker, work: object, signal: AbortSignal): Promise<Solution> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (isSolution(event.data)) resolve(event.data)
      else reject(new CaptchaError('gave up'))
    })
    worker.addEventListener('error', () => reject(new CaptchaError('worker failed')))
    signal.addEventListener('abort', () => reject(new CaptchaError('stopped')))
    worker.postMessage({ type: 'work', counterMode: 'uint32', timeout: limitMs, ...work })
  })
}

function isChallenge(value: object): value is Challenge {
  if (!('parameters' in value) || typeof value.parameters !== 'object' || value.parameters === null) return false
  // What ALTCHA's SHA worker can do.
  return 'algorithm' in value.parameters && typeof value.parameters.algorithm === 'string' && value.parameters.algorithm.startsWith('SHA-')
}

function isSolution(value: unknown): value is Solution {
  return typeof value === 'object' && value !== null && 'counter' in value && 'derivedKey' in value
}
