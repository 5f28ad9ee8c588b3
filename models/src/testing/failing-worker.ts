import { parentPort, threadId } from 'node:worker_threads'

/** What the worker of the pool's tests is told: a word, or to die the first time it sees this place in shared memory. */
export type Order = string | { dieUnless: Int32Array }

// A worker that does as it is told: for the pool's tests of what happens when one is lost.
parentPort?.on('message', (order: Order) => {
  if (typeof order !== 'string') {
    if (Atomics.add(order.dieUnless, 0, 1) === 0) process.exit(3)
    return parentPort?.postMessage({ answer: 'SURVIVED' })
  }
  if (order === 'die') process.exit(3)
  if (order === 'hang') return
  if (order === 'fill the heap') {
    const kept: object[] = []
    while (kept.length >= 0) kept.push(Array.from({ length: 10_000 }, (_, i) => ({ i })))
  }
  if (order === 'which') return parentPort?.postMessage({ answer: `${threadId}`, memory: 10 })
  if (order === 'grow') return parentPort?.postMessage({ answer: 'GREW', memory: 2000 })
  parentPort?.postMessage(order === 'fail' ? { failed: 'as ordered' } : { answer: order.toUpperCase() })
})
parentPort?.postMessage({ ready: true })
