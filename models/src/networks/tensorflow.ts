import { add, avgPool, concat, fused, matMul, maxPool, mean, pad, relu, reshape, tensor, tidy } from '@tensorflow/tfjs-core'
import type { Operations } from './operations.ts'

/** The operations on TensorFlow.js, each by its name, so that a bundler leaves the rest of the library out. */
export const operations = { add, avgPool, concat, fused, matMul, maxPool, mean, pad, relu, reshape, tensor, tidy } as unknown as Operations
