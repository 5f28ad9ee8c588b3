import { availableParallelism } from 'node:os'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import type { Reference } from '@ikd/face'
import type { DecisionPictures } from './pictures.ts'
import { startStock } from './stock.ts'
import { interleaved, megabytes, timed, took } from './timing.ts'

/** Milliseconds, but for what says otherwise. */
export interface SideFigures {
  readonly stock: Side
  readonly ours: Side & { readonly cached: number; readonly challenge: number }
}
export interface Side {
  readonly start: number
  readonly first: number
  /** Median of a decision with its reference. */
  readonly decision: number
  /** What the first decision came to: of no interest for its speed, but the same wherever the same code runs. */
  readonly distance: number
  readonly memoryMb?: number
}

/** Both pipelines in Node, a worker thread each, in turns. */
export async function measureNode(pictures: readonly DecisionPictures[], rounds: number): Promise<SideFigures> {
  const first = pictures[0]!
  const resident = () => process.memoryUsage().rss
  let before = resident()
  const stockStart = await timed(startStock)
  const stock = stockStart.value
  try {
    const stockFirst = await timed(() => stock.decide(first))
    const stockMemory = resident() - before
    before = resident()
    const oursStart = await timed(() => createFaceEngine({ workers: 1, start: 'now' }))
    const engine = oursStart.value
    try {
      const oursFirst = await timed(() => decide(engine, first))
      const oursMemory = resident() - before
      const references = await Promise.all(pictures.map(({ reference }) => referenceOf(engine, reference)))
      const at = (round: number) => round % pictures.length
      const known = (round: number, frames: 'frames' | 'challenge') =>
        took(engine.evaluateBurst({ frames: pictures[at(round)]![frames], reference: references[at(round)]! }))
      const [stockMs, oursMs, cached, challenge] = await interleaved(rounds, [
        (round) => took(stock.decide(pictures[at(round)]!)),
        (round) => took(decide(engine, pictures[at(round)]!)),
        (round) => known(round, 'frames'),
        (round) => known(round, 'challenge'),
      ])
      return {
        stock: { start: stockStart.ms, first: stockFirst.ms, decision: stockMs!, distance: mean(stockFirst.value), memoryMb: megabytes(stockMemory) },
        ours: {
          start: oursStart.ms,
          first: oursFirst.ms,
          decision: oursMs!,
          distance: oursFirst.value.distance ?? Number.NaN,
          cached: cached!,
          challenge: challenge!,
          memoryMb: megabytes(oursMemory),
        },
      }
    } finally {
      await engine.close()
    }
  } finally {
    await stock.close()
  }
}

/** Decisions a second of the pool the server would have here, kept busy by twice as many cases as it has workers. */
export async function measureThroughput({ reference, frames }: DecisionPictures, decisions: number): Promise<{ workers: number; aSecond: number }> {
  const workers = availableParallelism()
  const engine = await createFaceEngine({ workers, start: 'now', maxWaiting: 1000 })
  try {
    const known = await referenceOf(engine, reference)
    await Promise.all(Array.from({ length: workers }, () => engine.evaluateBurst({ frames, reference: known })))
    let left = decisions
    const lane = async () => {
      while (left-- > 0) await engine.evaluateBurst({ frames, reference: known })
    }
    const { ms } = await timed(() => Promise.all(Array.from({ length: 2 * workers }, lane)))
    return { workers, aSecond: Math.round((decisions / ms) * 10_000) / 10 }
  } finally {
    await engine.close()
  }
}

async function decide(engine: FaceEngine, { reference, frames }: DecisionPictures) {
  return engine.evaluateBurst({ frames, reference: await referenceOf(engine, reference) })
}

async function referenceOf(engine: FaceEngine, picture: Buffer): Promise<Reference> {
  const described = await engine.describeReference(picture)
  if ('problem' in described) throw new Error(`the bench's reference: ${described.problem}`)
  return described
}

function mean(distances: readonly (number | undefined)[]): number {
  const found = distances.filter((one) => one !== undefined)
  return found.reduce((sum, one) => sum + one, 0) / found.length
}
