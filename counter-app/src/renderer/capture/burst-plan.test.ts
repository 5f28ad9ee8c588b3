import type { Bearing } from '@ikd/face'
import { describe, expect, it } from 'vitest'
import { chooseMoving, chooseStill, type Grab, isStepOver, restOf, shareOfWay, type Sight } from './burst-plan.ts'

const rest: Bearing = { yaw: 3, pitch: 5, eyes: 100 }
const sight = (at: number, change: Partial<Bearing> = {}): Sight => ({ at, bearing: { ...rest, ...change } })
/** A grab every 100 ms; the number is how far the picture has moved. */
const grabs = (...moved: readonly number[]): Grab[] => moved.map((value, i) => ({ at: i * 100, thumb: Uint8Array.of(value, 0) }))

describe('a step that asks for stillness', () => {
  it('is over once the face has been quiet for a while', () => {
    const quiet = [100, 250, 400, 550, 700].map((at) => sight(at))
    expect(isStepOver('look', undefined, quiet, 0, 500)).toBe(false)
    expect(isStepOver('look', undefined, quiet, 0, 750)).toBe(true)
    expect(isStepOver('look', undefined, [...quiet, sight(740, { yaw: 20 })], 0, 750)).toBe(false)
  })

  it('is over in the end though the face never was, and by time alone where nothing guides', () => {
    expect(isStepOver('look', undefined, [], 0, 4_999)).toBe(false)
    expect(isStepOver('look', undefined, [], 0, 5_000)).toBe(true)
    expect(isStepOver('look', undefined, undefined, 0, 1_200)).toBe(true)
  })
})

describe('a step that asks for a movement', () => {
  it('is over when the person has arrived and stayed', () => {
    const moving = [sight(300), sight(600, { yaw: 12 }), sight(900, { yaw: 22 })]
    expect(isStepOver('turn-left', rest, moving, 0, 1_000)).toBe(false)
    expect(isStepOver('turn-left', rest, moving, 0, 1_250)).toBe(true)
    expect(isStepOver('turn-right', rest, moving, 0, 1_250)).toBe(false)
  })

  it('gives a slow person ten seconds, and five where nothing guides', () => {
    expect(isStepOver('turn-left', rest, [sight(300)], 0, 9_999)).toBe(false)
    expect(isStepOver('turn-left', rest, [sight(300)], 0, 10_000)).toBe(true)
    expect(isStepOver('turn-left', undefined, undefined, 0, 4_900)).toBe(false)
    expect(isStepOver('turn-left', undefined, undefined, 0, 5_000)).toBe(true)
  })
})

describe('the frames that are kept', () => {
  const pictured = shareOfWay(grabs(0)[0]!, grabs(100)[0]!)

  it('of stillness are the last moments, evenly', () => {
    expect(chooseStill(grabs(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 4).map(({ at }) => at)).toEqual([300, 500, 700, 900])
    expect(chooseStill(grabs(0, 1), 4)).toHaveLength(2)
  })

  it('of a movement are its beginning, its middle, and twice its end', () => {
    const moved = grabs(0, 0, 0, 10, 40, 70, 90, 100, 100, 100, 100)
    expect(chooseMoving(moved, 4, pictured).map(({ thumb }) => thumb[0])).toEqual([0, 40, 100, 100])
  })

  it('begin where the person came nearest to rest, when the movement before is still being undone', () => {
    const back = grabs(80, 60, 30, 5, 0, 30, 60, 100, 120, 120, 120, 120)
    const [start, way] = chooseMoving(back, 4, pictured)
    expect(start?.at).toBe(400)
    expect(way?.thumb[0]).toBe(60)
  })

  it('are told apart by the movement, though something else moves more', () => {
    const swaying = [0, 0, 0, 10, 30, 55, 80, 100, 100, 100, 100].map((moved, i) => ({ at: i * 100, thumb: Uint8Array.of(moved, 120 + 100 * Math.sin(i * 2)) }))
    const share = shareOfWay({ at: 0, thumb: Uint8Array.of(0, 120) }, { at: 0, thumb: Uint8Array.of(100, 120) })
    expect(chooseMoving(swaying, 4, share).map(({ thumb }) => thumb[0])).toEqual([0, 55, 100, 100])
  })

  it('are all of them when there are few', () => {
    expect(chooseMoving(grabs(0, 50, 100), 4, pictured)).toHaveLength(3)
    expect(chooseMoving([], 4, pictured)).toEqual([])
  })
})

it('the resting place is where the face was last', () => {
  expect(restOf([sight(1, { yaw: 40 }), ...[2, 3, 4, 5, 6].map((at) => sight(at))])?.yaw).toBe(3)
  expect(restOf([])).toBeUndefined()
})
