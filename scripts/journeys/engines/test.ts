import { type LaunchOptions, test as base } from '@playwright/test'
import { findFirefox, findWebKit } from '../../setup/engines.mjs'
import { findFreePort } from '../stage/ports.ts'
import { closeSharedEngine, raiseStage, type Stage } from '../stage/stage.ts'
import { type Cable, layCable } from './cable.ts'
import { openChromium } from './chromium.ts'
import type { Engine, EngineName } from './engine.ts'
import { openFirefox } from './firefox.ts'
import { type Page, pageOf } from './page.ts'
import { openWebKit } from './webkit.ts'

/** One engine before a real server with both built front ends. */
export interface World {
  readonly stage: Stage
  /** Between the engine and the server. */
  readonly cable: Cable
  /** The resident's. */
  readonly phone: Page
  /** Somebody else's: it reads mail, helps a neighbour, scans at the bank. */
  readonly other: Page
}

function openEngine(name: EngineName, launchOptions: LaunchOptions): Promise<Engine> | Engine {
  switch (name) {
    case 'chromium':
      return openChromium(launchOptions)
    case 'firefox':
      return openFirefox(there(findFirefox()))
    case 'webkit':
      return openWebKit(there(findWebKit()))
  }
}

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('whoever asks for an engine has seen to it that it is here')
  return found
}

export const test = base.extend<object, { engineName: EngineName; world: World }>({
  engineName: ['chromium', { option: true, scope: 'worker' }],
  world: [
    async ({ engineName, launchOptions }, use) => {
      const engine = await openEngine(engineName, launchOptions)
      const publicPort = await findFreePort()
      let stage: Stage | undefined
      let cable: Cable | undefined
      try {
        const [raised, phone, other] = await Promise.all([raiseStage({ frontEnds: true, publicPort }), engine.openBrowser(), engine.openBrowser()])
        stage = raised
        cable = await layCable({ from: publicPort, to: stage.config.port })
        await use({ stage, cable, phone: pageOf(phone), other: pageOf(other) })
      } finally {
        await engine.close()
        await cable?.cut()
        await stage?.close()
        await closeSharedEngine()
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
