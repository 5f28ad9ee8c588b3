import type { ChallengeStep } from '@ikd/contract'
import { decideAnswer, wilson } from '@ikd/face'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import { allChallenges } from '@ikd/server'
import type { Measured, Row } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'
import { attackKinds } from './challenge/attacks.ts'
import { look, photographed } from './challenge/camera.ts'
import { honestKinds } from './challenge/honest.ts'
import type { Answer, Film, Kind } from './challenge/kind.ts'
import { takeAnswer } from './challenge/manner.ts'
import { findSubjects, type Subject } from './challenge/people.ts'

/**
 * How often the active challenge lets people through who answer it, and what somebody shows or sends instead: photographs made to
 * turn (`demo/turning-head`) do what a random order asks, the desk's own rules choose the frames, the server's own decide. The
 * reference is always the resident's, so that only the challenge and the search for copies can stop anything.
 */
export async function run({ faces, people, only }: Values<typeof benches.challenge>): Promise<Measured> {
  const kinds = [...named('honest', honestKinds), ...named('attack', attackKinds)].filter(({ who, kind }) => `${who} ${kind}`.includes(only))
  const engine = await createFaceEngine({ maxWaiting: 10_000, start: 'now' })
  const began = performance.now()
  try {
    const { subjects, leftOut } = await findSubjects(engine, faces, people)
    const tallies = new Map(kinds.map(({ kind }) => [kind, createTally()]))
    let stranger = await ordinaryFilm(engine, subjects.at(-1)!, subjects.length)
    for (const [i, subject] of subjects.entries()) {
      const number = i + 1
      const ordinary = await ordinaryFilm(engine, subject, number)
      const visit = { number, subject, steps: ordinary.steps, ordinary, stranger, see: (frames: Film['frames']) => look(engine, frames) }
      await Promise.all(
        kinds.map(async ({ kind, answers }) => {
          for (const answer of await answers(visit)) tallies.get(kind)!.add(judged(answer, subject))
        }),
      )
      stranger = ordinary
      const left = ((performance.now() - began) / number) * (subjects.length - number)
      process.stderr.write(`${number} / ${subjects.length} people, ${Math.round(left / 1000)} s left\n`)
    }
    const rows = kinds.map(({ who, kind }): Row => ({ who, kind, ...tallies.get(kind)!.row() }))
    return { rows, figures: { people: subjects.length, left_out: leftOut } }
  } finally {
    await engine.close()
  }
}

const named = (who: string, kinds: readonly Kind[]) => kinds.map((kind) => ({ who, ...kind }))

/** Orders in turn, with a step that has nothing in common with their number, so that few people meet all sorts. */
async function ordinaryFilm(engine: FaceEngine, { head }: Subject, number: number): Promise<Film> {
  const steps: ChallengeStep[] = ['look', ...allChallenges[(number * 13) % allChallenges.length]!]
  const frames = await photographed(head, takeAnswer(steps, head.reach, number), number)
  return { steps, frames, seen: await look(engine, frames) }
}

/** `ok`, or what the desk would hear. */
function judged({ frames, steps, earlier }: Answer, { reference }: Subject): string {
  const { outcome, reasons } = decideAnswer({ frames, steps, reference, ...(earlier && { earlier }) })
  return outcome === 'match' ? 'ok' : reasons.filter((reason, _, all) => all.length === 1 || reason !== 'challenge-not-followed').join(' ') || outcome
}

function createTally() {
  const counts = new Map<string, number>()
  return {
    add: (verdict: string) => void counts.set(verdict, (counts.get(verdict) ?? 0) + 1),
    row(): Row {
      const tried = [...counts.values()].reduce((sum, count) => sum + count, 0)
      const passed = counts.get('ok') ?? 0
      const { value, low, high } = wilson(passed, tried)
      const percent = (share: number) => Math.round(share * 1000) / 10
      const refusals = [...counts].filter(([verdict]) => verdict !== 'ok').sort(([, a], [, b]) => b - a)
      return {
        tried,
        passed,
        '%': percent(value),
        'from': percent(low),
        'to': percent(high),
        'refused most as': refusals.slice(0, 2).map(([verdict, count]) => `${verdict} (${count})`).join('; '),
      }
    },
  }
}
