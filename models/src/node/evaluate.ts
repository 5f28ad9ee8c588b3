import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { showsSamePicture, type Probe, type Reference } from '../burst.ts'
import { errorRates, type ErrorRates } from '../error-rates.ts'
import { wilson, type Rate } from '../policy.ts'
import { distance, fuse, type Template } from '../template.ts'
import { createFaceEngine } from './engine.ts'

export type { ErrorRates, OperatingPoint } from '../error-rates.ts'
export type { Rate } from '../policy.ts'

export type Evaluation = {
  people: number
  pictures: number
  /** Pictures that gave no reference or no probe, by reason: failures to enrol and to acquire (ISO/IEC 19795-1). */
  withoutReference: Record<string, number>
  withoutProbe: Record<string, number>
  /** Probes the limits would have refused, by problem; a frame can have several. They are counted in `everyFrame`. */
  refusedProbes: number
  problems: Record<string, number>
  /** Each picture as a reference against each later one as a single probe. */
  everyFrame: ErrorRates
  /** The same, only with probes the limits accept. */
  goodFrames?: ErrorRates
  /** Each reference against the fused template of three other pictures of a person; absent when nobody has four. */
  fused?: ErrorRates
  /** How often the check for copies takes two different pictures of one person for one picture. */
  falseCopies: Rate
}

type Described = { person: string; reference?: Reference; probe?: Required<Pick<Probe, 'template' | 'fingerprint'>> & Probe }

const fusedFrames = 3

/**
 * Runs the whole engine, as the server does, over a folder of photographs: one folder for each person, JPEGs inside.
 * Half a second to a second a picture on each of two cores.
 *
 * @param onProgress told after each picture
 * @throws RangeError when the folder does not hold both genuine and impostor pairs
 */
export async function evaluate(folder: string, onProgress?: (done: number, of: number) => void): Promise<Evaluation> {
  const files = await listPictures(folder)
  const evaluation = { withoutReference: {}, withoutProbe: {}, problems: {} } as Pick<
    Evaluation,
    'withoutReference' | 'withoutProbe' | 'problems'
  >
  const engine = await createFaceEngine({ maxWaiting: 16 })
  const described: Described[] = []
  try {
    let next = 0
    const lane = async () => {
      for (let mine = next++; mine < files.length; mine = next++) {
        const { person, path } = files[mine]!
        const bytes = await readFile(path)
        const [reference, probe] = await Promise.all([engine.describeReference(bytes), engine.measureProbe(bytes)])
        const one: Described = (described[mine] = { person })
        if ('problem' in reference) count(evaluation.withoutReference, reference.problem)
        else one.reference = reference
        if ('problem' in probe) count(evaluation.withoutProbe, probe.problem)
        else if (!probe.template || !probe.fingerprint) count(evaluation.withoutProbe, 'no-face')
        else {
          one.probe = { ...probe, template: probe.template, fingerprint: probe.fingerprint }
          for (const problem of probe.measure.problems) count(evaluation.problems, problem)
        }
        onProgress?.(described.filter(Boolean).length, files.length)
      }
    }
    await Promise.all([lane(), lane()])
  } finally {
    await engine.close()
  }
  return {
    people: new Set(files.map(({ person }) => person)).size,
    pictures: files.length,
    ...evaluation,
    refusedProbes: described.filter(({ probe }) => probe && probe.measure.problems.length > 0).length,
    ...rates(described),
    falseCopies: falseCopies(described),
  }
}

async function listPictures(folder: string): Promise<{ person: string; path: string }[]> {
  const people = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const lists = await Promise.all(
    people.map(async ({ name }) =>
      (await readdir(join(folder, name)))
        .filter((file) => /\.jpe?g$/i.test(file))
        .sort()
        .map((file) => ({ person: name, path: join(folder, name, file) })),
    ),
  )
  return lists.flat().sort((a, b) => (a.path < b.path ? -1 : 1))
}

function count(into: Record<string, number>, key: string): void {
  into[key] = (into[key] ?? 0) + 1
}

function rates(described: readonly Described[]): Pick<Evaluation, 'everyFrame' | 'goodFrames' | 'fused'> {
  const every = pairUp()
  const good = pairUp()
  described.forEach(({ person, reference }, i) => {
    if (reference === undefined) return
    for (const other of described.slice(i + 1)) {
      if (other.probe === undefined) continue
      const apart = distance(reference.template, other.probe.template)
      every.add(person === other.person, apart)
      if (other.probe.measure.problems.length === 0) good.add(person === other.person, apart)
    }
  })
  const fused = pairUp()
  for (const { index, person, template } of fusedProbes(described)) {
    described.forEach(({ person: other, reference }, i) => {
      // Each genuine trial belongs to the one reference its probe leaves out; other people's references are all impostors.
      if (reference && (other === person ? i === index : true))
        fused.add(other === person, distance(reference.template, template))
    })
  }
  return { everyFrame: errorRates(every.genuine, every.impostor), goodFrames: good.rates(), fused: fused.rates() }
}

function pairUp() {
  const genuine: number[] = []
  const impostor: number[] = []
  return {
    genuine,
    impostor,
    add: (same: boolean, apart: number) => void (same ? genuine : impostor).push(apart),
    rates: () => (genuine.length > 0 && impostor.length > 0 ? errorRates(genuine, impostor) : undefined),
  }
}

/** For each reference, the person's other pictures in groups of three, each group fused. */
function fusedProbes(described: readonly Described[]): { index: number; person: string; template: Template }[] {
  return described.flatMap(({ person, reference }, index) => {
    if (reference === undefined) return []
    const others = described.filter((one, i) => one.person === person && i !== index).flatMap(({ probe }) => probe ?? [])
    const groups = Array.from({ length: Math.floor(others.length / fusedFrames) }, (_, g) =>
      others.slice(g * fusedFrames, (g + 1) * fusedFrames),
    )
    return groups.map((group) => ({ index, person, template: fuse(group.map(({ template }) => template)) }))
  })
}

function falseCopies(described: readonly Described[]): Rate {
  let [errors, trials] = [0, 0]
  described.forEach(({ person, reference }, i) => {
    if (reference === undefined) return
    for (const other of described.slice(i + 1)) {
      if (other.person !== person || other.probe === undefined) continue
      trials++
      if (showsSamePicture(reference, other.probe)) errors++
    }
  })
  return wilson(errors, trials)
}
