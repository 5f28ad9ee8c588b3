import recorded from '../manifest.json' with { type: 'json' }

/** One file of an installed package that decides who is recognised. */
export type ModelFile = { file: string; sha256: string; use: string; source: string; licence: string; input?: string; output?: string }

/** Distances at which a matcher's answer changes; what they were measured at stands beside them in the manifest. */
export type Thresholds = { accept: number; lookAgain: number }

/** A share with the counts it comes from and its 95 % interval. */
export type RecordedRate = { value: number; errors: number; trials: number; low: number; high: number }
/** What a threshold did: false matches of strangers, false non-matches of one person. */
export type OperatingPoint = { threshold: number; fmr: RecordedRate; fnmr: RecordedRate }

/** One run of `npm run evaluate`. */
export type MeasuredRun = {
  /** Pictures a probe was the mean of. */
  frames: number
  /** ISO 8601 date. */
  on: string
  data: string
  accept: OperatingPoint
  lookAgain: OperatingPoint
  atFmr: (OperatingPoint & { asked: number })[]
}

export type MatcherEntry = {
  /** Stands in every template; changes whenever weights, alignment or what is made of the numbers change. */
  id: string
  /** Module that exports `createMatcher`, from the manifest's folder. */
  adapter: string
  input: string
  output: string
  /** How many numbers a template has. */
  length: number
  thresholds: Thresholds
  /** Absent for one that nobody has measured: it may be tried, and decides about nobody. */
  measured?: { runs: MeasuredRun[] }
}

export type Manifest = {
  /** The `id` of the matcher in use. */
  matcher: string
  matchers: MatcherEntry[]
  packages: { package: string; version: string; files: ModelFile[] }[]
}

/** What the repository's manifest says. */
export const manifest: Manifest = recorded

/** @throws RangeError when the manifest names a matcher it does not describe */
export function getMatcherEntry({ matcher, matchers }: Manifest): MatcherEntry {
  const entry = matchers.find(({ id }) => id === matcher)
  if (entry === undefined) throw new RangeError(`the manifest describes no matcher ${matcher}`)
  return entry
}

/**
 * The SHA-256 on record, in hexadecimal.
 *
 * @param file `package/path` of a recorded file
 * @throws RangeError for a file that is not on record
 */
export function getRecordedDigest({ packages }: Manifest, file: string): string {
  for (const { package: name, files } of packages) {
    const found = files.find((one) => `${name}/${one.file}` === file)
    if (found !== undefined) return found.sha256
  }
  throw new RangeError(`${file} is not on the manifest`)
}
