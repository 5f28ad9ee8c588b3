import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { alignmentTransform, chipSize } from './alignment.ts'
import { measureFace, type AlignedFace } from './measure-face.ts'
import type { FrameMeasure, FrameProblem } from './measure.ts'
import { createFaceEngine } from './node/engine.ts'
import { decodePicture } from './node/decode.ts'
import { applyAffine, crop, warp, type Affine, type Pixels, type Point } from './pixels.ts'
import { frameHints, frameProblems, referenceQuality } from './problems.ts'
import { qualities, qualityFindings, qualityNames, type QualityName } from './quality.ts'
import { deskFrame } from './testing/sample-faces.ts'

// One real face, found once; everything else is done to its pixels and its points.
let picture: Pixels
let landmarks: readonly Point[]

beforeAll(async () => {
  let found: readonly Point[]
  const jpeg = await deskFrame(6, { left: 820, top: 140, width: 480 })
  const engine = await createFaceEngine({ workers: 1 })
  try {
    const probe = await engine.measureProbe(jpeg)
    if (!('measure' in probe) || !probe.measure.face) throw new Error('the sample shows no face')
    found = probe.measure.face.landmarks
  } finally {
    await engine.close()
  }
  // The face with little around it: fewer pixels to work on.
  const [x, y] = middleOf(found)
  const cut = crop((await decodePicture(jpeg))!, { x: x - 210, y: y - 150, width: 420, height: 300 })
  picture = cut.pixels
  landmarks = found.map((point) => [point[0] - cut.x, point[1] - cut.y] as const)
}, 30_000)

function middleOf(points: readonly Point[]): Point {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return [mean(0), mean(1)]
}

function measured(pixels: Pixels, points = landmarks): Omit<FrameMeasure, 'problems'> {
  const aligned: AlignedFace = {
    box: { x: 0, y: 0, width: 200, height: 200 },
    landmarks: points,
    rivals: 1,
    chip: warp(pixels, alignmentTransform(points), chipSize),
  }
  return { frame: { width: pixels.width, height: pixels.height }, faces: 1, face: measureFace(aligned) }
}

/** Every colour value through a function of it and of its place. */
function changed(pixels: Pixels, change: (value: number, x: number, y: number, channel: number) => number): Pixels {
  const { width, channels } = pixels
  const data = Uint8ClampedArray.from(pixels.data, (value, i) => {
    const place = Math.floor(i / channels)
    return change(value, place % width, Math.floor(place / width), i % channels)
  })
  return { ...pixels, data }
}

/** The mean of squares of `side` pixels, as a lens out of focus draws them. */
function blurred(pixels: Pixels, side: number): Pixels {
  const { width, height, channels, data } = pixels
  const at = (x: number, y: number, k: number) => data[(Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * channels + k]!
  const reach = Math.floor(side / 2)
  const along = (value: (step: number) => number) => {
    let sum = 0
    for (let step = -reach; step <= reach; step++) sum += value(step)
    return sum / (2 * reach + 1)
  }
  const across = changed(pixels, (_, x, y, k) => along((step) => at(x + step, y, k)))
  const held = across.data
  const down = (x: number, y: number, k: number) => held[(Math.min(height - 1, Math.max(0, y)) * width + x) * channels + k]!
  return changed(across, (_, x, y, k) => along((step) => down(x, y + step, k)))
}

/** A colour over the part of the face that the chip shows in a region, through the alignment backwards. */
function painted(region: (x: number, y: number) => boolean, colour: readonly number[]): Pixels {
  const toChip = alignmentTransform(landmarks)
  return changed(picture, (value, x, y, k) => (region(...(applyAffine(toChip, [x, y]) as [number, number])) ? colour[k]! : value))
}

const problemsOf = (pixels: Pixels) => frameProblems(measured(pixels), 'probe')
const valueOf = (name: QualityName, { face, frame, faces }: Omit<FrameMeasure, 'problems'>) => qualities[name].of(face!, frame, faces)!
const glasses = (x: number, y: number) => y > 34 && y < 66 && ((x > 26 && x < 68) || (x > 82 && x < 124))
const mask = (x: number, y: number) => y > 76 && y < 150 && x > 5 && x < 145
const scarf = (x: number, y: number) => y < 18 || y > 142 || x < 8 || x > 142

describe('the table', () => {
  test('asks of guidance at least what the server asks of a probe', () => {
    for (const name of qualityNames) {
      const { probe = {}, guidance = {} } = qualities[name].limits
      expect(guidance.least ?? -Infinity, name).toBeGreaterThanOrEqual(probe.least ?? -Infinity)
      expect(guidance.most ?? Infinity, name).toBeLessThanOrEqual(probe.most ?? Infinity)
    }
  })

  test('has a reason for each side that has a limit', () => {
    for (const name of qualityNames) {
      const { limits, below, above } = qualities[name]
      for (const { least, most } of Object.values(limits)) {
        if (least !== undefined) expect(below, name).toBeDefined()
        if (most !== undefined) expect(above, name).toBeDefined()
      }
    }
  })

  test('finds a value beyond a limit and none within, at the very limit included', () => {
    const inside = measured(picture)
    const face = inside.face!
    const luminance = (brightness: number) => qualityFindings({ ...inside, face: { ...face, brightness } }, 'probe').map(({ name }) => name)
    const { least, most } = qualities.luminance.limits.probe as { least: number; most: number }
    fc.assert(
      fc.property(fc.double({ min: 0, max: 255, noNaN: true }), (brightness) => {
        expect(luminance(brightness).includes('luminance')).toBe(brightness < least || brightness > most)
      }),
    )
    expect([luminance(least), luminance(most)]).toEqual([[], []])
  })
})

test('a good picture is good for every use, and draws no hint', () => {
  const seen = measured(picture)
  expect([frameProblems(seen, 'probe'), frameProblems(seen, 'guidance'), referenceQuality(seen), frameHints(seen, 'guidance')]).toEqual([[], [], 'good', []])
})

describe('the measure moves the right way, and the right reason comes out', () => {
  const cases: readonly [string, QualityName, 'falls' | 'rises', FrameProblem, (step: number) => Pixels][] = [
    ['less light', 'luminance', 'falls', 'too-dark', (step) => changed(picture, (value) => value * (1 - 0.22 * step))],
    ['light until it clips', 'over-exposure', 'rises', 'too-bright', (step) => changed(picture, (value) => value * (1 + 0.6 * step))],
    ['shadows without detail', 'under-exposure', 'rises', 'too-dark', (step) => changed(picture, (value) => value - 45 * step)],
    ['fog', 'contrast', 'falls', 'blurred', (step) => changed(picture, (value) => 128 + (value - 128) / 2 ** step)],
    ['out of focus', 'sharpness', 'falls', 'blurred', (step) => (step === 0 ? picture : blurred(picture, 1 + 6 * step))],
  ]
  test.each(cases)('%s', (_, name, way, reason, at) => {
    const pictures = [0, 2, 4].map(at)
    const values = pictures.map((one) => valueOf(name, measured(one)))
    values.slice(1).forEach((value, i) => expect(way === 'rises' ? value : -value).toBeGreaterThanOrEqual(way === 'rises' ? values[i]! : -values[i]!))
    expect(values.at(-1)).not.toBeCloseTo(values[0]!, 1)
    expect(problemsOf(pictures.at(-1)!)).toContain(reason)
    expect(problemsOf(pictures[0]!)).toEqual([])
  })

  test('light from one side is a hint, and stands in nobody’s way', () => {
    const middle = landmarks[30]![0]
    const lit = measured(changed(picture, (value, x) => (x < middle ? value : value * 0.4)))
    expect(frameHints(lit, 'guidance')).toContain('side-light')
    expect(valueOf('illumination-uniformity', lit)).toBeGreaterThan(valueOf('illumination-uniformity', measured(picture)))
  })

  test('a head that leans is tilted by as much', () => {
    const turned = (degrees: number): Affine => {
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
      return [cos, -sin, 210 - cos * 210 + sin * 150, sin, cos, 150 - sin * 210 - cos * 150]
    }
    const upright = measured(picture).face!.pose.roll
    for (const degrees of [-60, -30, 30, 60]) {
      const leaning = measured(
        picture,
        landmarks.map((point) => applyAffine(turned(degrees), point)),
      )
      expect(Math.abs(leaning.face!.pose.roll - upright - degrees)).toBeLessThan(1)
      expect(frameProblems(leaning, 'probe').includes('tilted')).toBe(Math.abs(leaning.face!.pose.roll) > 50)
    }
  })

  test('a face far away is too small, one close by too large, one at the edge off centre', () => {
    const { face } = measured(picture)
    const frame = { width: 640, height: 480 }
    const [midX, midY] = middleOf(landmarks)
    const seen = (scale: number, shift = 0) => {
      const points = landmarks.map(([x, y]) => [320 + (x - midX) * scale + shift, 240 + (y - midY) * scale] as const)
      return frameProblems({ frame, faces: 1, face: { ...face!, landmarks: points, eyeDistance: face!.eyeDistance * scale } }, 'probe')
    }
    expect([seen(1), seen(0.2), seen(3), seen(0.6, 250)]).toEqual([[], ['too-small'], ['too-large'], ['off-centre']])
  })

  test('dark glasses and a plain mask cover, a headscarf does not', () => {
    expect(problemsOf(painted(glasses, [28, 26, 25]))).toContain('covered')
    for (const colour of [[150, 190, 215], [110, 170, 140]]) expect(problemsOf(painted(mask, colour)), String(colour)).toContain('covered')
    for (const colour of [[240, 240, 240], [30, 30, 60]]) expect(problemsOf(painted(scarf, colour)), String(colour)).toEqual([])
  })

  test('eyes that close and a mouth that opens are hints', () => {
    const { face, frame } = measured(picture)
    const hints = (change: object) => frameHints({ frame, faces: 1, face: { ...face!, ...change } }, 'guidance')
    expect([hints({ eyesOpen: 0.05 }), hints({ mouthOpen: 0.6 })]).toEqual([['eyes-closed'], ['mouth-open']])
  })
})
