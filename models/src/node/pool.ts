import { Worker } from 'node:worker_threads'

/**
 * What can go wrong around a job; what a job finds is its answer. `lost-twice` is a job that two workers died of: whoever sent
 * it should not send it again.
 */
export class FaceEngineError extends Error {
  override readonly name = 'FaceEngineError'
  readonly code: 'busy' | 'closed' | 'worker-failed' | 'timed-out' | 'lost-twice'
  constructor(code: FaceEngineError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export type Pool<Job, Answer> = {
  /** Runs one job on a free worker. Rejects with a FaceEngineError; a lost worker is replaced, its job tried once more. */
  run(job: Job): Promise<Answer>
  /** Starts all workers now; resolves when they have loaded. */
  warm(): Promise<void>
  /** Ends the workers; what waits or runs is rejected as `closed`. */
  close(): Promise<void>
}

/**
 * What a worker's script says: `ready` once loaded, then one answer for each job it is sent, with the bytes its own heap and
 * buffers take by then.
 */
export type WorkerMessage<Answer> = { ready: true } | { answer: Answer; memory?: number } | { failed: string; memory?: number }

type Waiting<Job, Answer> = { job: Job; resolve: (answer: Answer) => void; reject: (error: Error) => void; losses: number }
type Slot<Job, Answer> = {
  worker: Worker
  ready: Promise<void>
  loaded: boolean
  current?: Waiting<Job, Answer>
  timer?: NodeJS.Timeout
}

/**
 * A few worker threads with one job each at a time. A worker is started when there is work for it, so that one that cannot
 * start costs one job each and not a loop.
 *
 * @param options.script the worker's module; it speaks `WorkerMessage`
 * @param options.workerData what the script is told at its start
 * @param options.maxWaiting jobs that may wait; one more is refused as `busy`, so that a flood does not fill the memory
 * @param options.jobTimeout milliseconds after which a job is given up and its worker ended
 * @param options.maxHeap megabytes of JavaScript's own objects in one worker; one that needs more is ended by Node. Pixels and
 *   weights lie outside this heap.
 * @param options.maxMemory bytes a worker may hold after a job; one that holds more is replaced before its next
 */
export function createPool<Job, Answer>(options: {
  script: URL
  workerData?: unknown
  workers: number
  maxWaiting: number
  jobTimeout: number
  maxHeap?: number
  maxMemory?: number
}): Pool<Job, Answer> {
  const { script, workerData, workers, maxWaiting, jobTimeout, maxHeap = 256, maxMemory = Number.POSITIVE_INFINITY } = options
  const slots = new Set<Slot<Job, Answer>>()
  const waiting: Waiting<Job, Answer>[] = []
  let closed = false

  function start(): Slot<Job, Answer> {
    const worker = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: maxHeap } })
    const loaded = Promise.withResolvers<void>()
    // Whoever warms the pool hears of a failed start; nobody has to.
    loaded.promise.catch(() => undefined)
    const slot: Slot<Job, Answer> = { worker, ready: loaded.promise, loaded: false }
    slots.add(slot)
    worker.on('message', (message: WorkerMessage<Answer>) => {
      if ('ready' in message) {
        slot.loaded = true
        return loaded.resolve()
      }
      if ((message.memory ?? 0) > maxMemory) {
        slots.delete(slot)
        void worker.terminate()
      }
      settle(slot, (job) => {
        if ('answer' in message) job.resolve(message.answer)
        else job.reject(new FaceEngineError('worker-failed', `The face engine failed on a picture: ${message.failed}`))
      })
      dispatch()
    })
    const lost = (why: string, cause?: unknown) => {
      slots.delete(slot)
      const error = new FaceEngineError(closed ? 'closed' : 'worker-failed', `A face engine worker ended: ${why}`, { cause })
      loaded.reject(error)
      settle(slot, (job) => {
        // One that never got ready says nothing about the job: the next would not get ready either.
        if (closed || !slot.loaded) return job.reject(error)
        job.losses++
        if (job.losses === 1) return waiting.unshift(job)
        job.reject(new FaceEngineError('lost-twice', `Two face engine workers ended at one picture: ${why}`, { cause }))
      })
      if (!closed) dispatch()
    }
    worker.on('error', (error) => lost(error instanceof Error ? error.message : String(error), error))
    worker.on('exit', (code) => lost(`exit code ${code}`))
    return slot
  }

  function settle(slot: Slot<Job, Answer>, how: (job: Waiting<Job, Answer>) => void): void {
    const { current } = slot
    clearTimeout(slot.timer)
    slot.current = undefined
    if (current !== undefined) how(current)
  }

  function dispatch(): void {
    while (waiting.length > 0) {
      const free = [...slots].find((slot) => slot.current === undefined) ?? (slots.size < workers ? start() : undefined)
      if (free === undefined) return
      const next = waiting.shift()!
      free.current = next
      free.timer = setTimeout(() => {
        settle(free, (job) => job.reject(new FaceEngineError('timed-out', `The face engine gave no answer in ${jobTimeout} ms`)))
        slots.delete(free)
        void free.worker.terminate()
        dispatch()
      }, jobTimeout)
      free.worker.postMessage(next.job)
    }
  }

  return {
    run(job) {
      if (closed) return Promise.reject(new FaceEngineError('closed', 'The face engine is closed'))
      if (waiting.length >= maxWaiting) {
        return Promise.reject(new FaceEngineError('busy', `The face engine has ${maxWaiting} pictures waiting already`))
      }
      return new Promise((resolve, reject) => {
        waiting.push({ job, resolve, reject, losses: 0 })
        dispatch()
      })
    },
    async warm() {
      while (!closed && slots.size < workers) start()
      await Promise.all([...slots].map((slot) => slot.ready))
    },
    async close() {
      closed = true
      const error = new FaceEngineError('closed', 'The face engine was closed')
      for (const job of waiting.splice(0)) job.reject(error)
      await Promise.all(
        [...slots].map((slot) => {
          settle(slot, (job) => job.reject(error))
          return slot.worker.terminate()
        }),
      )
    },
  }
}
