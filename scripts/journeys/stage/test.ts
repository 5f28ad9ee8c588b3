import { type Browser, type Page, test as base } from '@playwright/test'
import type { DemoFace } from '../../demo/faces.ts'
import { type CameraBrowser, newPhoneContext, openCameraBrowser, openPage } from './browsers.ts'
import { type DeskHost, type OpenedDesk, openDeskAt } from './desk-host.ts'
import { closeSharedEngine, raiseStage, type Stage } from './stage.ts'

/** The stage with its browsers: phones without a camera, the desk and an institution's phone with one each. */
export interface World {
  readonly stage: Stage
  readonly phones: Browser
  readonly desk: CameraBrowser
  readonly scanner: CameraBrowser
  openPhone(): Promise<Page>
  /** The counter, wherever this project runs it, about to enrol. */
  openDesk(): Promise<Page>
  openScanner(): Promise<Page>
  nikOf(part: string): string
  face(id: string): DemoFace
}

export const test = base.extend<object, { deskHost: DeskHost; world: World }>({
  deskHost: ['browser', { option: true, scope: 'worker' }],
  world: [
    async ({ playwright, launchOptions, deskHost }, use) => {
      const launch = (args: readonly string[]) => playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] })
      const stage = await raiseStage({ frontEnds: true })
      const [phones, desk, scanner] = await Promise.all([launch([]), openCameraBrowser({ launch }), openCameraBrowser({ launch })])
      const desks: OpenedDesk[] = []
      await use({
        stage,
        phones,
        desk,
        scanner,
        openPhone: async () => openPage(await newPhoneContext(phones)),
        async openDesk() {
          const opened = await openDeskAt(deskHost, stage, desk)
          desks.push(opened)
          return opened.page
        },
        openScanner: async () => openPage(await newPhoneContext(scanner.browser)),
        nikOf(part) {
          const member = stage.demo.cast.find((candidate) => candidate.part === part)
          if (!member) throw new Error(`nobody in the demo is ${part}`)
          return member.nik
        },
        face(id) {
          const face = stage.faces.find((candidate) => candidate.id === id)
          if (!face) throw new Error(`no face ${id} in the installed sample pictures`)
          return face
        },
      })
      await Promise.all(desks.map((opened) => opened.close()))
      await Promise.all([phones.close(), desk.close(), scanner.close()])
      await stage.close()
      await closeSharedEngine()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
