import { test as base } from '@playwright/test'
import { closeSharedEngine, raiseStage, type Stage } from './stage.ts'

/** A file of tests on one real server with both built front ends; its browsers are the tests' own. */
export const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({ playwright: _browsers }, use) => {
      const stage = await raiseStage({ frontEnds: true })
      await use(stage)
      await stage.close()
      await closeSharedEngine()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
