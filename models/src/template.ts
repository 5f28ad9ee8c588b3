import { getMatcherEntry, manifest } from './manifest.ts'

/**
 * What the recognition network makes of a face: numbers. Personal biometric data; belongs encrypted wherever it rests.
 * Two templates may only be compared when `model` is the same.
 */
export type Template = { values: Float32Array; model: string }

/**
 * Of the matcher in use. It changes whenever the weights, the alignment or what is made of the numbers change: a distance across
 * such a change means nothing.
 */
export const { id: templateModel, length: templateLength } = getMatcherEntry(manifest)

/** Euclidean distance of two templates: lower is closer; the same picture gives 0, strangers about 0.75. */
export function distance(a: Template, b: Template): number {
  if (a.model !== b.model) throw new RangeError(`templates of ${a.model} and ${b.model} cannot be compared`)
  const { length } = a.values
  if (b.values.length !== length) throw new RangeError(`templates of ${length} and ${b.values.length} values cannot be compared`)
  let sum = 0
  for (let i = 0; i < length; i++) sum += (a.values[i]! - b.values[i]!) ** 2
  return Math.sqrt(sum)
}

/**
 * One template for several pictures of one face: their mean, brought back to their mean length. A plain mean is shorter than
 * what it was made of and so nearer to everybody; measured, giving the length back lowers the false match rate at the accept
 * threshold by a third and costs no genuine match (README).
 *
 * @throws RangeError for no template, or for templates of different models
 */
export function fuse(templates: readonly Template[]): Template {
  const [first] = templates
  if (first === undefined) throw new RangeError('there is no template to fuse')
  const values = new Float32Array(first.values.length)
  let length = 0
  for (const { values: one, model } of templates) {
    if (model !== first.model) throw new RangeError(`templates of ${first.model} and ${model} cannot be fused`)
    for (let i = 0; i < values.length; i++) values[i]! += one[i]! / templates.length
    length += Math.hypot(...one) / templates.length
  }
  const scale = length / (Math.hypot(...values) || 1)
  return { values: values.map((value) => value * scale), model: first.model }
}
