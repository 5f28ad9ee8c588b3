import type { ChallengeStep } from '@ikd/contract'
import type { ChallengeFrame } from '@ikd/face'
import { allChallenges } from '@ikd/server'
import { photograph } from '../../demo/turning-head/head.ts'
import { type Action, actions, atRest } from '../../demo/turning-head/stance.ts'
import { changed, grainy, photographed } from './camera.ts'
import { type Answer, type Kind, printsOf, type Visit } from './kind.ts'
import { takeAnswer } from './manner.ts'
import { held, type Held } from './sheet.ts'

type Frames = readonly ChallengeFrame[]

const ofStep = (frames: Frames, step: number) => frames.filter((one) => one.step === step)
/** The frames of these steps one after the other, as if they had been shown so. */
const cut = (frames: Frames, from: readonly number[]): Frames => inTurn(from.map((step) => ofStep(frames, step)))
function inTurn(parts: readonly Frames[]): Frames {
  let ends = -300
  return parts.flatMap((part, step) => {
    const begins = ends + 300
    const moved = part.map((one) => ({ ...one, step, atMs: one.atMs - part[0]!.atMs + begins }))
    ends = moved.at(-1)?.atMs ?? begins
    return moved
  })
}
const isSame = (a: readonly ChallengeStep[], b: readonly ChallengeStep[]) => a.join() === b.join()
const withPictures = (frames: Frames, seenOf: (index: number) => ChallengeFrame): Frames => frames.map((one, i) => ({ ...one, seen: seenOf(i).seen }))

/** A printed photograph, held before the camera in the rhythm of the person's own answer. */
const sheet = (hold: (action: Action | undefined, share: number, number: number) => Held) =>
  async ({ subject: { head }, ordinary, steps, number, see }: Visit): Promise<Answer[]> => {
    const frames = []
    for (const { atMs, step } of ordinary.frames) {
      const own = ordinary.frames.filter((one) => one.step === step)
      const share = own.findIndex((one) => one.atMs === atMs) / (own.length - 1)
      const name = steps[step]
      frames.push({ jpeg: await held(head, hold(name === 'look' ? undefined : name, share, number + atMs)), atMs, step })
    }
    // A hand is never quite still.
    const shaken = await changed(frames, (picture, i) => picture.affine([[1, 0], [0, 1]], { odx: 3 * Math.sin(1.7 * i + number), ody: 2 * Math.cos(2.3 * i) }).resize(640, 480))
    return [{ frames: await see(shaken), steps }]
  }

const tilted = (action: Action | undefined, share: number, by: number): Held => ({
  swing: action === 'turn-left' ? by * share : action === 'turn-right' ? -by * share : 0,
  tilt: action === 'look-up' ? -by * share : 0,
  nearer: action === 'come-closer' ? 1 + 0.4 * share : 1,
})
const bent = (radius: number, by: number) => (action: Action | undefined, share: number): Held => ({
  ...tilted(action, share, by),
  radius,
})

/** The answer once more, worked over so that it looks new; what the first one left with the server is known. */
const again = (change: Parameters<typeof changed>[1], quality?: number) =>
  async ({ ordinary, steps, see }: Visit): Promise<Answer[]> => [
    { frames: await see(await changed(ordinary.frames, change, quality)), steps, earlier: printsOf(ordinary.seen) },
  ]

/** What somebody might show or send instead. The reference is always the resident's own, so that nothing else can stop it. */
export const attackKinds: readonly Kind[] = [
  { kind: 'a photograph, still', answers: sheet(() => ({ swing: 0, tilt: 0, nearer: 1 })) },
  {
    kind: 'a photograph, moved and leaned',
    answers: async ({ subject: { head }, ordinary, steps, number, see }) => {
      const frames = []
      for (const [i, { atMs, step }] of ordinary.frames.entries()) {
        const stance = { ...atRest, dx: 0.12 * Math.sin(i + number), dy: 0.08 * Math.cos(2 * i), roll: 2 * step * (i % 6), zoom: steps[step] === 'come-closer' ? 1 + 0.1 * (i % 4) : 1 }
        frames.push({ jpeg: await photograph(head, stance, i + 1), atMs, step })
      }
      return [{ frames: await see(frames), steps }]
    },
  },
  { kind: 'a photograph, swung and tilted as asked', answers: sheet((action, share, number) => tilted(action, share, 30 + (number % 3) * 10)) },
  { kind: 'a photograph bent round like a face, swung as asked', answers: sheet(bent(0.8, 40)) },
  { kind: 'the same, cut out along the head', answers: sheet((action, share) => ({ ...bent(0.8, 40)(action, share), cutOut: true })) },
  { kind: 'a film seen in a mirror', answers: async ({ ordinary, steps, see }) => [{ frames: await see(await changed(ordinary.frames, (picture) => picture.flop())), steps }] },
  {
    kind: 'a film of one turn, mirrored for the other',
    async answers({ subject: { head }, number, see }) {
      const frames = await photographed(head, takeAnswer(['look', 'turn-left'], head.reach, number + 500), number + 500)
      const turn = frames.filter(({ step }) => step === 1)
      const [seen, mirrored] = await Promise.all([see(frames), changed(turn, (picture) => picture.flop()).then(see)])
      return [{ frames: inTurn([ofStep(seen, 0), ofStep(seen, 1), mirrored]), steps: ['look', 'turn-left', 'turn-right'] }]
    },
  },
  {
    kind: 'a film of another order, each other order',
    answers: async ({ ordinary: { seen, steps } }) =>
      allChallenges.flatMap((other) => (other.length === steps.length - 1 && !isSame(other, steps.slice(1)) ? [{ frames: seen, steps: ['look', ...other] as ChallengeStep[] }] : [])),
  },
  {
    kind: 'a film of a longer order, cut to a shorter one',
    answers: async ({ ordinary: { seen, steps } }) =>
      allChallenges.flatMap((other) => {
        const from = other.map((action) => steps.indexOf(action))
        const isCut = from.length < steps.length - 1 && from.every((step, i) => step > (from[i - 1] ?? 0))
        return isCut ? [{ frames: cut(seen, [0, ...from]), steps: ['look', ...other] as ChallengeStep[] }] : []
      }),
  },
  {
    kind: 'the same actions in another order',
    answers: async ({ ordinary: { seen, steps }, steps: asked }) => [{ frames: cut(seen, [0, ...steps.slice(1).map((_, i) => i + 1).reverse()]), steps: asked }],
  },
  { kind: 'a film that begins again', answers: async ({ ordinary: { seen }, steps }) => [{ frames: cut(seen, steps.map((_, step) => step % 2)), steps }] },
  {
    kind: 'a film that stops on the way',
    answers: async ({ ordinary: { seen }, steps }) => [{ frames: withPictures(seen, (i) => seen[Math.min(i, 5)]!), steps }],
  },
  {
    kind: 'one frame over and over, with grain added',
    answers: async ({ ordinary: { frames }, steps, see }) => [{ frames: await see(await grainy(frames.map((one) => ({ ...one, jpeg: frames[0]!.jpeg })), 6)), steps }],
  },
  {
    kind: 'before and after, nothing between',
    answers: async ({ ordinary: { seen }, steps }) => [{ frames: seen.filter((one) => one.step === 0 || ofStep(seen, one.step)[1] !== one), steps }],
  },
  {
    kind: 'frames of each step in reverse',
    answers: async ({ ordinary: { seen }, steps }) => [{ frames: withPictures(seen, (i) => ofStep(seen, seen[i]!.step).toReversed()[i - seen.findIndex((one) => one.step === seen[i]!.step)]!), steps }],
  },
  {
    kind: 'two people: one rests, another moves',
    answers: async ({ ordinary, stranger }) => [
      { frames: inTurn([ofStep(ordinary.seen, 0), ...stranger.steps.slice(1).map((_, i) => ofStep(stranger.seen, i + 1))]), steps: stranger.steps },
    ],
  },
  {
    kind: 'two people: the resident moves, another rests',
    answers: async ({ ordinary, stranger, steps }) => [{ frames: inTurn([ofStep(stranger.seen, 0), ...steps.slice(1).map((_, i) => ofStep(ordinary.seen, i + 1))]), steps }],
  },
  {
    kind: 'two people: one frame of another at rest',
    answers: async ({ ordinary: { seen }, stranger, steps }) => [{ frames: withPictures(seen, (i) => (i === 1 ? stranger.seen[1]! : seen[i]!)), steps }],
  },
  {
    kind: 'two people: one frame of another on the way',
    answers: async ({ ordinary: { seen }, stranger, steps }) => [{ frames: withPictures(seen, (i) => (i === 5 ? stranger.seen[1]! : seen[i]!)), steps }],
  },
  {
    kind: 'frames in the order they came to mind',
    answers: async ({ ordinary: { seen }, steps, number }) => [{ frames: seen.map((_, i) => seen[(i * 5 + number) % seen.length]!), steps }],
  },
  { kind: 'in less time than anybody needs', answers: async ({ ordinary: { seen }, steps }) => [{ frames: seen.map((one) => ({ ...one, atMs: Math.round(one.atMs / 8) })), steps }] },
  { kind: 'an earlier visit, as it was', answers: async ({ ordinary, steps }) => [{ frames: ordinary.seen, steps, earlier: printsOf(ordinary.seen) }] },
  { kind: 'an earlier visit, compressed again', answers: again((picture) => picture, 55) },
  { kind: 'an earlier visit, a tenth brighter', answers: again((picture) => picture.linear(1.1, 4)) },
  { kind: 'an earlier visit, moved by three pixels', answers: again((picture) => picture.extract({ left: 3, top: 2, width: 637, height: 478 }).extend({ right: 3, bottom: 2, extendWith: 'copy' })) },
  { kind: 'an earlier visit, cut by two in a hundred', answers: again((picture) => picture.extract({ left: 6, top: 5, width: 627, height: 470 }).resize(640, 480)) },
  {
    kind: 'two visits of the resident in one room',
    async answers({ subject: { head }, ordinary, steps, number, see }) {
      const frames = await photographed(head, takeAnswer(steps, head.reach, number + 900), number + 900)
      const moving = await see(frames.filter(({ step }) => step > 0))
      return [{ frames: inTurn([ofStep(ordinary.seen, 0), ...steps.slice(1).map((_, i) => ofStep(moving, i + 1))]), steps, earlier: [] }]
    },
  },
  {
    kind: 'clips of each movement, put into the order asked',
    async answers({ subject: { head }, steps, number, see }) {
      const script = actions.flatMap((action) => ['look', action] as const)
      const frames = await photographed(head, takeAnswer(script, head.reach, number + 700), number + 700)
      const wanted = [0, ...steps.slice(1).map((name) => script.indexOf(name))]
      return [{ frames: cut(await see(frames.filter(({ step }) => wanted.includes(step))), wanted), steps }]
    },
  },
]
