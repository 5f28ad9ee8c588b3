import type { ChallengeStep } from '@ikd/contract'
import { describe, expect, test } from 'vitest'
import { decideAnswer } from './burst.ts'
import { verifyChallenge, type ChallengeFrame } from './challenge.ts'
import { mirroredFingerprint } from './fingerprint.ts'
import type { FaceMeasure, FrameMeasure } from './measure.ts'
import type { Point } from './pixels.ts'
import { templateLength, templateModel, type Template } from './template.ts'

type Pose = { yaw?: number; pitch?: number; scale?: number; x?: number }

const template = (person: number, moment = 0): Template => ({
  values: Float32Array.from({ length: templateLength }, (_, i) => Math.sin(person * 1.7 + i * 7.3) * 0.18 + 0.004 * Math.sin(moment + i)),
  model: templateModel,
})

/** A room with something moving in the middle of it; no two moments alike. */
const print = (moment: number, room = 1) =>
  Uint8Array.from({ length: 512 }, (_, i) => Math.floor(128 + 80 * Math.sin(room * 3 + i * 0.37) + 30 * Math.sin(moment * 12.9 + i * (1 + (moment % 7)))))

let moments = 0
function frame(atMs: number, step: number, pose: Pose = {}, as: { person?: number; fingerprint?: Uint8Array } = {}): ChallengeFrame {
  const { yaw = 0, pitch = 0, scale = 1, x = 320 } = pose
  const landmarks: Point[] = Array.from({ length: 68 }, () => [x, 240])
  landmarks[36] = [x - 50 * scale, 220]
  landmarks[45] = [x + 50 * scale, 220]
  const width = 200 * scale
  const face = { box: { x: x - width / 2, y: 140, width, height: width }, landmarks, pose: { yaw, pitch, roll: 0 }, faceWidth: width } as unknown as FaceMeasure
  const measure: FrameMeasure = { frame: { width: 640, height: 480 }, faces: 1, face, problems: [] }
  const moment = ++moments
  return { seen: { measure, template: template(as.person ?? 1, moment), fingerprint: as.fingerprint ?? print(moment) }, atMs, step }
}

const printOf = ({ seen }: ChallengeFrame) => (seen as { fingerprint: Uint8Array }).fingerprint
const withPrint = (one: ChallengeFrame, fingerprint: Uint8Array): ChallengeFrame => ('measure' in one.seen ? { ...one, seen: { ...one.seen, fingerprint } } : one)

const rest = [0, 200, 400, 600].map((atMs, i) => frame(atMs, 0, { yaw: [1, -2, 0, 2][i] ?? 0, pitch: 3 }))
/** Four frames of a movement, from `from` to `to`. */
const move = (step: number, poses: readonly Pose[], as: Parameters<typeof frame>[3] = {}) => poses.map((pose, i) => frame(1000 * step + 200 * i, step, { pitch: 3, ...pose }, as))
const left = [{ yaw: 1 }, { yaw: 11 }, { yaw: 19 }, { yaw: 20 }]
const right = [{ yaw: -1 }, { yaw: -11 }, { yaw: -19 }, { yaw: -20 }]
const up = [{ pitch: 2 }, { pitch: -4 }, { pitch: -11 }, { pitch: -12 }]
const closer = [{}, { scale: 1.12 }, { scale: 1.26 }, { scale: 1.3 }]
const reasons = (frames: readonly ChallengeFrame[], steps: readonly ChallengeStep[] = ['look', 'turn-left', 'look-up']) => {
  const verdict = verifyChallenge(frames, steps)
  return verdict.ok ? 'ok' : verdict.reasons
}
const answered = [...rest, ...move(1, left), ...move(2, [{ yaw: 12, pitch: 2 }, ...up.slice(1)])]

describe('an answer to a challenge', () => {
  test('is a person who rests and then does what was asked, one after the other', () => {
    expect(reasons(answered)).toBe('ok')
    expect(reasons([...rest, ...move(1, closer), ...move(2, right)], ['look', 'come-closer', 'turn-right'])).toBe('ok')
    const three = [...rest, ...move(1, left), ...move(2, [{ yaw: 15 }, { yaw: -5 }, { yaw: -18 }, { yaw: -19 }]), ...move(3, up)]
    expect(reasons(three, ['look', 'turn-left', 'turn-right', 'look-up'])).toBe('ok')
  })

  test('compares only frames that look as the person does at rest', () => {
    const verdict = verifyChallenge(answered, ['look', 'turn-left', 'look-up'])
    expect(verdict.ok && [...verdict.resting]).toEqual([0, 1, 2, 3, 4, 9])
  })

  test.each<[string, readonly ChallengeFrame[]]>([
    ['in the wrong order', [...rest, ...move(1, up), ...move(2, left)]],
    ['seen in a mirror', [...rest, ...move(1, right), ...move(2, up)]],
    ['for other actions', [...rest, ...move(1, closer), ...move(2, right)]],
    ['of a face that never moves', [...rest, ...move(1, [{}, {}, {}, {}]), ...move(2, [{}, {}, {}, {}])]],
    ['of a film that turns to and fro', [...rest, ...move(1, [{ yaw: -2 }, { yaw: -15 }, { yaw: 16 }, { yaw: 18 }]), ...move(2, up)]],
    ['that jumps to where it was to arrive', [...rest, ...move(1, [{ yaw: 1 }, { yaw: 19 }, { yaw: 19.5 }, { yaw: 20 }]), ...move(2, up)]],
    ['that goes less far than was asked', [...rest, ...move(1, [{}, { yaw: 6 }, { yaw: 13 }, { yaw: 13.4 }]), ...move(2, up)]],
    ['reached in one frame only', [...rest, ...move(1, [{}, { yaw: 5 }, { yaw: 9 }, { yaw: 16 }]), ...move(2, up)]],
  ])('%s is none', (_, frames) => {
    expect(reasons(frames)).toContain('challenge-not-followed')
  })

  test('names the action that was not seen', () => {
    expect(reasons([...rest, ...move(1, left), ...move(2, left)])).toEqual(['challenge-not-followed', 'look-up-not-seen'])
    expect(reasons([...rest, ...move(1, up), ...move(2, left)])).toEqual(['challenge-not-followed', 'turn-left-not-seen', 'look-up-not-seen'])
  })

  test('begins with a face that is still', () => {
    const restless = rest.map((one, i) => frame(one.atMs, 0, { yaw: [-12, 0, 12, 0][i] ?? 0 }))
    expect(reasons([...restless, ...move(1, left), ...move(2, up)])).toEqual(['challenge-not-followed', 'moved-too-early'])
  })

  test('has frames in the order of time and of the steps, and takes the time a person needs', () => {
    const [first, ...others] = answered
    expect(reasons([...others, first!])).toContain('challenge-not-followed')
    expect(reasons(answered.map((one) => ({ ...one, atMs: Math.round(one.atMs / 5) })))).toEqual(['challenge-not-followed'])
    expect(reasons(answered.map((one) => ({ ...one, atMs: 100 })))).toEqual(['challenge-not-followed'])
    expect(reasons(answered.filter(({ step }) => step !== 1))).toEqual(['challenge-not-followed'])
    expect(reasons(answered.slice(0, 8))).toEqual(['challenge-not-followed'])
    expect(reasons([])).toEqual(['challenge-not-followed'])
  })

  test('is of one person throughout', () => {
    expect(reasons([...rest, ...move(1, left, { person: 2 }), ...move(2, up, { person: 2 })])).toEqual(['faces-differ-between-frames'])
  })

  test('may hold still at its end, and move slower than a camera sees from one frame to the next', () => {
    const there = move(1, left)
    expect(reasons([...rest, ...there.slice(0, 3), withPrint(there[3]!, printOf(there[2]!)), ...move(2, up)])).toBe('ok')
    const slow = rest.map((one, i) => withPrint(one, print(700).map((value, k) => value + (k % 16 < i ? 2 : 0))))
    expect(reasons([...slow, ...move(1, left), ...move(2, up)])).toBe('ok')
  })

  test('has no frozen frames: one picture over and over is one frame', () => {
    const frozen = print(900)
    expect(reasons([...rest, ...move(1, left, { fingerprint: frozen }), ...move(2, up)])).toContain('turn-left-not-seen')
    const still = rest.map(({ atMs }) => frame(atMs, 0, {}, { fingerprint: frozen }))
    expect(reasons([...still, ...move(1, left), ...move(2, up)])).toContain('moved-too-early')
  })

  test('has no picture that comes back after another: a film that began again', () => {
    const again = answered.map((one, i) => (i === 8 ? withPrint(one, printOf(answered[0]!)) : one))
    expect(reasons(again)).toEqual(['repeated-frame'])
  })

  test('has no picture that is another one in a mirror: a film of one turn does for one turn', () => {
    const turned = move(1, left)
    const back = move(2, [{ yaw: 15 }, { yaw: -5 }, { yaw: -18 }, { yaw: -19 }])
    const steps = ['look', 'turn-left', 'turn-right'] as const
    expect(reasons([...rest, ...turned, ...back], steps)).toBe('ok')
    // Not the very same moment, so that the two differ as neighbouring frames of a film do.
    const inMirror = mirroredFingerprint(printOf(turned[3]!)).map((value, i) => value + (i % 40 === 0 ? 1 : 0))
    expect(reasons([...rest, ...turned, ...back.slice(0, 3), withPrint(back[3]!, inMirror)], steps)).toEqual(['repeated-frame'])
  })

  test('is not cut: the face goes from where it was, and the room stays', () => {
    expect(reasons([...rest, ...move(1, left.map((pose) => ({ ...pose, x: 560 }))), ...move(2, up)])).toEqual(['challenge-not-followed', 'picture-jumped'])
    const elsewhere = move(1, left).map((one, i) => frame(one.atMs, 1, left[i], { fingerprint: print(500 + i, 40) }))
    expect(reasons([...rest, ...elsewhere, ...move(2, up)])).toEqual(['challenge-not-followed', 'picture-jumped'])
  })
})

describe('the decision on an answer', () => {
  const steps: readonly ChallengeStep[] = ['look', 'turn-left', 'look-up']
  const reference = { template: template(1), fingerprint: print(9999, 80) }

  test('is about who it is once it was given, from the frames at rest', () => {
    expect(decideAnswer({ frames: answered, steps, reference })).toMatchObject({ outcome: 'match', reasons: [], usedFrames: [0, 1, 2, 3, 4, 9] })
    expect(decideAnswer({ frames: answered, steps, reference: { ...reference, template: template(7) } }).outcome).toBe('non-match')
  })

  test('is never a match without it', () => {
    const still = [...rest, ...move(1, [{}, {}, {}, {}]), ...move(2, [{}, {}, {}, {}])]
    const outcome = decideAnswer({ frames: still, steps, reference })
    expect(outcome).toEqual({ outcome: 'failure-to-acquire', reasons: ['challenge-not-followed', 'turn-left-not-seen', 'look-up-not-seen'], usedFrames: [] })
  })

  test('says first what keeps the face from being seen', () => {
    const dark = answered.map((one) => ('measure' in one.seen ? { ...one, seen: { ...one.seen, measure: { ...one.seen.measure, problems: ['too-dark' as const] } } } : one))
    expect(decideAnswer({ frames: dark.slice(0, 6), steps, reference }).reasons).toEqual(['too-dark'])
  })

  test('refuses yesterday’s answer, also in a mirror', () => {
    const earlier = answered.flatMap(({ seen }) => ('measure' in seen && seen.fingerprint ? [seen.fingerprint] : []))
    expect(decideAnswer({ frames: answered, steps, reference, earlier }).reasons).toEqual(['repeated-frame'])
    const mirrored = earlier.map((one) => Uint8Array.from(one, (_, i) => one[(i - (i % 16)) + 15 - (i % 16)]!))
    expect(decideAnswer({ frames: answered, steps, reference, earlier: mirrored }).reasons).toEqual(['repeated-frame'])
  })
})
