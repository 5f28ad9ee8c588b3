import { describe, expect, it } from 'vitest'
import { Observed } from './observed.ts'
import { askPersistence, type Persistence, showPersistence } from './storage-persistence.ts'

/** A browser whose answers are given by hand. */
function browser() {
  const asked = Promise.withResolvers<boolean>()
  const known = Promise.withResolvers<boolean>()
  const storage = { persist: () => asked.promise, persisted: () => known.promise } as unknown as StorageManager
  return { storage, asked, known, shown: new Observed<Persistence>('unknown') }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('asking that storage is kept', () => {
  it('gives nothing that could be awaited while the browser waits for the person', async () => {
    const { storage, shown, asked } = browser()
    expect(askPersistence(shown, storage)).toBeUndefined()
    expect(shown.value).toBe('asking')
    asked.resolve(true)
    await settled()
    expect(shown.value).toBe('granted')
  })

  it.each([
    ['a no', (answer: PromiseWithResolvers<boolean>) => answer.resolve(false)],
    ['a failure', (answer: PromiseWithResolvers<boolean>) => answer.reject(new TypeError('not here'))],
  ])('shows %s as refused', async (_, answer) => {
    const { storage, shown, asked } = browser()
    askPersistence(shown, storage)
    answer(asked)
    await settled()
    expect(shown.value).toBe('refused')
  })

  it('says so where a browser has no such question', () => {
    const { shown } = browser()
    askPersistence(shown, {} as StorageManager)
    expect(shown.value).toBe('unsupported')
  })

  it('is not overtaken by the answer to what was promised before', async () => {
    const { storage, shown, known, asked } = browser()
    showPersistence(shown, storage)
    askPersistence(shown, storage)
    known.resolve(false)
    await settled()
    expect(shown.value).toBe('asking')
    asked.resolve(true)
    await settled()
    expect(shown.value).toBe('granted')
  })

  it('shows what was promised before', async () => {
    const { storage, shown, known } = browser()
    showPersistence(shown, storage)
    known.resolve(true)
    await settled()
    expect(shown.value).toBe('granted')
  })
})
