import type { FrameMeasure, FrameProblem } from './measure.ts'
import { type QualityUse, qualityFindings } from './quality.ts'

/** What is wrong with a frame, the weightiest first; empty when it is good. Without a face, only that is said. */
export function frameProblems(measure: Omit<FrameMeasure, 'problems'>, use: QualityUse): FrameProblem[] {
  if (measure.face === undefined) return ['no-face']
  return [...new Set(qualityFindings(measure, use).flatMap(({ problem, isHint }) => (isHint ? [] : problem)))]
}

/** What would make a good frame better still, and is in nobody's way. */
export function frameHints(measure: Omit<FrameMeasure, 'problems'>, use: QualityUse): FrameProblem[] {
  return [...new Set(qualityFindings(measure, use).flatMap(({ problem, isHint }) => (isHint ? problem : [])))]
}

/** Whether an identity photograph is good enough for a match to rest on it alone. */
export type ReferenceQuality = 'good' | 'poor'

export function referenceQuality(measure: Omit<FrameMeasure, 'problems'>): ReferenceQuality {
  return frameProblems(measure, 'reference').length === 0 ? 'good' : 'poor'
}
