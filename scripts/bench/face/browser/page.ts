import type { Answer, Order } from './protocol.ts'

/** What the bench calls from outside. */
export interface BenchPage {
  /** Milliseconds until the side is ready. */
  start(side: SideName): Promise<number>
  /** Milliseconds of a decision over the pictures at these addresses, and the distance it came to. */
  decide(side: SideName, pictures: { reference?: string; frames: readonly string[] }): Promise<{ ms: number; distance: number }>
}
export type SideName = 'stock' | 'ours'

// Written out: the bundler looks for exactly this.
const startWorker = {
  stock: () => new Worker(new URL('./stock-worker.ts', import.meta.url), { type: 'module' }),
  ours: () => new Worker(new URL('./ours-worker.ts', import.meta.url), { type: 'module' }),
}
const workers: Partial<Record<SideName, Worker>> = {}
const pictures = new Map<string, Promise<Blob>>()

const bench: BenchPage = {
  async start(side) {
    const began = performance.now()
    workers[side] = startWorker[side]()
    const folder = (name: string) => new URL(`face/${name}/`, document.baseURI).href
    await ask(side, { start: { modelBaseUrl: folder('model'), wasmBaseUrl: folder('wasm') } })
    return performance.now() - began
  },
  async decide(side, { reference, frames }) {
    const blobs = await Promise.all(frames.map(load))
    const known = reference === undefined ? undefined : await load(reference)
    const began = performance.now()
    const answer = await ask(side, { decide: { frames: blobs, ...(known && { reference: known }) } })
    if (!('distance' in answer)) throw new Error('the worker answered something else')
    return { ms: performance.now() - began, distance: answer.distance }
  },
}
Object.assign(window, { bench })
document.title = 'ready'

function ask(side: SideName, order: Order): Promise<Answer> {
  const worker = workers[side]
  if (worker === undefined) throw new Error(`${side} was not started`)
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => ('failed' in data ? reject(new Error(data.failed)) : resolve(data))
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(order)
  })
}

/** Once only: what the network takes is not what is measured. */
function load(address: string): Promise<Blob> {
  let picture = pictures.get(address)
  if (picture === undefined) pictures.set(address, (picture = fetch(address).then((response) => response.blob())))
  return picture
}
