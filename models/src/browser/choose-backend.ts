/** How one backend did in its trial. */
export type Trial = { backend: string; /** median of a look at a picture, ms */ ms: number }

/** A challenger has this long to show what it can do, shaders and all: whoever waits for guidance waits for the trials. */
const trialMs = 4_000
const looks = 5
/** How far apart two backends' points of one picture may lie, px: rounding moves them by thousandths, a wrong driver by many. */
const alike = 1

/**
 * The fastest of some backends, by trying each on the work it is for. The first, which must run everywhere, is the one to beat: a
 * challenger that does not start, fails on the way, is not done in its time, or sees something else than the first, is out.
 *
 * @param start makes a backend the running one; rejects when it cannot run here
 * @param look one look at a picture, always the same, and the numbers that came of it
 * @param after rejects when so many milliseconds have gone by
 * @throws Error when the first cannot run
 */
export async function chooseBackend(
  backends: readonly [string, ...string[]],
  tools: { start(backend: string): Promise<void>; look(): Promise<readonly number[]>; now(): number; after(ms: number): Promise<never> },
): Promise<{ chosen: string; trials: Trial[] }> {
  const { start, look, now, after } = tools
  const [first, ...challengers] = backends
  await start(first)
  // Nobody to beat: the first is not made to run for nothing.
  if (challengers.length === 0) return { chosen: first, trials: [] }
  let best = await tryOut(first)
  let running = first
  const { seen } = best
  const trials = [best.trial]
  for (const backend of challengers) {
    running = backend
    const tried = await Promise.race([start(backend).then(() => tryOut(backend)), after(trialMs)]).catch(() => undefined)
    if (tried === undefined || !isAlike(tried.seen, seen)) continue
    trials.push(tried.trial)
    if (tried.trial.ms < best.trial.ms) best = tried
  }
  const chosen = best.trial.backend
  if (running !== chosen) await start(chosen)
  return { chosen, trials }

  async function tryOut(backend: string): Promise<{ trial: Trial; seen: readonly number[] }> {
    // The first look compiles; it says nothing of the time of those to come.
    const answer = await look()
    const times: number[] = []
    while (times.length < looks) {
      const from = now()
      await look()
      times.push(now() - from)
    }
    return { trial: { backend, ms: times.sort((a, b) => a - b)[Math.floor(looks / 2)]! }, seen: answer }
  }
}

/** Not a number is like nothing. */
function isAlike(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => Math.abs(value - b[i]!) <= alike)
}
