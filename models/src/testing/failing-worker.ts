import { parentPort } from 'node:worker_threads'

// A worker that does as it is told: for the pool's tests of what happens when one is lost.
parentPort?.on('message', (order: string) => {
  if (order === 'die') process.exit(3)
  if (order === 'hang') return
  parentPort?.postMessage(order === 'fail' ? { failed: 'as ordered' } : { answer: order.toUpperCase() })
})
parentPort?.postMessage({ ready: true })
