import { DomainError, type ProblemCode } from '@ikd/contract'

/** How many ended each way: `done`, or the code they were refused with. */
export type Outcomes = Partial<Record<'done' | ProblemCode, number>>

/** Sends all at once. Anything but an answer or a refusal is a failure of the test. */
export async function raceAll(contenders: readonly (() => Promise<unknown>)[]): Promise<Outcomes> {
  const outcomes: Outcomes = {}
  await Promise.all(
    contenders.map(async (contend) => {
      let end: 'done' | ProblemCode = 'done'
      try {
        await contend()
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        end = error.code
      }
      outcomes[end] = (outcomes[end] ?? 0) + 1
    }),
  )
  return outcomes
}

export function repeat<T>(times: number, make: (i: number) => T): T[] {
  return Array.from({ length: times }, (_, i) => make(i))
}
