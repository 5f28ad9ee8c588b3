import type { ErrorRates, Evaluation, OperatingPoint, Rate } from '@ikd/face/evaluate'

/** What people read. */
export function table(evaluation: Evaluation): string {
  const { images, people, peopleWithPairs, frames, fta, refusals, rates, withinLimits, beyondLimits, tightFound, falseCopies } = evaluation
  return [
    `${images} pictures of ${people} people, ${peopleWithPairs} of them with genuine pairs; ${frames === 1 ? 'one picture' : `the mean of ${frames} pictures`} a probe`,
    `Failure to acquire: ${shown(fta)}`,
    `Said of references: ${listed(refusals.reference)}; of probes: ${listed(refusals.probe)}`,
    ...(tightFound ? [`Cut at the box of the face, found again: ${shown(tightFound)}`] : []),
    ...section('Every comparison', rates),
    ...(withinLimits ? section('Probes within the limits of a live frame', withinLimits) : []),
    '',
    `Probes beyond those limits: ${beyondLimits.probes} (${listed(beyondLimits.problems)})`,
    ...(falseCopies ? [`Different pictures of one person taken for copies: ${shown(falseCopies)}`] : []),
    'In brackets: errors / trials and the 95 % interval, the wider of Wilson and a bootstrap by person.',
    ...(rates.impostor < 10_000 ? ['Fewer than 10,000 impostor pairs cannot show an FMR of 0.01 %: there it is what none of them gives.'] : []),
  ].join('\n')
}

/** The one object that ends `--json`; rates from 0 to 1. */
export function summary({ images, rates, fta, frames, tightFound }: Evaluation): Record<string, number> {
  const [at1, at2, at3] = rates.atFmr.map(({ point }) => point)
  return {
    images,
    genuine: rates.genuine,
    impostor: rates.impostor,
    fta: fta.value,
    eer: rates.eer.value,
    fnmr_1e2: at1!.fnmr.value,
    fnmr_1e3: at2!.fnmr.value,
    fnmr_1e4: at3!.fnmr.value,
    threshold_1e3: at2!.threshold,
    threshold_1e4: at3!.threshold,
    fuse: frames,
    ...(tightFound && { tight_found: tightFound.value }),
  }
}

function section(title: string, rates: ErrorRates): string[] {
  const row = (label: string, { threshold, fmr, fnmr }: OperatingPoint) =>
    `  ${label.padEnd(14)} d ≤ ${threshold.toFixed(3)}   FMR ${shown(fmr)}   FNMR ${shown(fnmr)}`
  const { value, low, high, threshold } = rates.eer
  return [
    '',
    `${title}: ${rates.genuine} genuine, ${rates.impostor} impostor pairs, EER ${percent(value)} (${percent(low)} to ${percent(high)}) at ${threshold.toFixed(3)}`,
    ...rates.atFmr.map(({ asked, point }) => row(`at FMR ${percent(asked)}`, point)),
    ...rates.at.map((point, i) => row(i === 0 ? 'accept' : 'look again', point)),
  ]
}

function listed(counts: Record<string, number>): string {
  return (
    Object.entries(counts)
      .map(([word, times]) => `${times} ${word}`)
      .join(', ') || 'nothing'
  )
}

function shown({ value, errors, trials, low, high }: Rate): string {
  return `${percent(value)} (${errors} / ${trials}, ${percent(low)} to ${percent(high)})`
}

function percent(share: number): string {
  const value = share * 100
  return `${value === 0 || value >= 0.1 ? Number(value.toFixed(2)) : Number(value.toPrecision(2))} %`
}
