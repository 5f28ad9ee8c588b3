import type { FoundFace } from '../measure.ts'
import type { Box } from '../pixels.ts'

/** The best of overlapping boxes: a box is dropped when its overlap with a better one is more than `most` (intersection over union). */
export function suppressOverlaps(faces: readonly FoundFace[], most: number): FoundFace[] {
  const kept: FoundFace[] = []
  for (const face of [...faces].sort((a, b) => b.score - a.score)) {
    if (kept.every(({ box }) => overlap(box, face.box) <= most)) kept.push(face)
  }
  return kept
}

/** Intersection over union, 0..1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (a.width * a.height + b.width * b.height - width * height)
}
