import type { Point } from './pixels.ts'

/**
 * Where a head looks, in degrees, as the camera sees it; all zero is straight into the camera.
 * yaw > 0: the nose points to the right of the picture; pitch > 0: down; roll > 0: the head leans clockwise in the picture.
 */
export type Pose = { yaw: number; pitch: number; roll: number }

/**
 * Points of a plain rigid head in its own axes (x to the right of the picture, y down, z away from the camera; the unit does
 * not matter), keyed by the 68-point shape. Proportions of an average adult head as they are commonly tabulated for pose by
 * six points: nose tip, chin, outer eye corners, mouth corners.
 */
export const headModel: ReadonlyArray<readonly [index: number, at: readonly [number, number, number]]> = [
  [30, [0, 0, 0]],
  [8, [0, 330, 65]],
  [36, [-225, -170, 135]],
  [45, [225, -170, 135]],
  [48, [-150, 150, 125]],
  [54, [150, 150, 125]],
]

/**
 * Pose from the 68 points under weak perspective (the camera is far compared with the head's depth): two rows of a scaled
 * rotation by least squares, made orthogonal. Good to several degrees near the front, which is what the limits need; the
 * points themselves shrink large turns.
 *
 * @param landmarks 68 points in pixels
 */
export function poseFromLandmarks(landmarks: readonly Point[]): Pose {
  const seen = headModel.map(([index]) => landmarks[index] ?? ([Number.NaN, Number.NaN] as const))
  const model = centred(headModel.map(([, at]) => at))
  const rowX = leastSquares(
    model,
    centred(seen.map(([x]) => [x])).map(([x]) => x!),
  )
  const rowY = leastSquares(
    model,
    centred(seen.map(([, y]) => [y])).map(([y]) => y!),
  )
  // The nearest pair of orthogonal rows of equal length, symmetrically, so that neither axis is preferred.
  const [a, b] = orthonormal(rowX, rowY)
  const third = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]] as const
  // The face looks along -z of the head: in camera axes that is minus the third column of the rotation.
  const [lookX, lookY, lookZ] = [-a[2], -b[2], -third[2]]
  return {
    yaw: degrees(Math.atan2(lookX, -lookZ)),
    pitch: degrees(Math.atan2(lookY, Math.hypot(lookX, lookZ))),
    roll: degrees(Math.atan2(b[0], a[0])),
  }
}

type Triple = readonly [number, number, number]

function centred<T extends readonly number[]>(points: readonly T[]): number[][] {
  const mean = points[0]!.map((_, k) => points.reduce((sum, point) => sum + point[k]!, 0) / points.length)
  return points.map((point) => point.map((value, k) => value - mean[k]!))
}

/** Solves min |M·r − v| for r by the 3×3 normal equations (Cramer). */
function leastSquares(rows: readonly number[][], values: readonly number[]): Triple {
  const n = [0, 1, 2].map((i) => [0, 1, 2].map((j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)))
  const v = [0, 1, 2].map((i) => rows.reduce((sum, row, k) => sum + row[i]! * values[k]!, 0))
  const whole = determinant(n)
  const part = (column: number) => determinant(n.map((row, i) => row.map((value, j) => (j === column ? v[i]! : value)))) / whole
  return [part(0), part(1), part(2)]
}

function determinant(m: readonly (readonly number[])[]): number {
  const [a, b, c] = m as readonly [Triple, Triple, Triple]
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
}

function orthonormal(x: Triple, y: Triple): readonly [Triple, Triple] {
  const a = unit(x)
  const b = unit(y)
  const sum = unit([a[0] + b[0], a[1] + b[1], a[2] + b[2]])
  const difference = unit([a[0] - b[0], a[1] - b[1], a[2] - b[2]])
  const half = Math.SQRT1_2
  return [
    [half * (sum[0] + difference[0]), half * (sum[1] + difference[1]), half * (sum[2] + difference[2])],
    [half * (sum[0] - difference[0]), half * (sum[1] - difference[1]), half * (sum[2] - difference[2])],
  ]
}

function unit([x, y, z]: Triple): Triple {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}
