import { AsyncLocalStorage } from 'node:async_hooks'

/** Whatever is asked for while it is open is asked of the unit's own connection. */
interface OpenUnit {
  isOpen: boolean
}

const current = new AsyncLocalStorage<OpenUnit>()

/** A mistake of ours, told at once: it would have waited for a connection that waits for it. */
export class StoreAskedInUnitError extends Error {
  constructor() {
    super('the store was asked while a unit of work is open')
    this.name = 'StoreAskedInUnitError'
  }
}

/**
 * Runs a unit of work. Until it ends, neither it nor anything it has called gets another connection of any store: on SQLite
 * there is none, and it would wait for itself for ever; on PostgreSQL a pool full of such waits stands still.
 */
export function asOpenUnit<T>(run: () => Promise<T>): Promise<T> {
  const unit: OpenUnit = { isOpen: true }
  return current.run(unit, async () => {
    try {
      return await run()
    } finally {
      unit.isOpen = false
    }
  })
}

/** Asked by both databases' drivers before they give a connection away: there is no way round it. */
export function assertOutsideUnit(): void {
  if (current.getStore()?.isOpen) throw new StoreAskedInUnitError()
}
