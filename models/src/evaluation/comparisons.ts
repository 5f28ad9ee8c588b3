import { distance, fuse, type Template } from '../template.ts'

/** A picture of the set, described. A template is missing where no face was found. */
export type Described = { person: string; path: string; reference?: Template; probe?: Template }

/** Distances from the nearest on, and whose pictures they lie between, as indices of people. */
export type Compared = { distances: Float64Array; references: Int32Array; probes: Int32Array }

/** What a set of pictures gives. */
export type Comparisons = {
  people: number
  /** A comparison that could not take place, because no face was found, is a failed one: its distance is infinite. */
  genuine: Compared
  /** All of them, or of a large set the nearest `mostKept`: what lies further out is told apart anyway. */
  impostor: Compared
  impostors: number
  /** How many impostor comparisons there would be if person p stood in the set `times[p]` times. */
  impostorsOf(times: Float64Array): number
}

type Visit = (apart: number, reference: number, probe: number) => void

/** Impostor comparisons kept with their people: 64 MB of them. Only beyond are they cut, to the nearest ones. */
export const mostKept = 4_000_000

/**
 * Every picture against every other. With one frame a probe (`frames` = 1) each two pictures are compared once, the one that
 * comes first by path as the reference. With more, a probe is the mean of as many pictures of one person, beginning with each
 * in turn, in the order of their paths, cyclic, the reference left out; each reference meets each probe. Whoever has too
 * few pictures for a probe gives references only. A probe lacks a face when one of its pictures does.
 *
 * @param pictures in the order of their paths, one person's side by side
 */
export function compareAll(pictures: readonly Described[], frames: number, keep = mostKept): Comparisons {
  const people = indexPeople(pictures)
  const probeOf = prober(pictures, frames)
  const genuine = collector()
  const probes = pictures.map((_, start) => probeOf(start))
  pictures.forEach(({ person, reference }, i) => {
    for (const j of others(pictures, i, frames)) {
      const probe = frames === 1 ? probes[j] : probeOf(j, i)
      if (probe !== 'too-few') genuine.add(apartOf(reference, probe), people.get(person)!, people.get(person)!)
    }
  })
  const visit = (each: Visit): void =>
    pictures.forEach(({ person, reference }, i) => {
      if (reference === undefined) return
      for (let j = frames === 1 ? i + 1 : 0; j < pictures.length; j++) {
        const probe = probes[j]
        if (pictures[j]!.person === person || probe === undefined || probe === 'too-few') continue
        each(distance(reference, probe), people.get(person)!, people.get(pictures[j]!.person)!)
      }
    })
  const [references, tried] = [new Float64Array(people.size), new Float64Array(people.size)]
  pictures.forEach(({ person, reference }, i) => {
    const index = people.get(person)!
    if (reference !== undefined) references[index]!++
    if (probes[i] !== undefined && probes[i] !== 'too-few') tried[index]!++
  })
  // The product of both counts over every two people, without walking over the square of them.
  const impostorsOf = (times: Float64Array): number => {
    let [sum, before, all] = [0, 0, 0]
    for (let p = 0; p < times.length; p++) all += times[p]! * references[p]!
    for (let p = 0; p < times.length; p++) {
      const own = times[p]! * references[p]!
      sum += times[p]! * tried[p]! * (frames === 1 ? before : all - own)
      before += own
    }
    return sum
  }
  return { people: people.size, genuine: genuine.sorted(), ...nearest(visit, keep), impostorsOf }
}

/**
 * The pairs of a list. With more than one frame a probe, the probe is the mean of as many pictures of its person, beginning with
 * the one listed, as in `compareAll`.
 *
 * @throws RangeError for a picture that is not in the set, or a person with too few of them
 */
export function compareListed(
  pictures: readonly Described[],
  pairs: readonly { reference: string; probe: string; same: boolean }[],
  frames: number,
): Comparisons {
  const people = indexPeople(pictures)
  const places = new Map(pictures.map(({ path }, i) => [path, i]))
  const probeOf = prober(pictures, frames)
  const [genuine, impostor] = [collector(), collector()]
  for (const pair of pairs) {
    const [i, j] = [places.get(pair.reference), places.get(pair.probe)]
    if (i === undefined || j === undefined) throw new RangeError(`${i === undefined ? pair.reference : pair.probe} is not in the set`)
    const probe = probeOf(j, i)
    if (probe === 'too-few') throw new RangeError(`${pictures[j]!.person} has too few pictures for a probe of ${frames}`)
    const apart = apartOf(pictures[i]!.reference, probe)
    const between = [people.get(pictures[i]!.person)!, people.get(pictures[j]!.person)!] as const
    if (pair.same) genuine.add(apart, ...between)
    else if (Number.isFinite(apart)) impostor.add(apart, ...between)
  }
  const kept = impostor.sorted()
  const impostorsOf = (times: Float64Array): number =>
    kept.distances.reduce((sum, _, i) => sum + weightOf(kept, i, times), 0)
  return { people: people.size, genuine: genuine.sorted(), impostor: kept, impostors: kept.distances.length, impostorsOf }
}

/** How often comparison `i` stands in a set in which person p stands `times[p]` times. */
export function weightOf({ references, probes }: Compared, i: number, times: Float64Array): number {
  const [a, b] = [references[i]!, probes[i]!]
  return a === b ? times[a]! : times[a]! * times[b]!
}

function apartOf(reference: Template | undefined, probe: Template | undefined): number {
  return reference === undefined || probe === undefined ? Number.POSITIVE_INFINITY : distance(reference, probe)
}

/** Where the other pictures of a person are; the later ones only, when a pair is one whichever picture is the reference. */
function others(pictures: readonly Described[], i: number, frames: number): number[] {
  const found: number[] = []
  const { person } = pictures[i]!
  if (frames > 1) for (let j = i - 1; j >= 0 && pictures[j]!.person === person; j--) found.push(j)
  for (let j = i + 1; j < pictures.length && pictures[j]!.person === person; j++) found.push(j)
  return found.sort((a, b) => a - b)
}

function prober(pictures: readonly Described[], frames: number) {
  const own = Map.groupBy(pictures.keys(), (i) => pictures[i]!.person)
  return (start: number, without = -1): Template | 'too-few' | undefined => {
    const indices = fuseIndices(own.get(pictures[start]!.person)!, start, frames, without)
    if (indices === undefined) return 'too-few'
    const found = indices.flatMap((i) => pictures[i]!.probe ?? [])
    if (found.length < frames) return undefined
    return frames === 1 ? found[0] : fuse(found)
  }
}

/** The next `frames` of a person's pictures from `start` on, cyclic, one left out; `undefined` when they are too few. */
export function fuseIndices(own: readonly number[], start: number, frames: number, without: number): number[] | undefined {
  const from = own.indexOf(start)
  const next = [...own.slice(from), ...own.slice(0, from)].filter((i) => i !== without).slice(0, frames)
  return next.length < frames ? undefined : next
}

function indexPeople(pictures: readonly Described[]): Map<string, number> {
  return new Map([...new Set(pictures.map(({ person }) => person))].map((person, i) => [person, i]))
}

function collector() {
  const rows: [apart: number, reference: number, probe: number][] = []
  return {
    add: (...row: [apart: number, reference: number, probe: number]) => void rows.push(row),
    sorted: (): Compared => {
      rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      return {
        distances: Float64Array.from(rows, ([apart]) => apart),
        references: Int32Array.from(rows, ([, reference]) => reference),
        probes: Int32Array.from(rows, ([, , probe]) => probe),
      }
    },
  }
}

/** Two walks: one that counts how far the nearest reach, one that keeps those. Ten thousand pictures give fifty million pairs. */
function nearest(visit: (each: Visit) => void, keep: number): Pick<Comparisons, 'impostor' | 'impostors'> {
  const binsAUnit = 4096
  const bins = new Float64Array(8 * binsAUnit)
  const binOf = (apart: number): number => Math.min(bins.length - 1, Math.floor(apart * binsAUnit))
  let impostors = 0
  visit((apart) => {
    impostors++
    bins[binOf(apart)]!++
  })
  let [last, kept] = [0, bins[0]!]
  while (last + 1 < bins.length && kept + bins[last + 1]! <= keep) kept += bins[++last]!
  const all = { distances: new Float64Array(kept), references: new Int32Array(kept), probes: new Int32Array(kept) }
  let at = 0
  visit((apart, reference, probe) => {
    if (binOf(apart) > last) return
    all.distances[at] = apart
    all.references[at] = reference
    all.probes[at++] = probe
  })
  const order = Uint32Array.from({ length: kept }, (_, i) => i).sort((a, b) => all.distances[a]! - all.distances[b]!)
  return {
    impostors,
    impostor: {
      distances: Float64Array.from(order, (i) => all.distances[i]!),
      references: Int32Array.from(order, (i) => all.references[i]!),
      probes: Int32Array.from(order, (i) => all.probes[i]!),
    },
  }
}
