import { createEnding } from '../ending.ts'

// A server with something open that never closes.
const end = createEnding({ stop: () => new Promise(() => {}), exit: process.exit, late: () => console.log('late'), patience: 200 })
process.on('SIGTERM', end)
process.on('SIGINT', end)
setInterval(() => {}, 1_000)
console.log('up')
