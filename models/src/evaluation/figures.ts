import { templateModel } from '../template.ts'
import type { Evaluation } from './evaluate.ts'
import type { ErrorRates, OperatingPoint } from './error-rates.ts'

/** What of `models/manifest.json` the figures touch. */
export type Manifest = { matchers: { id: string; measured?: { runs?: { frames: number }[] } }[] }

/**
 * The manifest with the figures of an evaluation in it, in place of those of an earlier one with as many frames a probe.
 *
 * @param on the day, `YYYY-MM-DD`
 * @param data which pictures these are, in words
 * @throws RangeError when the manifest is of another matcher
 */
export function withFigures<M extends Manifest>(manifest: M, evaluation: Evaluation, on: string, data: string): M {
  const entry = manifest.matchers.find(({ id }) => id === templateModel)
  if (entry === undefined) throw new RangeError(`the manifest has no matcher ${templateModel}`)
  const { images, people, peopleWithPairs, frames, fta, rates, withinLimits, falseCopies } = evaluation
  const run = {
    frames,
    on,
    data: `${data}: ${images} photographs of ${people} people, ${peopleWithPairs} of them with genuine pairs`,
    fta: rounded(fta),
    ...shown(rates),
    ...(withinLimits && { withinLimits: shown(withinLimits) }),
    ...(falseCopies && { falseCopies: rounded(falseCopies) }),
  }
  const others = (entry.measured?.runs ?? []).filter((one) => one.frames !== frames)
  const measured = {
    intervals: '95 %, the wider of Wilson and a bootstrap by person',
    warning: 'No field error rates: no KTP-el photographs, no desk cameras, few people.',
    runs: [...others, run].sort((a, b) => a.frames - b.frames),
  }
  return { ...manifest, matchers: manifest.matchers.map((one) => (one === entry ? { ...one, measured } : one)) }
}

function shown({ genuine, impostor, eer, atFmr, at }: ErrorRates) {
  const [accept, lookAgain] = at.map(point)
  return {
    genuine,
    impostor,
    eer: rounded(eer),
    atFmr: atFmr.map(({ asked, point: where }) => ({ asked, ...point(where) })),
    accept,
    lookAgain,
  }
}

function point({ threshold, fmr, fnmr }: OperatingPoint) {
  return { threshold: Number(threshold.toFixed(4)), fmr: rounded(fmr), fnmr: rounded(fnmr) }
}

/** Three digits: no figure of these is good to more. */
function rounded<R extends Record<string, number>>(rate: R): R {
  return Object.fromEntries(Object.entries(rate).map(([key, value]) => [key, Number.isInteger(value) ? value : Number(value.toPrecision(3))])) as R
}
