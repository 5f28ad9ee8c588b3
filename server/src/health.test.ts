import { afterEach, beforeEach, expect, it } from 'vitest'
import { transact } from './database/transact.ts'
import { assertStoreAnswers } from './health.ts'
import { createTestCore, type TestCore } from './testing/core.ts'

let core: TestCore
beforeEach(async () => {
  core = await createTestCore({ config: { databasePool: 1 } })
})
afterEach(() => core.close())

it('a store that somebody holds and does not give back is told as not answering, and as answering once it is free', async () => {
  await assertStoreAnswers(core)
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const holding = transact(core.store, async (work) => {
    await work.selectFrom('office').select('id').execute()
    await over
  })
  await expect(assertStoreAnswers(core, 100)).rejects.toMatchObject({ code: 'storage-unavailable' })
  end()
  await holding
  await assertStoreAnswers(core)
})
