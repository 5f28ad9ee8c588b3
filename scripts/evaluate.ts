// npm run evaluate -- --faces DIR: the face engine's error rates on photographs of one's own.
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { detCurve, evaluate, parsePairs, withFigures, type Evaluation, type EvaluationSetup, type Manifest } from '@ikd/face/evaluate'
import { createProgress } from './evaluate/progress.ts'
import { summary, table } from './evaluate/report.ts'

const usage = `npm run evaluate -- --faces DIR [options]

Measures the face engine's error rates on photographs of yours: one folder for each person, JPEG, PNG or WebP inside.
Nothing leaves this machine, and nothing is kept but what you ask for.

  --pairs FILE    only these pairs: lines "reference,probe,same" or "…,different" with paths relative to DIR,
                  commas or tabs; or the pairs.txt of Labeled Faces in the Wild
  --fuse K        a probe is the mean of the next K pictures of a person, cyclic by file name, the reference left out
                  (1: each two pictures are compared once)
  --half NAME     "tuning" or "report": every other of the people with several pictures, by name
  --tight         references are cut at the box of the face, as identity photographs are; says how many are found again
  --det FILE      writes the DET curve as SVG
  --resume FILE   goes on from FILE and adds to it. It holds face templates: biometric data, readable for you alone
                  (0600). Delete it when you need it no more
  --write FILE    writes the figures into this manifest (models/manifest.json); --about says which pictures they are
  --json          ends with one line of JSON`

const options = {
  faces: { type: 'string' },
  pairs: { type: 'string' },
  fuse: { type: 'string', default: '1' },
  half: { type: 'string' },
  tight: { type: 'boolean', default: false },
  det: { type: 'string' },
  resume: { type: 'string' },
  write: { type: 'string' },
  about: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const
type Wishes = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

async function main(): Promise<void> {
  let wishes: Wishes
  let setup: EvaluationSetup
  try {
    wishes = parseArgs({ options }).values
    setup = await setupOf(wishes)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exitCode = 2
    return
  }
  if (setup.resume !== undefined) {
    console.error(`${setup.resume} keeps face templates, which are biometric data of these people: delete it when you need it no more.`)
  }
  const progress = createProgress(process.stderr, () => performance.now())
  let evaluation: Evaluation
  try {
    evaluation = await evaluate(setup, progress.tell).finally(progress.end)
  } catch (error) {
    // Too few pictures, no such folder, a model that is not the one on record: words are enough.
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
    return
  }
  console.log(table(evaluation))
  await write(wishes, evaluation)
  if (wishes.json) console.log(JSON.stringify(summary(evaluation)))
}

async function setupOf({ faces, pairs, fuse, half, tight, resume, write: manifest, about }: Wishes): Promise<EvaluationSetup> {
  if (faces === undefined) throw new RangeError('--faces is missing')
  const frames = Number(fuse)
  if (!Number.isInteger(frames) || frames < 1) throw new RangeError('--fuse takes a whole number from 1 on')
  if (half !== undefined && half !== 'tuning' && half !== 'report') throw new RangeError('--half is "tuning" or "report"')
  if (manifest !== undefined && (about === undefined || tight || half !== undefined || pairs !== undefined)) {
    throw new RangeError('--write takes the figures of a whole set, and --about to say which')
  }
  return {
    folder: faces,
    frames,
    tight,
    ...(half !== undefined && { half }),
    ...(pairs !== undefined && { pairs: parsePairs(await readFile(pairs, 'utf8')) }),
    ...(resume !== undefined && { resume }),
  }
}

async function write({ det, write: manifest, about, fuse, half }: Wishes, evaluation: Evaluation): Promise<void> {
  if (det !== undefined) {
    const { images, people } = evaluation
    const title = `${images} pictures of ${people} people${half === undefined ? '' : `, ${half} half`}, ${fuse === '1' ? 'one picture' : `mean of ${fuse}`} a probe`
    await writeFile(det, detCurve(evaluation.comparisons, title))
  }
  if (manifest !== undefined) {
    const before = JSON.parse(await readFile(manifest, 'utf8')) as Manifest
    const today = new Date().toISOString().slice(0, 10)
    await writeFile(manifest, `${JSON.stringify(withFigures(before, evaluation, today, about!), undefined, 2)}\n`)
  }
}

await main()
