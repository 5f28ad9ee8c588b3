import { afterEach, expect, test } from 'vitest'
import type { Order } from '../testing/failing-worker.ts'
import { createPool, type Pool } from './pool.ts'

let pool: Pool<Order, string>
const open = (options: { workers?: number; maxWaiting?: number; jobTimeout?: number; script?: URL; maxHeap?: number; maxMemory?: number } = {}) =>
  (pool = createPool<Order, string>({
    script: new URL('../testing/failing-worker.ts', import.meta.url),
    workers: 1,
    maxWaiting: 4,
    jobTimeout: 5_000,
    ...options,
  }))

afterEach(() => pool.close())

test('a job that fails is rejected and its worker goes on', async () => {
  open()
  await expect(pool.run('fail')).rejects.toMatchObject({ name: 'FaceEngineError', code: 'worker-failed' })
  await expect(pool.run('next')).resolves.toBe('NEXT')
})

test('a job whose worker died is tried once more, on a new one', async () => {
  open()
  const once = new Int32Array(new SharedArrayBuffer(4))
  const [lost, waiting] = [pool.run({ dieUnless: once }), pool.run('waiting')]
  await expect(lost).resolves.toBe('SURVIVED')
  await expect(waiting).resolves.toBe('WAITING')
})

test('a job that two workers died of is given up, and the others go on', async () => {
  open()
  const [lost, waiting] = [pool.run('die'), pool.run('waiting')]
  await expect(lost).rejects.toMatchObject({ code: 'lost-twice', message: expect.stringContaining('exit code 3') })
  await expect(waiting).resolves.toBe('WAITING')
})

test('a worker that fills its heap is ended by Node and not the process', async () => {
  open({ maxHeap: 16, jobTimeout: 15_000 })
  await expect(pool.run('fill the heap')).rejects.toMatchObject({ code: 'lost-twice' })
  await expect(pool.run('next')).resolves.toBe('NEXT')
})

test('a worker that holds too much is replaced before its next job', async () => {
  open({ maxMemory: 1000 })
  const before = await pool.run('which')
  await expect(pool.run('which')).resolves.toBe(before)
  await expect(pool.run('grow')).resolves.toBe('GREW')
  await expect(pool.run('which')).resolves.not.toBe(before)
})

test('a job without an answer is given up and does not block the next', async () => {
  open({ jobTimeout: 1_000 })
  const [hung, waiting] = [pool.run('hang'), pool.run('waiting')]
  await expect(hung).rejects.toMatchObject({ code: 'timed-out' })
  await expect(waiting).resolves.toBe('WAITING')
})

test('a flood is refused as busy, not kept in memory', async () => {
  open({ maxWaiting: 2 })
  const kept = [pool.run('a'), pool.run('b'), pool.run('c')]
  await expect(pool.run('one too many')).rejects.toMatchObject({ code: 'busy' })
  await expect(Promise.all(kept)).resolves.toEqual(['A', 'B', 'C'])
})

test('closing rejects what waits and what comes', async () => {
  open()
  const refused = Promise.all(
    [pool.run('hang'), pool.run('waiting')].map((job) => expect(job).rejects.toMatchObject({ code: 'closed' })),
  )
  await pool.close()
  await refused
  await expect(pool.run('late')).rejects.toMatchObject({ code: 'closed' })
})

test('workers that cannot start are told to whoever warms the pool', async () => {
  open({ script: new URL('../testing/no-such-worker.ts', import.meta.url) })
  await expect(pool.warm()).rejects.toMatchObject({ code: 'worker-failed' })
})
