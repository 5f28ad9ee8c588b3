import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alignmentTransform, canonicalPoints } from './alignment.ts'
import { chooseFace } from './choose.ts'
import { applyAffine, invertAffine, type Affine, type Point } from './pixels.ts'
import { headModel, poseFromLandmarks } from './pose.ts'

const similarity = fc
  .record({
    scale: fc.double({ min: 0.2, max: 8, noNaN: true }),
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    x: fc.double({ min: -500, max: 1500, noNaN: true }),
    y: fc.double({ min: -500, max: 1500, noNaN: true }),
  })
  .map(({ scale, angle, x, y }): Affine => {
    const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)]
    return [c, -s, x, s, c, y]
  })

function landmarksWith(points: ReadonlyMap<number, Point>): Point[] {
  return Array.from({ length: 68 }, (_, i) => points.get(i) ?? ([0, 0] as const))
}

const five = [36, 39, 42, 45, 33]
const placed = (at: (index: number) => Point) => landmarksWith(new Map(five.map((index, i) => [index, at(i)])))

describe('alignment', () => {
  test('carries a canonical face back to its places, however it was turned, scaled and shifted', () => {
    fc.assert(
      fc.property(similarity, (moved) => {
        const found = alignmentTransform(placed((i) => applyAffine(moved, canonicalPoints[i]!)))
        five.forEach((_, i) => {
          const [x, y] = applyAffine(found, applyAffine(moved, canonicalPoints[i]!))
          expect(Math.hypot(x - canonicalPoints[i]![0], y - canonicalPoints[i]![1])).toBeLessThan(1e-6)
        })
      }),
    )
  })

  test('is a similarity: one scale, no reflection, for any five points', () => {
    const point = fc.tuple(fc.double({ min: 0, max: 1600, noNaN: true }), fc.double({ min: 0, max: 1600, noNaN: true }))
    fc.assert(
      fc.property(fc.tuple(point, point, point, point, point), (points) => {
        fc.pre(points.some(([x, y]) => Math.hypot(x - points[0][0], y - points[0][1]) > 1))
        const [a, b, , d, e] = alignmentTransform(placed((i) => points[i]!))
        expect(a).toBeCloseTo(e, 9)
        expect(b).toBeCloseTo(-d, 9)
      }),
    )
  })

  test('refuses points that fall together', () => {
    expect(() => alignmentTransform(placed(() => [7, 7]))).toThrow(RangeError)
  })

  test('has an inverse that undoes it', () => {
    fc.assert(
      fc.property(similarity, (map) => {
        const [x, y] = applyAffine(invertAffine(map), applyAffine(map, [12, 34]))
        expect(Math.hypot(x - 12, y - 34)).toBeLessThan(1e-6)
      }),
    )
  })
})

describe('pose', () => {
  // A head that nods, then turns, then leans, seen from far away.
  const turnedHead = (yaw: number, pitch: number, roll: number): Point[] => {
    const [cy, sy, cp, sp, cr, sr] = [yaw, pitch, roll].flatMap((deg) => [
      Math.cos((deg * Math.PI) / 180),
      Math.sin((deg * Math.PI) / 180),
    ])
    return landmarksWith(
      new Map(
        headModel.map(([index, [x, y, z]]) => {
          const [y1, z1] = [y * cp! - z * sp!, y * sp! + z * cp!]
          const x2 = x * cy! - z1 * sy!
          return [index, [3 * (x2 * cr! - y1 * sr!) + 320, 3 * (x2 * sr! + y1 * cr!) + 240] as const]
        }),
      ),
    )
  }
  const angle = fc.integer({ min: -40, max: 40 })

  test('is found again from the points of a head turned by it', () => {
    fc.assert(
      fc.property(angle, angle, angle, (yaw, pitch, roll) => {
        const upright = poseFromLandmarks(turnedHead(yaw, pitch, 0))
        expect(Math.abs(upright.yaw)).toBeCloseTo(Math.abs(yaw), 4)
        expect(Math.abs(upright.pitch)).toBeCloseTo(Math.abs(pitch), 4)
        expect(poseFromLandmarks(turnedHead(0, 0, roll)).roll).toBeCloseTo(roll, 4)
      }),
    )
  })

  test('has the signs it promises', () => {
    const [left, right] = [poseFromLandmarks(turnedHead(20, 0, 0)), poseFromLandmarks(turnedHead(-20, 0, 0))]
    const noseOff = (yaw: number) =>
      turnedHead(yaw, 0, 0)[30]![0] - (turnedHead(yaw, 0, 0)[36]![0] + turnedHead(yaw, 0, 0)[45]![0]) / 2
    expect(Math.sign(left.yaw)).toBe(Math.sign(noseOff(20)))
    expect(Math.sign(right.yaw)).toBe(Math.sign(noseOff(-20)))
    const noseBelow = (pitch: number) => turnedHead(0, pitch, 0)[30]![1] - turnedHead(0, pitch, 0)[36]![1]
    const down = noseBelow(20) > noseBelow(-20) ? 20 : -20
    expect(poseFromLandmarks(turnedHead(0, down, 0)).pitch).toBeGreaterThan(0)
  })
})

describe('the chosen face', () => {
  const face = (x: number, y: number, width: number) => ({ box: { x, y, width, height: width } })
  const frame = { width: 640, height: 480 }

  test('is the large one in the middle, not the small one beside it', () => {
    const [middle, corner] = [face(220, 140, 200), face(10, 10, 90)]
    expect(chooseFace([corner, middle], frame)).toBe(middle)
  })

  test('is not a slightly larger face in the corner', () => {
    const [middle, corner] = [face(250, 170, 140), face(480, 320, 160)]
    expect(chooseFace([corner, middle], frame)).toBe(middle)
  })

  test('is none where there is none', () => {
    expect(chooseFace([], frame)).toBeUndefined()
  })
})
