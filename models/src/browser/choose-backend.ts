/** How one backend did in its trial. */
export type Trial = { backend: string; /** median of a look at a picture, ms */ ms: number }

/** A backend has this long to show what it can do, shaders and all: whoever waits for guidance waits for the trials. */
const trialMs = 4_000
const looks = 5

/**
 * The fastest of some backends, by trying each on the work it is for. One that does not start, fails on the way, or is not done in
 * its time is out; the first, which must run everywhere, is the one to beat.
 *
 * @param start makes a backend the running one; false or a rejection when it cannot run here
 * @param look one look at a picture
 * @throws Error when none can run
 */
export async function chooseBackend(
  backends: readonly string[],
  { start, look, now }: { start(backend: string): Promise<boolean>; look(): Promise<unknown>; now(): number },
): Promise<{ chosen: string; trials: Trial[] }> {
  const trials: Trial[] = []
  let running: string | undefined
  for (const backend of backends) {
    const ms = await tryOut(backend).catch(() => undefined)
    if (ms !== undefined) trials.push({ backend, ms })
  }
  const best = trials.reduce<Trial | undefined>((found, trial) => (found === undefined || trial.ms < found.ms ? trial : found), undefined)
  if (best === undefined) throw new Error('no backend can run here')
  if (running !== best.backend) await start(best.backend)
  return { chosen: best.backend, trials }

  async function tryOut(backend: string): Promise<number | undefined> {
    const began = now()
    running = undefined
    if (!(await start(backend))) return undefined
    running = backend
    // The first look compiles; it says nothing of those to come, but it must be done in time.
    await look()
    const times: number[] = []
    while (times.length < looks) {
      if (now() - began > trialMs) return undefined
      const from = now()
      await look()
      times.push(now() - from)
    }
    return times.sort((a, b) => a - b)[Math.floor(looks / 2)]
  }
}
