import type { Store } from '@ikd/server'

type Holds = (store: Store) => Promise<boolean>

/** What the clients of a run were told, written down by them: from then on it must be in the database, whatever dies. */
export interface Journal {
  /** Stays true for good. */
  note(sentence: string, holds: Holds): void
  /** True until it is released, or replaced under the same name. */
  hold(name: string, holds: Holds): void
  release(name: string): void
  readonly count: number
  /** Acknowledged acts the database does not know: of those noted since the last look, or of all; and all that is held. */
  findLost(store: Store, which: 'new' | 'all'): Promise<string[]>
}

export function createJournal(): Journal {
  const noted: { readonly sentence: string; readonly holds: Holds }[] = []
  const held = new Map<string, Holds>()
  let checked = 0
  return {
    get count() {
      return noted.length
    },
    note: (sentence, holds) => void noted.push({ sentence, holds }),
    hold: (name, holds) => void held.set(name, holds),
    release: (name) => void held.delete(name),
    async findLost(store, which) {
      const from = which === 'all' ? 0 : checked
      checked = noted.length
      const lost: string[] = []
      for (const { sentence, holds } of noted.slice(from, checked)) if (!(await holds(store))) lost.push(sentence)
      for (const [name, holds] of held) if (!(await holds(store)) && held.get(name) === holds) lost.push(name)
      return lost
    },
  }
}
