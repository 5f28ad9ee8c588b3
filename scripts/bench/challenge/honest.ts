import type { AnsweredFrame } from '../../demo/turning-head/answer.ts'
import { eased } from '../../demo/turning-head/stance.ts'
import { grainy, photographed } from './camera.ts'
import { type Manner, ordinary, takeAnswer } from './manner.ts'
import { type Kind, printsOf, type Visit } from './kind.ts'

const done = (manner: Partial<Manner>, seenBy = (frames: readonly AnsweredFrame[]): Promise<readonly AnsweredFrame[]> => Promise.resolve(frames)) =>
  async ({ subject, steps, number, see }: Visit) => {
    const frames = await photographed(subject.head, takeAnswer(steps, subject.head.reach, number, { ...ordinary, ...manner }), number)
    return [{ frames: await see(await seenBy(frames)), steps }]
  }

/** People who do what they are asked, each in their own way and before their own camera. */
export const honestKinds: readonly Kind[] = [
  { kind: 'ordinary', answers: async ({ ordinary: film, steps }) => [{ frames: film.seen, steps }] },
  { kind: 'quick, straight from one to the next', answers: done({ reactionMs: 200, movementMs: 350, returns: false }) },
  { kind: 'slow and unsteady', answers: done({ reactionMs: 1500, movementMs: 2600, far: 0.92, unrest: 2 }) },
  { kind: 'sits very still', answers: done({ unrest: 0.15 }) },
  { kind: 'a stiff neck: less than the desk waits for', answers: done({ far: 0.8, movementMs: 1500 }) },
  { kind: 'begins before the words are read', answers: done({ reactionMs: 60, movementMs: 500 }) },
  { kind: 'goes too far and comes back a little', answers: done({ far: 1.15, way: (share) => eased(share / 0.7) - 0.2 * eased((share - 0.7) / 0.3) }) },
  { kind: 'wavers on the way', answers: done({ movementMs: 1800, way: (share) => (share < 0.4 ? 0.55 * eased(share / 0.4) : share < 0.6 ? 0.55 - 0.3 * eased((share - 0.4) / 0.2) : 0.25 + 0.75 * eased((share - 0.6) / 0.4)) }) },
  { kind: 'the chin moves with a turn, the head with the chin', answers: done({ mixes: 0.4 }) },
  { kind: 'sits askew', answers: done({ askew: 8 }) },
  {
    kind: 'once more a minute later, the same order',
    async answers({ subject, ordinary: { seen }, steps, number, see }) {
      const manner = { ...ordinary, satMs: 60_000, reactionMs: 600, movementMs: 1000, far: 0.97 }
      const frames = await photographed(subject.head, takeAnswer(steps, subject.head.reach, number, manner), number + 300)
      return [{ frames: await see(frames), steps, earlier: printsOf(seen) }]
    },
  },
  { kind: 'a slow PC: a picture every 300 ms', answers: done({ grabEveryMs: 300, lookEveryMs: 600 }) },
  { kind: 'a slow PC without guidance', answers: done({ grabEveryMs: 300, lookEveryMs: undefined }) },
  { kind: 'a noisy camera', answers: done({}, (frames) => grainy(frames, 9)) },
  { kind: 'dim light', answers: done({}, (frames) => grainy(frames, 6, 0.55)) },
]
