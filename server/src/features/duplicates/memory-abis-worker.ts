import { parentPort, workerData } from 'node:worker_threads'
import type { MemoryAbisAnswer, MemoryAbisTask } from './memory-abis.ts'
import { createVectors } from './vectors.ts'

// The thread of the search: a scan takes tens of milliseconds, in which the server's own thread answers others.
const port = parentPort
if (!port) throw new Error('the search runs in a worker thread')

const { length } = workerData as { length: number }
const vectors = createVectors(length)

function answer(task: MemoryAbisTask): MemoryAbisAnswer['value'] {
  switch (task.kind) {
    case 'enrol': {
      task.ids.forEach((id, i) => vectors.put(id, task.subjects[i] as string, task.values.subarray(i * length, (i + 1) * length)))
      return undefined
    }
    case 'remove':
      task.ids.forEach(vectors.remove)
      return undefined
    case 'search':
      return { compared: vectors.size, hits: vectors.search(task.values, task) }
  }
}

port.on('message', ({ number, task }: { number: number; task: MemoryAbisTask }) => {
  port.postMessage({ number, value: answer(task) } satisfies MemoryAbisAnswer)
})
