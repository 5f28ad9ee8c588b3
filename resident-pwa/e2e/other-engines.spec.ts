import { expect, type Page } from '@playwright/test'
import { becomeResident, endang, register } from './support/resident.ts'
import { expectAccessible, test } from './support/stage.ts'

// A service worker fetches the whole app for each browser: together they would be more requests than one network has in a minute.
test.use({ stageOf: 'other engines', serviceWorkers: 'block' })

// What other engines do, imitated in Chromium by putting their behaviour in the place of its own before the page loads.

const persistAnswers = 'answerLikeAPerson'

/** Firefox: `persist()` waits for as long as the person does. */
async function askLikeFirefox(page: Page): Promise<void> {
  await page.addInitScript((name) => {
    navigator.storage.persist = () => new Promise((resolve) => Object.assign(window, { [name]: resolve }))
    navigator.storage.persisted = () => Promise.resolve(false)
  }, persistAnswers)
}

test('as in Firefox: registering does not wait for the person to answer about storage, and the answer is shown when it comes', async ({ page, stage }) => {
  page.setDefaultTimeout(20_000)
  await page.setViewportSize({ width: 360, height: 640 })
  await askLikeFirefox(page)
  await becomeResident(page, stage, endang(stage))
  await page.getByRole('link', { name: /^Pengaturan/ }).click()
  await expect(page.getByText(/Peramban Anda sedang bertanya di dekat alamat/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Tanyakan sekali lagi' })).toBeEnabled()
  await expectAccessible(page)
  await page.evaluate((name) => (window as unknown as Record<string, (kept: boolean) => void>)[name]?.(true), persistAnswers)
  await expect(page.getByText('Ponsel ini berjanji tidak menghapus kunci IKD.')).toBeVisible()
})

test('as in WebKit after an update: storage that never answers is told within ten seconds, with a way on', async ({ page, stage }) => {
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype
    IDBFactory.prototype.open = function (this: IDBFactory, ...parts: Parameters<typeof open>) {
      if (!(window as unknown as { silent: boolean }).silent) return open.apply(this, parts)
      return Object.assign(open.call(this, 'of nobody'), { addEventListener: () => {} })
    }
    Object.assign(window, { silent: true })
  })
  await page.goto(stage.url)
  await expect(page.getByText('Penyimpanan peramban tidak menjawab')).toBeVisible({ timeout: 12_000 })
  await page.evaluate(() => Object.assign(window, { silent: false }))
  await page.getByRole('button', { name: 'Coba lagi' }).click()
  await register(page, stage, { nik: stage.demo.cast.find(({ part }) => part === 'newcomer')?.nik ?? '', email: 'widya@contoh.id' })
})

/** What Safari has since 16.4, Chromium since 111 and Firefox since 115 is the floor; this is what came later. */
async function takeAwayWhatIsNewer(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const newer: [object, string[]][] = [
      [AbortSignal, ['any']],
      [URLSearchParams.prototype, ['size']],
      [URL, ['canParse', 'parse']],
      [Promise, ['withResolvers', 'try']],
      [Object, ['groupBy']],
      [Map, ['groupBy']],
      [Array, ['fromAsync']],
      [Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom', 'symmetricDifference']],
      [Uint8Array, ['fromBase64', 'fromHex']],
      [Uint8Array.prototype, ['toBase64', 'toHex']],
      [globalThis, ['Iterator', 'scheduler', 'requestIdleCallback']],
    ]
    for (const [owner, names] of newer) for (const name of names) Reflect.deleteProperty(owner, name)
  })
}

test('as in Safari 16.4: captcha, registration and a link page work without what came later', async ({ page, stage }) => {
  page.setDefaultTimeout(20_000)
  await takeAwayWhatIsNewer(page)
  await page.goto(stage.url)
  expect(await page.evaluate(() => 'any' in AbortSignal || 'size' in URLSearchParams.prototype)).toBe(false)
  await register(page, stage, { nik: stage.demo.cast.find(({ part }) => part === 'newcomer')?.nik ?? '', email: 'widya@contoh.id' })
  await page.goto(`${stage.url}/tangguhkan`)
  await page.getByRole('button', { name: 'Saya bukan robot' }).click()
  await expect(page.getByText('Bukan robot: sudah diperiksa')).toBeVisible()
})

test('as in Chrome 109, the last on Windows 7: a browser below the floor is told what to do', async ({ page, stage }) => {
  await page.setViewportSize({ width: 360, height: 640 })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.addInitScript(() => Reflect.deleteProperty(Array.prototype, 'toSorted'))
  await page.goto(`${stage.url}/aktivasi#AAAAAAAAAAAAAAAAAAAAAA`)
  await expect(page.getByRole('heading', { name: 'Peramban ini terlalu lama' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'This browser is too old' })).toBeVisible()
  await expect(page.getByText('Petugas melayani Anda tanpa ponsel.')).toBeInViewport()
  await expectAccessible(page)
  await page.waitForLoadState('networkidle')
  // The app stays away: it asks the server nothing, and a link's secret can still be copied to another browser.
  expect(asked.filter((path) => path.startsWith('/v1'))).toEqual([])
  expect(page.url()).toContain('#AAAA')
})
