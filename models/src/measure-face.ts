import { alignmentTransform, chipSize } from './alignment.ts'
import { chooseFace } from './choose.ts'
import { fingerprintLength, pixelFingerprint } from './fingerprint.ts'
import type { FaceMeasure, FoundFace } from './measure.ts'
import { crop, luminance, warp, type Box, type Gray, type Pixels, type Point } from './pixels.ts'
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
  const gray = luminance(chip)
  const { mean, deviation } = innerStatistics(gray)
  return {
    box,
    landmarks,
    pose: poseFromLandmarks(landmarks),
    faceWidth: box.width,
    sharpness: sharpness(gray),
    brightness: mean,
    contrast: deviation,
    eyesOpen: (eyeOpening(landmarks, 36) + eyeOpening(landmarks, 42)) / 2,
  }
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

// The middle two thirds of the chip: face, little hair, no background.
const inner = { from: Math.round(chipSize / 6), to: Math.round((chipSize * 5) / 6) }

function innerStatistics(gray: Gray): { mean: number; deviation: number } {
  let [sum, squares, count] = [0, 0, 0]
  for (let y = inner.from; y < inner.to; y++) {
    for (let x = inner.from; x < inner.to; x++) {
      const value = gray.data[y * gray.width + x]!
      sum += value
      squares += value * value
      count++
    }
  }
  const mean = sum / count
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) }
}

/**
 * Energy of the Laplacian over the energy of the luminance: the share of fine detail, whatever the contrast. Taken on a
 * chip of fixed size, so that it also falls for a face with few pixels. Sensor noise raises it, which is why brightness
 * has a limit of its own.
 */
function sharpness(gray: Gray): number {
  const { width, data } = gray
  const { deviation } = innerStatistics(gray)
  let [energy, count] = [0, 0]
  for (let y = inner.from; y < inner.to; y++) {
    for (let x = inner.from; x < inner.to; x++) {
      const i = y * width + x
      energy += (4 * data[i]! - data[i - 1]! - data[i + 1]! - data[i - width]! - data[i + width]!) ** 2
      count++
    }
  }
  return deviation < 1 ? 0 : (100 * Math.sqrt(energy / count)) / deviation
}

/** Eye aspect ratio: Soukupová and Čech, "Real-Time Eye Blink Detection using Facial Landmarks", CVWW 2016. */
function eyeOpening(landmarks: readonly Point[], first: number): number {
  const at = (offset: number) => landmarks[first + offset] ?? ([0, 0] as const)
  const apart = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1])
  const across = apart(at(0), at(3))
  return across > 0 ? (apart(at(1), at(5)) + apart(at(2), at(4))) / (2 * across) : 0
}
