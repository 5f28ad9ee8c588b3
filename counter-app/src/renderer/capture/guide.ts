import type { FrameReason } from '@ikd/contract'
import type { Bearing } from '@ikd/face'

/** What the desk's own look at the camera picture found. Advice only: the server measures everything again. */
export interface Guidance {
  /** Weightiest first; empty when the picture is good. */
  readonly problems: readonly FrameReason[]
  /** What would make a good picture better, and is in nobody's way. */
  readonly hints: readonly FrameReason[]
  /** Where the face looks and how large it is; absent where there is none. */
  readonly bearing?: Bearing
}

export interface FaceGuide {
  /** Looks at one picture, which it takes over. */
  look(picture: ImageBitmap | VideoFrame): Promise<Guidance>
  close(): void
}

/** Rejects when the guide cannot run here, e.g. without WebAssembly; capturing by button works all the same. */
export type OpenGuide = () => Promise<FaceGuide>
