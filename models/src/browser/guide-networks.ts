import type { Backend } from './backend.ts'
import { chooseBackend, type Trial } from './choose-backend.ts'

/** Something to run on that is there: what it is called, and how it is opened. */
export type Candidate = { readonly name: string; open(): Promise<Backend> | Backend }
export type GuideNetworks<Networks> = {
  readonly chosen: string
  readonly trials: readonly Trial[]
  /** Work with the networks; begun anew on the first candidate's when the chosen one fails, and on those from then on. */
  run<Answer>(work: (networks: Networks) => Promise<Answer>): Promise<Answer>
}

/**
 * The networks on the fastest of some backends, and on the first for good once that one is lost: guidance goes on.
 *
 * @param candidates the first must run everywhere and is never lost
 * @param load the networks, on the backend in use
 * @param look one look at a picture with them, always the same, and the numbers that came of it
 * @throws Error when the first candidate or its networks cannot be opened
 */
export async function openNetworks<Networks>(
  candidates: readonly [Candidate, ...Candidate[]],
  load: () => Promise<Networks>,
  { look, ...clock }: { look(networks: Networks): Promise<readonly number[]>; now(): number; after(ms: number): Promise<never> },
): Promise<GuideNetworks<Networks>> {
  type Opened = { backend: Backend; networks: Networks }
  const opened = new Map<string, Opened>()
  let running: Opened | undefined
  let wanted: string
  const start = async (name: string) => {
    wanted = name
    const known = opened.get(name)
    const backend = known?.backend ?? (await candidates.find((one) => one.name === name)!.open())
    // Between two looks nobody listens; the next one hears of it.
    backend.lost.catch(() => {})
    // Whoever comes too late does not take the place of the one that was begun since.
    if (wanted !== name) return backend.stop()
    await backend.use()
    const networks = known?.networks ?? (await load())
    // Networks that came too late may have been made where the next one runs by now.
    if (wanted !== name) return backend.stop()
    running = { backend, networks }
    opened.set(name, running)
  }
  const work = <Answer>(ask: (networks: Networks) => Promise<Answer>) => {
    const { backend, networks } = running!
    // The loss first: of what a lost one answers nothing is worth having.
    return Promise.race([backend.lost, ask(networks)])
  }

  const first = candidates[0].name
  const names = candidates.map(({ name }) => name) as [string, ...string[]]
  const { chosen, trials } = await chooseBackend(names, { ...clock, start, look: () => work(look) })
  for (const [name, { backend }] of opened) if (name !== first && name !== chosen) backend.stop()
  return {
    chosen,
    trials,
    async run(ask) {
      const { backend } = running!
      if (backend === opened.get(first)?.backend) return work(ask)
      try {
        return await work(ask)
      } catch (error) {
        // For whoever looks after the desk: guidance is slower from here on.
        console.warn(`the face guide goes on with ${first}:`, error)
        await start(first)
        backend.stop()
        return work(ask)
      }
    },
  }
}
