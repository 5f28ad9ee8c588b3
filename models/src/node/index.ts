export { createFaceEngine, type AnswerFrame, type BurstEvaluation, type FaceEngine, seenIn } from './engine.ts'
export { FaceEngineError } from './pool.ts'
export type { FoundFaces, ReferenceDescription, ReferenceProblem } from '../describe.ts'
