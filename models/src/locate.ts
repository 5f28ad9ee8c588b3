import { alignmentTransform } from './alignment.ts'
import { landmarkInput, type Landmarks } from './networks/landmarks.ts'
import { applyAffine, invertAffine, mirrored, warp, type Affine, type Box, type Pixels, type Point } from './pixels.ts'

/** Room around the face on those squares, in face widths of dlib's mean face. */
const room = 0.25

/**
 * The 68 points of the face in a box, in pixels of the picture.
 *
 * The network sees a face well when it is upright, in the middle and of the right size, and a detector's box does not promise
 * that. So its first answer only says how to cut the face out, and the answer on that cut, seen as it is and in a mirror, counts:
 * where the points come to lie then hardly depends on the box.
 */
export async function locateLandmarks(landmarks: Landmarks, pixels: Pixels, box: Box): Promise<Point[]> {
  const points = await pointsIn(landmarks, pixels, boxTransform(box), false)
  return isFace(points) ? pointsIn(landmarks, pixels, alignmentTransform(points, landmarkInput, room), true) : points
}

async function pointsIn(landmarks: Landmarks, pixels: Pixels, toSquare: Affine, alsoMirrored: boolean): Promise<Point[]> {
  const square = warp(pixels, toSquare, landmarkInput)
  const [seen, reversed] = (await landmarks(alsoMirrored ? [square, mirrored(square)] : [square])) as [Point[], Point[]?]
  const back = invertAffine(toSquare)
  return seen.map(([x, y], i) => {
    if (reversed === undefined) return applyAffine(back, [x, y])
    const [mx, my] = reversed[mirrorOf(i)]!
    return applyAffine(back, [(x + landmarkInput - 1 - mx) / 2, (y + my) / 2])
  })
}

/** The square around a box: its longer side, the same middle. */
function boxTransform({ x, y, width, height }: Box): Affine {
  const scale = landmarkInput / Math.max(width, height)
  const half = landmarkInput / 2
  return [scale, 0, half - scale * (x + width / 2), 0, scale, half - scale * (y + height / 2)]
}

/** Whether the eyes' outer corners are apart at all: the network answers for any picture it is shown. */
function isFace(points: readonly Point[]): boolean {
  return Math.hypot(points[45]![0] - points[36]![0], points[45]![1] - points[36]![1]) > 4
}

// Each run of points that changes places with itself or another in a mirror, as [first, last, sum of the two indices].
const swaps: readonly (readonly [number, number, number])[] = [
  [0, 16, 16], // jaw
  [17, 26, 43], // brows
  [31, 35, 66], // nose base
  [36, 39, 81], // upper lids and corners of the eyes
  [42, 45, 81],
  [40, 41, 87], // lower lids
  [46, 47, 87],
  [48, 54, 102], // outer lips, upper
  [55, 59, 114], // and lower
  [60, 64, 124], // inner lips, upper
  [65, 67, 132], // and lower
]

/** Index of the point that a mirror puts in this one's place. */
export function mirrorOf(index: number): number {
  const swap = swaps.find(([first, last]) => index >= first && index <= last)
  return swap === undefined ? index : swap[2] - index
}
