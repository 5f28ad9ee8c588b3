import type { FaceEngine } from '@ikd/face/node'
import type { DemoFace } from '../faces.ts'
import { answer, type AnsweredFrame, type Asked, shotsOf } from './answer.ts'
import { headOf } from './head.ts'
import { ordinaryReach } from './stance.ts'

/** Whoever sits before a desk's camera, and what it sees of them when something is asked. */
export type Sitter = (asked: Asked) => Promise<readonly AnsweredFrame[]>

/** A willing person; another visit shows other frames, as the server demands. */
export function person(eye: Pick<FaceEngine, 'measureProbe'>, face: DemoFace, visit: number): Sitter {
  return async (asked) => answer(await headOf(eye, face), asked, visit)
}

/** A photograph held there instead, for as long as it takes. */
export function photograph(jpeg: Uint8Array): Sitter {
  return async (asked) => shotsOf(asked, ordinaryReach, 0).map(({ atMs, step }) => ({ jpeg: Buffer.from(jpeg), atMs, step }))
}

/** Two looks at it and no more: enough for whoever needs a capture that comes to nothing. */
export function glimpse(jpeg: Uint8Array): Sitter {
  return async () => [0, 400].map((atMs) => ({ jpeg: Buffer.from(jpeg), atMs, step: 0 }))
}

/** Waits until frames that took so long can have been taken: the server knows when it asked. */
export async function taken(frames: readonly AnsweredFrame[], askedAt: number): Promise<void> {
  const left = askedAt + (frames.at(-1)?.atMs ?? 0) - Date.now()
  if (left > 0) await new Promise((done) => setTimeout(done, left))
}
