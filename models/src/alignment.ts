import type { Affine, Point } from './pixels.ts'

/** Side of the square the recognition network looks at, in pixels. */
export const chipSize = 150
const chipPadding = 0.25

/**
 * Where dlib puts five points of a face in a unit square without padding: the mean face of its five-point shape, published in
 * dlib's `image_transforms/interpolation.h` (`get_face_chip_details`, Boost licence). The recognition network was trained on
 * chips cut this way, so any other crop shows it a face it does not expect. Keys are indices of the 68-point shape.
 */
const meanFace: ReadonlyArray<readonly [index: number, at: Point]> = [
  [36, [0.1205750620789, 0.2137274526848]], // outer corner of the eye on the left of the picture
  [39, [0.3340850613712, 0.2290642403242]], // its inner corner
  [42, [0.6460604764104, 0.2289674387677]], // inner corner of the other eye
  [45, [0.8595674595992, 0.2134981538014]], // its outer corner
  [33, [0.4901123135679, 0.6277975316475]], // base of the nose
]

/** The five points in the chip, in pixels, in the order 36, 39, 42, 45, 33. */
export const canonicalPoints: readonly Point[] = placed(chipSize, chipPadding)

function placed(size: number, padding: number): Point[] {
  const place = (unit: number) => ((padding + unit) / (2 * padding + 1)) * size
  return meanFace.map(([, [x, y]]) => [place(x), place(y)] as const)
}

/**
 * The similarity (rotation, one scale, shift; never a reflection) that carries a face's five points as near as can be, in
 * least squares, to their canonical places in the chip. Umeyama, "Least-squares estimation of transformation parameters
 * between two point patterns", IEEE PAMI 13(4), 1991; in two dimensions its SVD has the closed form below.
 *
 * @param landmarks 68 points in pixels of the picture
 * @param size side of the square, in pixels; by default that of the chip
 * @param padding room around the mean face, as a share of its side
 * @returns map from picture to the square, by default the 150×150 chip
 * @throws RangeError when the five points fall together, which no face does
 */
export function alignmentTransform(landmarks: readonly Point[], size: number = chipSize, padding: number = chipPadding): Affine {
  const from = meanFace.map(([index]) => {
    const point = landmarks[index]
    if (point === undefined) throw new RangeError(`landmark ${index} is missing`)
    return point
  })
  const [fx, fy] = centre(from)
  const to = placed(size, padding)
  const [tx, ty] = centre(to)
  let [dot, cross, spread] = [0, 0, 0]
  from.forEach(([x, y], i) => {
    const [u, v] = to[i]!
    dot += (x - fx) * (u - tx) + (y - fy) * (v - ty)
    cross += (x - fx) * (v - ty) - (y - fy) * (u - tx)
    spread += (x - fx) ** 2 + (y - fy) ** 2
  })
  if (!(spread > 1e-9)) throw new RangeError('the five points of the face fall together')
  const cos = dot / spread
  const sin = cross / spread
  return [cos, -sin, tx - cos * fx + sin * fy, sin, cos, ty - sin * fx - cos * fy]
}

function centre(points: readonly Point[]): Point {
  let [x, y] = [0, 0]
  for (const point of points) {
    x += point[0]
    y += point[1]
  }
  return [x / points.length, y / points.length]
}
