import { Worker } from 'node:worker_threads'
import { templateLength, templateModel, type Template } from '@ikd/face'
import type { AbisAnswer, AbisClient } from './abis.ts'

export type MemoryAbisTask =
  | { readonly kind: 'enrol'; readonly ids: readonly string[]; readonly subjects: readonly string[]; readonly values: Float32Array }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  | { readonly kind: 'search'; readonly values: Float32Array; readonly except: string; readonly within: number; readonly atMost: number }

export interface MemoryAbisAnswer {
  readonly number: number
  readonly value: AbisAnswer | undefined
}

interface Waiting {
  readonly resolve: (value: AbisAnswer | undefined) => void
  readonly reject: (error: Error) => void
}

/**
 * Every template in the memory of one thread of its own, which is started by the first call. Should the thread end, what is
 * under way rejects, and the entries are asked for anew.
 *
 * @param script what the thread runs
 */
export function createMemoryAbis(script = new URL('./memory-abis-worker.ts', import.meta.url)): AbisClient {
  const waiting = new Map<number, Waiting>()
  const losses = new Set<() => void>()
  let worker: Worker | undefined
  let number = 0
  let closed = false

  function start(): Worker {
    const fresh = new Worker(script, { workerData: { length: templateLength } })
    fresh.on('message', ({ number: of, value }: MemoryAbisAnswer) => {
      waiting.get(of)?.resolve(value)
      waiting.delete(of)
    })
    const lose = (): void => {
      if (worker !== fresh) return
      worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('the thread of the search has ended'))
      waiting.clear()
      if (!closed) for (const listener of losses) listener()
    }
    fresh.on('error', lose)
    fresh.on('exit', lose)
    return fresh
  }

  function run(task: MemoryAbisTask, transfer: readonly ArrayBuffer[] = []): Promise<AbisAnswer | undefined> {
    if (closed) return Promise.reject(new Error('the search is closed'))
    worker ??= start()
    const own = ++number
    return new Promise((resolve, reject) => {
      waiting.set(own, { resolve, reject })
      worker?.postMessage({ number: own, task }, [...transfer])
    })
  }

  return {
    async search({ template, except, within, atMost }) {
      const answer = await run({ kind: 'search', values: valuesOf(template), except, within, atMost })
      if (!answer) throw new Error('a search has no answer')
      return answer
    },

    async enrol(entries) {
      if (entries.length === 0) return
      const values = new Float32Array(entries.length * templateLength)
      entries.forEach(({ template }, i) => values.set(valuesOf(template), i * templateLength))
      await run({ kind: 'enrol', ids: entries.map(({ id }) => id), subjects: entries.map(({ subject }) => subject), values }, [values.buffer])
    },

    async remove(ids) {
      // What was never enrolled need not be taken out.
      if (ids.length > 0 && worker) await run({ kind: 'remove', ids })
    },

    whenLost(listener) {
      losses.add(listener)
      return () => void losses.delete(listener)
    },

    async close() {
      closed = true
      await worker?.terminate()
    },
  }
}

function valuesOf({ model, values }: Template): Float32Array {
  if (model !== templateModel) throw new RangeError(`templates of ${model} and ${templateModel} cannot be compared`)
  return values
}
