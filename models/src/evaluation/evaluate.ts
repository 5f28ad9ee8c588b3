import { showsSamePicture } from '../burst.ts'
import { createFaceEngine, type FaceEngine } from '../node/engine.ts'
import { policy, wilson, type Rate } from '../policy.ts'
import { compareAll, compareListed, type Comparisons, type Described } from './comparisons.ts'
import { describePictures, type DescribedPicture } from './describe-pictures.ts'
import { forgotten, openDescriptions } from './descriptions.ts'
import { errorRates, seeded, type ErrorRates } from './error-rates.ts'
import type { ListedPair } from './pair-list.ts'
import { halfOf, listPictures, type Half } from './pictures.ts'

/** What is measured on which pictures. */
export type EvaluationSetup = {
  /** One folder for each person, photographs inside. */
  folder: string
  /** How many pictures of a person make one probe. */
  frames: number
  /** Only these pairs, instead of every picture against every other. */
  pairs?: readonly ListedPair[]
  half?: Half
  /** References are the pictures cut at the box of the face, as identity photographs are. */
  tight?: boolean
  /** A file of descriptions to go on from and to add to; see `openDescriptions`. Without it nothing is kept. */
  resume?: string
}

export type Evaluation = {
  images: number
  people: number
  /** Those with genuine pairs. */
  peopleWithPairs: number
  frames: number
  /** Failure to acquire: pictures in which no face was found, as a probe or as a reference (ISO/IEC 19795-1). */
  fta: Rate
  /** What the engine said of pictures it could not describe, or would have refused as a reference. */
  refusals: Record<'probe' | 'reference', Record<string, number>>
  /** Over every comparison, those that failed included. `at` holds the two thresholds of the policy: accept, look again. */
  rates: ErrorRates
  /** Without the probes the limits refuse; for one frame a probe. */
  withinLimits?: ErrorRates
  /** Probes the limits refuse, and why; a frame can have several problems. */
  beyondLimits: { probes: number; problems: Record<string, number> }
  /** Of the pictures cut at the box of the face, those in which one was found again. */
  tightFound?: Rate
  /** How often the check for copies takes two different pictures of one person for one picture. */
  falseCopies?: Rate
  /** For a curve. */
  comparisons: Comparisons
}

const seed = 19795

/**
 * Runs the whole engine, as the server does, over photographs of people, and counts its errors. The same pictures give the same
 * numbers, intervals included.
 *
 * @param onProgress told after each picture, with how many of those done were known from before
 * @throws RangeError when the pictures do not give both genuine and impostor pairs, or the list names one that is not there
 */
export async function evaluate(
  setup: EvaluationSetup,
  onProgress?: (done: number, of: number, known: number) => void,
): Promise<Evaluation> {
  const { folder, frames, pairs, half, tight = false, resume } = setup
  const pictures = await choosePictures(folder, half, frames === 1 ? pairs : undefined)
  const kept = resume === undefined ? forgotten : await openDescriptions(resume)
  let starting: Promise<FaceEngine> | undefined
  let described: DescribedPicture[]
  try {
    described = await describePictures({
      folder,
      pictures,
      engine: () => (starting ??= createFaceEngine({ start: 'now', maxWaiting: 16 })),
      kept,
      tight,
      onProgress: (done, known) => onProgress?.(done, pictures.length, known),
    })
  } finally {
    await starting?.then((engine) => engine.close(), () => undefined)
    await kept.close()
  }
  const compare = (all: readonly Described[]) => (pairs ? compareListed(all, pairs, frames) : compareAll(all, frames))
  const rates = (compared: Comparisons) => errorRates(compared, [policy.accept, policy.lookAgain], seeded(seed))
  const comparisons = compare(described.map(templatesOf))
  return {
    images: pictures.length,
    people: new Set(pictures.map(({ person }) => person)).size,
    peopleWithPairs: new Set(comparisons.genuine.references).size,
    frames,
    fta: wilson(described.filter(({ probe, reference }) => !probe.template || !reference.template).length, described.length),
    refusals: {
      probe: countAll(described.flatMap(({ probe }) => probe.refusal ?? [])),
      reference: countAll(described.flatMap(({ reference }) => reference.refusal ?? [])),
    },
    rates: rates(comparisons),
    ...(frames === 1 && pairs === undefined && withinLimits(described, rates)),
    beyondLimits: {
      probes: described.filter(({ probe }) => probe.problems.length > 0).length,
      problems: countAll(described.flatMap(({ probe }) => probe.problems)),
    },
    ...(tight ? { tightFound: tightFound(described) } : { falseCopies: falseCopies(described) }),
    comparisons,
  }
}

async function choosePictures(folder: string, half: Half | undefined, only: readonly ListedPair[] | undefined) {
  const all = await listPictures(folder)
  const asked = half === undefined ? all : halfOf(all, half)
  if (only === undefined) return asked
  const named = new Set(only.flatMap(({ reference, probe }) => [reference, probe]))
  return asked.filter(({ path }) => named.has(path))
}

function templatesOf({ person, path, probe, reference }: DescribedPicture): Described {
  return { person, path, ...(probe.template && { probe: probe.template }), ...(reference.template && { reference: reference.template }) }
}

/** Each picture still is a reference; only probes are left out. Absent when too few are left. */
function withinLimits(described: readonly DescribedPicture[], rates: (compared: Comparisons) => ErrorRates) {
  const good = described.map((one) => (one.probe.problems.length === 0 ? one : { ...one, probe: { ...one.probe, template: undefined } }))
  const compared = compareAll(good.map(templatesOf), 1)
  const took = compared.genuine.distances.filter(Number.isFinite).length
  if (took === 0 || compared.impostors === 0) return {}
  // Here a probe that was refused is no error: the desk takes another.
  const { distances, references, probes } = compared.genuine
  const genuine = { distances: distances.slice(0, took), references: references.slice(0, took), probes: probes.slice(0, took) }
  return { withinLimits: rates({ ...compared, genuine }) }
}

function tightFound(described: readonly DescribedPicture[]): Rate {
  const cut = described.filter(({ probe }) => probe.box !== undefined)
  return wilson(cut.filter(({ reference }) => reference.refusal !== 'no-face' && reference.refusal !== 'unreadable').length, cut.length)
}

function falseCopies(described: readonly DescribedPicture[]): Rate {
  let [errors, trials] = [0, 0]
  described.forEach(({ person, reference }, i) => {
    for (let j = i + 1; described[j]?.person === person; j++) {
      const { probe } = described[j]!
      if (!reference.template || !reference.fingerprint || !probe.template || !probe.fingerprint) continue
      trials++
      const sides = [reference, probe].map(({ template, fingerprint }) => ({ template: template!, fingerprint: fingerprint! }))
      if (showsSamePicture(sides[0]!, sides[1]!)) errors++
    }
  })
  return wilson(errors, trials)
}

function countAll(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
