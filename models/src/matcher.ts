import type { ReadModelFile } from './networks.ts'
import type { Operations } from './networks/operations.ts'
import type { Pixels, Point } from './pixels.ts'

/** A face as a matcher is shown it. */
export type ShownFace = {
  /** The whole picture, with the border that was added to find the face. */
  picture: Pixels
  /** 68 points in pixels of that picture (iBUG 300-W). */
  landmarks: readonly Point[]
  /** The face aligned as `alignmentTransform` does it: 150×150, enough for a matcher that was trained so. */
  chip: Pixels
}

/**
 * The port to a matcher: whatever turns a face into numbers of which the Euclidean distance says how far two faces are apart.
 * A matcher that compares by cosine gives unit vectors: their squared distance is 2 − 2·cosine.
 */
export type Matcher = {
  /** As many numbers as the manifest's entry says. Rejects only when the runtime fails: any picture with 68 points has a template, good or bad. */
  describe(face: ShownFace): Promise<Float32Array>
}

/** What a matcher is made from. */
export type MatcherContext = {
  tf: Operations
  readModelFile: ReadModelFile
}

/** The export `createMatcher` of the module that a manifest entry names as its adapter. */
export type CreateMatcher = (context: MatcherContext) => Promise<Matcher>
