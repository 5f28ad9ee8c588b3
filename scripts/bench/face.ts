import type { Measured, Row } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'
import { measureChromium } from './face/browser-side.ts'
import { measureNode, measureThroughput, type SideFigures } from './face/node-side.ts'
import { decisionPictures } from './face/pictures.ts'

/**
 * One decision about a face by face-api as it comes (its own detector, landmarks and descriptor for each frame and for the
 * reference) and by our engine, over the same five frames, a worker each, in turns: in Node and in Chromium. Then ours with the
 * reference known, and with the frames of a challenge. Times are milliseconds, medians.
 */
export async function run({ rounds, faces, 'no-browser': nodeOnly }: Values<typeof benches.face>): Promise<Measured> {
  const pictures = await decisionPictures(faces)
  const node = await measureNode(pictures, rounds)
  const { workers, aSecond } = await measureThroughput(pictures[0]!, 4 * rounds)
  const chromium = nodeOnly ? undefined : await measureChromium(pictures, rounds)
  return {
    rows: [
      ...table('Node', node),
      ...(chromium ? table('Chromium', chromium) : []),
      { where: 'Node', what: `ours, reference known, ${workers} workers, decisions a second`, stock: '–', ours: aSecond, ratio: '–' },
    ],
    figures: {
      ...figures(node),
      pool: { workers, decisions_a_second: aSecond },
      ...(chromium && { chromium: figures(chromium) }),
    },
  }
}

function table(where: string, { stock, ours }: SideFigures): Row[] {
  const row = (what: string, theirs: number | undefined, own: number): Row => ({
    where,
    what,
    stock: theirs === undefined ? '–' : Math.round(theirs),
    ours: Math.round(own),
    ratio: theirs === undefined ? '–' : round(own / theirs),
  })
  return [
    row('start', stock.start, ours.start),
    row('first decision', stock.first, ours.first),
    row('a decision: five frames and the reference', stock.decision, ours.decision),
    row('the same with the reference known', undefined, ours.cached),
    row('with a challenge’s frames, reference known', undefined, ours.challenge),
    ...(ours.memoryMb === undefined ? [] : [row('memory after the first decision, MB', stock.memoryMb, ours.memoryMb)]),
  ]
}

function figures({ stock, ours }: SideFigures): Record<string, number> {
  return {
    stock_ms: Math.round(stock.decision),
    ours_ms: Math.round(ours.decision),
    ratio: round(ours.decision / stock.decision),
    stock_distance: round(stock.distance),
    ours_distance: round(ours.distance),
    ours_reference_known_ms: Math.round(ours.cached),
    ours_challenge_ms: Math.round(ours.challenge),
    stock_start_ms: Math.round(stock.start),
    ours_start_ms: Math.round(ours.start),
    stock_first_ms: Math.round(stock.first),
    ours_first_ms: Math.round(ours.first),
    ...(stock.memoryMb !== undefined && { stock_memory_mb: stock.memoryMb }),
    ...(ours.memoryMb !== undefined && { ours_memory_mb: ours.memoryMb }),
  }
}

function round(ratio: number): number {
  return Math.round(ratio * 1000) / 1000
}
