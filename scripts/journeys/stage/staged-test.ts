import { test as base } from '@playwright/test'
import { closeSharedEngine, raiseStage, type Stage } from './stage.ts'

interface Staged {
  /** Files share a stage while one worker runs them. One that makes residents of people others need names a stage of its own. */
  readonly stageOf: string
  readonly stage: Stage
}

/** Files of tests on one real server with both built front ends; its browsers are the tests' own. */
export const test = base.extend<object, Staged>({
  stageOf: ['everybody', { option: true, scope: 'worker' }],
  stage: [
    async ({ playwright: _browsers, stageOf: _name }, use) => {
      const stage = await raiseStage({ frontEnds: true })
      await use(stage)
      await stage.close()
      await closeSharedEngine()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
