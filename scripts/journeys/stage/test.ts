import { type Browser, type Page, test as base } from '@playwright/test'
import { createPageCamera, type PageCamera } from '../../demo/turning-head/page-camera.ts'
import { type CameraBrowser, newPhoneContext, openCameraBrowser, openPage } from './browsers.ts'
import { type DeskHost, type OpenedDesk, openDeskAt } from './desk-host.ts'
import { closeSharedEngine, raiseStage, type Stage } from './stage.ts'

/** The stage with its browsers: phones without a camera, a desk with one, and an institution's phone with one of its own. */
export interface World {
  readonly stage: Stage
  readonly phones: Browser
  readonly desk: PageCamera
  readonly scanner: CameraBrowser
  openPhone(): Promise<Page>
  /** The counter, wherever this project runs it, about to enrol. */
  openDesk(): Promise<Page>
  openScanner(): Promise<Page>
  nikOf(part: string): string
}

export const test = base.extend<object, { deskHost: DeskHost; world: World }>({
  deskHost: ['browser', { option: true, scope: 'worker' }],
  world: [
    async ({ playwright, launchOptions, deskHost }, use) => {
      const launch = (args: readonly string[]) => playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] })
      const stage = await raiseStage({ frontEnds: true })
      const [phones, desks, scanner] = await Promise.all([launch([]), launch([]), openCameraBrowser({ launch })])
      const desk = createPageCamera()
      const opened: OpenedDesk[] = []
      await use({
        stage,
        phones,
        desk,
        scanner,
        openPhone: async () => openPage(await newPhoneContext(phones)),
        async openDesk() {
          const one = await openDeskAt(deskHost, stage, desks, desk)
          opened.push(one)
          return one.page
        },
        openScanner: async () => openPage(await newPhoneContext(scanner.browser)),
        nikOf(part) {
          const member = stage.demo.cast.find((candidate) => candidate.part === part)
          if (!member) throw new Error(`nobody in the demo is ${part}`)
          return member.nik
        },
      })
      await Promise.all(opened.map((one) => one.close()))
      await Promise.all([phones.close(), desks.close(), scanner.close()])
      await stage.close()
      await closeSharedEngine()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
