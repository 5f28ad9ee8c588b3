import { setBackend } from '@tensorflow/tfjs-core'

/** What networks run on in a browser. */
export type Backend = {
  /** Makes it the one on which everything is computed from now on. */
  use(): Promise<void>
  /** Never resolves; rejects when what it runs on is gone, e.g. a graphics card that was reset. */
  readonly lost: Promise<never>
  /** Gives back what it holds of the machine; it cannot be used again. */
  stop(): void
}

/** @throws Error when it cannot run here */
export async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`${name} cannot run here`)
}
