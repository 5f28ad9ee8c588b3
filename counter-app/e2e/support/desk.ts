import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test as base } from '@playwright/test'
import type { DemoFace } from '../../../scripts/demo/faces.ts'
import { nextCode } from '../../../scripts/journeys/stage/authenticator.ts'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import { createPageCamera, type PageCamera } from '../../../scripts/demo/turning-head/page-camera.ts'
import { loadFaces } from './camera.ts'
import { officer, population } from './population.ts'
import { type Service, startService } from './service.ts'

/** Every desk enrols with a code of its own; codes work once, and files of tests may share a server. */
export const enrolmentCodes = { story: 'LOKET-UJI-0001', admin: 'LOKET-UJI-0002', colleague: 'LOKET-UJI-0003', lifecycle: 'LOKET-UJI-0004', duplicates: 'LOKET-UJI-0005', first: 'LOKET-UJI-0006', second: 'LOKET-UJI-0007' } as const

export interface World {
  readonly service: Service
  readonly faces: ReadonlyMap<string, DemoFace>
  /** Looks at what is held before it, or at people. */
  readonly engine: FaceEngine
  /** The camera of every desk. */
  readonly camera: PageCamera
  readonly browser: Browser
}

export function face(world: Pick<World, 'faces'>, id: string): DemoFace {
  const found = world.faces.get(id)
  if (!found) throw new Error(`no face ${id} in the installed sample pictures`)
  return found
}

/** One server, one browser with one camera for tests which follow each other. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({ playwright, launchOptions }, use) => {
      const engine = await createFaceEngine()
      const faces = await loadFaces(engine)
      const camera = createPageCamera()
      const photos = {
        ratna: face({ faces }, 'sample1-1230').jpeg,
        dewi: face({ faces }, 'sample2-751').jpeg,
        bayu: face({ faces }, 'sample5-' + [...faces.keys()].find((id) => id.startsWith('sample5-'))!.slice(8)).jpeg,
      }
      const service = await startService(population(photos, Object.values(enrolmentCodes)))
      const browser = await playwright.chromium.launch(launchOptions)
      await use({ service, faces, engine, camera, browser })
      await browser.close()
      await service.stop()
      await engine.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** A cheap office PC. */
export async function openPage(world: World): Promise<Page> {
  const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' })
  const page = await context.newPage()
  await world.camera.install(page)
  page.on('pageerror', (error) => {
    throw error
  })
  return page
}

export async function enterPassword(page: Page, who: { username: string; password: string } = officer): Promise<void> {
  await page.getByRole('textbox', { name: 'Nama pengguna' }).fill(who.username)
  await page.getByRole('textbox', { name: 'Kata sandi' }).fill(who.password)
  await page.keyboard.press('Enter')
}

/** Six digits of this person's authenticator app, sent by the last of them. */
export async function enterCode(page: Page, service: Pick<Service, 'serverUrl'>, who: { username: string } = officer): Promise<void> {
  await page.getByLabel('Kode 6 angka').fill(await nextCode(service.serverUrl, who.username))
}

/** Password, then code. */
export async function enter(page: Page, service: Pick<Service, 'serverUrl'>, who: { username: string; password: string } = officer): Promise<void> {
  await enterPassword(page, who)
  await enterCode(page, service, who)
}

export async function signIn(page: Page, service: Pick<Service, 'serverUrl'>, who: { username: string; password: string } = officer): Promise<void> {
  await enter(page, service, who)
  await expect(page.getByRole('heading', { name: 'Sedang berjalan' })).toBeVisible()
}

/** A machine becomes a workstation of the office. */
export async function enrol(page: Page, service: Pick<Service, 'counterUrl'>, enrolmentCode: string): Promise<void> {
  await page.goto(`${service.counterUrl}#enrol=${enrolmentCode}`)
  await page.getByRole('button', { name: 'Daftarkan' }).click()
  await expect(page.getByRole('heading', { name: 'Masuk loket' })).toBeVisible()
}

/** WCAG 2.2 A and AA, as far as a machine can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
}
