import { parseArgs } from 'node:util'
import { evaluate, type ErrorRates, type Evaluation, type OperatingPoint, type Rate } from '@ikd/face/evaluate'

const usage = `npm run evaluate -- FOLDER [--json]

Measures the face engine's error rates on photographs of yours: one folder for each person, JPEGs inside.
Nothing leaves this machine and nothing is kept.`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } })
  const [folder] = positionals
  if (folder === undefined) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const live = process.stderr.isTTY
  const evaluation = await evaluate(folder, (done, of) => live && process.stderr.write(`\r${done} / ${of} `))
  if (live) process.stderr.write('\r\x1b[K')
  console.log(values.json ? JSON.stringify(evaluation, undefined, 2) : table(evaluation))
}

function table(evaluation: Evaluation): string {
  const { people, pictures, everyFrame, goodFrames, fused } = evaluation
  const lost = (title: string, reasons: Record<string, number>) =>
    `${title}: ${
      Object.entries(reasons)
        .map(([reason, times]) => `${times} ${reason}`)
        .join(', ') || 'none'
    }`
  return [
    `${pictures} pictures of ${people} people`,
    lost('No reference', evaluation.withoutReference),
    lost('No probe', evaluation.withoutProbe),
    lost(`${evaluation.refusedProbes} probes the limits refuse`, evaluation.problems),
    ...section('Single frames, all', everyFrame),
    ...(goodFrames ? section('Single frames the limits accept', goodFrames) : []),
    ...(fused ? section('Three frames fused', fused) : []),
    '',
    `Different pictures of one person taken for copies: ${shown(evaluation.falseCopies)}`,
    'In brackets: errors / pairs, 95 % interval (Wilson). Pairs of one person are not independent: the truth is less certain.',
  ].join('\n')
}

function section(title: string, rates: ErrorRates): string[] {
  const row = (label: string, { threshold, fmr, fnmr }: OperatingPoint) =>
    `  ${label.padEnd(14)} d ≤ ${threshold.toFixed(3)}   FMR ${shown(fmr)}   FNMR ${shown(fnmr)}`
  return [
    '',
    `${title}: ${rates.genuine} genuine, ${rates.impostor} impostor pairs, EER ${percent(rates.eer.value)} at ${rates.eer.threshold.toFixed(3)}`,
    ...rates.atFmr.map(({ asked, point }) => row(`at FMR ${percent(asked)}`, point)),
    row('accept', rates.accept),
    row('look again', rates.lookAgain),
  ]
}

function shown({ value, errors, trials, low, high }: Rate): string {
  return `${percent(value)} (${errors} / ${trials}, ${percent(low)} to ${percent(high)})`
}

function percent(share: number): string {
  const value = share * 100
  return `${value === 0 || value >= 0.1 ? Number(value.toFixed(2)) : Number(value.toPrecision(2))} %`
}

await main()
