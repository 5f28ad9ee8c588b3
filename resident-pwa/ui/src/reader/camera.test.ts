import { afterEach, describe, expect, it, vi } from 'vitest'
import { cameraProblem } from '../problems/camera-problem-text.ts'
import { openVideo } from './camera.ts'

type Constraints = true | { readonly deviceId?: { readonly exact: string } }

/** A device whose engine answers each question for a picture by `answer`: a refusal's name, or nothing when it opens. */
function device(answer: (video: Constraints) => string | undefined, cameras: number, chosen: string | null = null) {
  const asked: Constraints[] = []
  vi.stubGlobal('localStorage', { getItem: () => chosen })
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: async ({ video }: { video: Constraints }) => {
        asked.push(video)
        const name = answer(video)
        // No DOMException, as older engines have it.
        if (name !== undefined) throw { name, constraint: '' }
        return 'a stream'
      },
      enumerateDevices: async () => Array.from({ length: cameras }, (_, i) => ({ kind: 'videoinput', deviceId: `camera ${i}`, label: '' })),
    },
  })
  return asked
}

const size = { width: { ideal: 640 } }
const problem = async (opening: Promise<unknown>) => cameraProblem(await opening.catch((error: unknown) => error))

afterEach(() => void vi.unstubAllGlobals())

describe('a camera', () => {
  it('that is not there is told as none, also where the engine says that nothing suits (WebKit)', async () => {
    device(() => 'OverconstrainedError', 0)
    expect(await problem(openVideo(size))).toBe('none')
    device(() => 'NotFoundError', 0)
    expect(await problem(openVideo(size))).toBe('none')
  })

  it('that gives no picture of that size is opened as it is', async () => {
    const asked = device((video) => (video === true ? undefined : 'OverconstrainedError'), 1)
    expect(await openVideo(size)).toBe('a stream')
    expect(asked.at(-1)).toBe(true)
  })

  it('that was chosen and has been taken away gives way to another', async () => {
    const asked = device((video) => (video !== true && video.deviceId ? 'OverconstrainedError' : undefined), 1, 'gone')
    expect(await openVideo(size)).toBe('a stream')
    expect(asked).toHaveLength(2)
  })

  it('that suits nothing at all is told so', async () => {
    device(() => 'OverconstrainedError', 2)
    expect(await problem(openVideo(size))).toBe('unsuitable')
  })

  it('that is refused is not asked for again and again', async () => {
    const asked = device(() => 'NotAllowedError', 1, 'chosen')
    expect(await problem(openVideo(size))).toBe('refused')
    expect(asked).toHaveLength(1)
  })
})
