// npm run evaluate -- --faces DIR: the face engine's error rates on photographs of one's own.
import { readFile, writeFile } from 'node:fs/promises'
import { detCurve, evaluate, parsePairs, withFigures, type Evaluation, type EvaluationSetup, type Manifest } from '@ikd/face/evaluate'
import { evaluate as command } from './command-line/commands.mjs'
import { orEnd, readCommandLine, refusal, type Values } from './command-line/read.mjs'
import { endWithNpm } from './setup/parent.mjs'
import { createProgress } from './evaluate/progress.ts'
import { summary, table } from './evaluate/report.ts'

type Wishes = Values<typeof command>

async function main(): Promise<void> {
  const wishes = readCommandLine(command).values
  orEnd(() => check(wishes))
  if (wishes.resume !== undefined) {
    console.error(`${wishes.resume} keeps face templates, which are biometric data of these people: delete it when you need it no more.`)
  }
  const progress = createProgress(process.stderr, () => performance.now())
  let evaluation: Evaluation
  try {
    evaluation = await evaluate(await setupOf(wishes), progress.tell).finally(progress.end)
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

/** What goes only with something else. */
function check({ write: manifest, about, tight, half, pairs }: Wishes): void {
  if (manifest !== undefined && (about === undefined || tight || half !== undefined || pairs !== undefined)) {
    throw refusal(command, { id: '--write memerlukan --about, dan seluruh kumpulan foto', en: '--write takes the figures of a whole set, and --about to say which' })
  }
}

async function setupOf({ faces, pairs, fuse, half, tight, resume }: Wishes): Promise<EvaluationSetup> {
  return {
    folder: faces,
    frames: fuse,
    tight,
    ...(half !== undefined && { half }),
    ...(pairs !== undefined && { pairs: parsePairs(await readFile(pairs, 'utf8')) }),
    ...(resume !== undefined && { resume }),
  }
}

async function write({ det, write: manifest, about, fuse, half }: Wishes, evaluation: Evaluation): Promise<void> {
  if (det !== undefined) {
    const { images, people } = evaluation
    const title = `${images} pictures of ${people} people${half === undefined ? '' : `, ${half} half`}, ${fuse === 1 ? 'one picture' : `mean of ${fuse}`} a probe`
    await writeFile(det, detCurve(evaluation.comparisons, title))
  }
  if (manifest !== undefined) {
    const before = JSON.parse(await readFile(manifest, 'utf8')) as Manifest
    const today = new Date().toISOString().slice(0, 10)
    await writeFile(manifest, `${JSON.stringify(withFigures(before, evaluation, today, about!), undefined, 2)}\n`)
  }
}

endWithNpm()
await main()
