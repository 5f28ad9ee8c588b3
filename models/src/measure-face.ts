import { alignmentTransform, chipSize } from './alignment.ts'
import { chipStatistics } from './chip-statistics.ts'
import { chooseFace } from './choose.ts'
import { fingerprintLength, pixelFingerprint } from './fingerprint.ts'
import type { FaceMeasure, FoundFace } from './measure.ts'
import { crop, luminance, warp, type Box, type Pixels, type Point } from './pixels.ts'
import { poseFromLandmarks } from './pose.ts'

/** The chosen face of a frame, its 68 points, and the square the recognition network looks at. */
export type AlignedFace = {
  box: Box
  landmarks: readonly Point[]
  chip: Pixels
  /** Faces that could be meant, this one included. */
  rivals: number
}

/** Faces narrower than this share of the chosen one are passers-by, and nobody would take them for the resident. */
const rivalShare = 0.6

/**
 * The chosen face, aligned. `undefined` when there is none, or when its points make no face (the points network answers
 * for any picture it is shown).
 */
export async function alignFace(
  pixels: Pixels,
  faces: readonly FoundFace[],
  locate: (pixels: Pixels, box: Box) => Promise<readonly Point[]>,
): Promise<AlignedFace | undefined> {
  const chosen = chooseFace(faces, pixels)
  if (chosen === undefined) return undefined
  const landmarks = await locate(pixels, chosen.box)
  const eyes = Math.hypot(landmarks[45]![0] - landmarks[36]![0], landmarks[45]![1] - landmarks[36]![1])
  if (!(eyes > 4)) return undefined
  const rivals = faces.filter(({ box }) => box.width >= rivalShare * chosen.box.width).length
  return { box: chosen.box, landmarks, rivals, chip: warp(pixels, alignmentTransform(landmarks), chipSize) }
}

/** What can be said of an aligned face without a network. */
export function measureFace({ box, landmarks, chip }: AlignedFace): FaceMeasure {
  const pose = poseFromLandmarks(landmarks)
  return {
    box,
    landmarks,
    pose,
    faceWidth: box.width,
    eyeDistance: apart(eyeMiddle(landmarks, 36), eyeMiddle(landmarks, 42)) / Math.max(0.5, Math.cos((pose.yaw * Math.PI) / 180)),
    ...chipStatistics(chip),
    eyesOpen: (eyeOpening(landmarks, 36) + eyeOpening(landmarks, 42)) / 2,
    mouthOpen: mouthOpening(landmarks),
  }
}

/**
 * How restless the picture is beside the head, above the chin: the mean step of luminance between places 4 pixels apart.
 * `undefined` when the head leaves too little room beside it.
 */
export function backgroundStep({ width, height, channels, data }: Pixels, landmarks: readonly Point[]): number | undefined {
  const xs = landmarks.map(([x]) => x)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const hair = 0.5 * (right - left)
  const bottom = Math.min(height, Math.max(...landmarks.map(([, y]) => y)))
  let [steps, count] = [0, 0]
  const green = (x: number, y: number) => data[(y * width + x) * channels + 1]!
  for (let y = 0; y + 4 < bottom; y += 4) {
    for (let x = 0; x + 4 < width; x += 4) {
      if (x > left - hair - 4 && x < right + hair) continue
      steps += Math.max(Math.abs(green(x, y) - green(x + 4, y)), Math.abs(green(x, y) - green(x, y + 4)))
      count++
    }
  }
  return count * 16 < 0.05 * width * height ? undefined : steps / count
}

// From brow to mouth. Further out a chip shows what was around the face, which is another thing in every cut of a picture.
const middle: Box = { x: 33, y: 33, width: 84, height: 84 }

/** Fingerprint of a probe or reference: 256 bytes of the middle of the aligned face, then 256 of the whole frame. */
export function fingerprintOf(chip: Pixels, frame: Pixels): Uint8Array {
  const both = new Uint8Array(2 * fingerprintLength)
  both.set(pixelFingerprint(luminance(crop(chip, middle).pixels)))
  both.set(pixelFingerprint(luminance(frame)), fingerprintLength)
  return both
}

/** Eye aspect ratio: Soukupová and Čech, "Real-Time Eye Blink Detection using Facial Landmarks", CVWW 2016. */
function eyeOpening(landmarks: readonly Point[], first: number): number {
  const at = (offset: number) => landmarks[first + offset] ?? nowhere
  const across = apart(at(0), at(3))
  return across > 0 ? (apart(at(1), at(5)) + apart(at(2), at(4))) / (2 * across) : 0
}

/** The same of the inner edge of the lips, points 60 to 67. */
function mouthOpening(landmarks: readonly Point[]): number {
  const at = (index: number) => landmarks[index] ?? nowhere
  const across = apart(at(60), at(64))
  return across > 0 ? (apart(at(61), at(67)) + apart(at(62), at(66)) + apart(at(63), at(65))) / (3 * across) : 0
}

/** The middle of an eye's two corners. */
function eyeMiddle(landmarks: readonly Point[], first: number): Point {
  const [a, b] = [landmarks[first] ?? nowhere, landmarks[first + 3] ?? nowhere]
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
}

const nowhere: Point = [0, 0]

function apart(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}
