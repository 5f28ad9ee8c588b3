import { routes } from '@ikd/contract'
import { expect, type Page } from '@playwright/test'
import { makeDesk, makeInstitution } from '../../scripts/journeys/stage/desk.ts'
import { becomeResident, pin, ratna, register } from './support/resident.ts'
import { enlargeText, expectAccessible, readQr, test } from './support/stage.ts'

// The narrowest phone WCAG asks for (1.4.10). Tests follow each other on one phone.
test.describe.configure({ mode: 'serial' })

let page: Page
const complaints: string[] = []

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript|TrustedHTML/.test(message.text())) complaints.push(message.text())
  })
})
test.afterAll(() => page.context().close())


test('every screen from the first to Beranda is accessible at 320 px, also with text twice as large', async ({ stage }) => {
  test.slow()
  await becomeResident(page, stage, ratna(stage), async (screen, at) => {
    await test.step(screen, async () => {
      await expectAccessible(at)
      await enlargeText(at, 200)
      await expectAccessible(at)
      await enlargeText(at, 100)
    })
  })
  expect(complaints).toEqual([])
})

test('every screen behind the PIN is accessible at 320 px, in both languages', async () => {
  test.slow()
  const screens: readonly (readonly [RegExp, RegExp, string])[] = [
    [/^KTP Digital/, /^Digital KTP/, 'QR'],
    [/^Biodata/, /^Personal data/, 'WNI'],
    [/^Data Keluarga/, /^Family/, 'RATNA AYU KUSUMO'],
    [/^Dokumen/, /^Documents/, 'Kartu Keluarga'],
    [/^Histori/, /^History/, 'Disdukcapil Kota Madiun'],
    [/^Pengaturan/, /^Settings/, 'Disdukcapil Kota Madiun'],
  ]
  await expectAccessible(page)
  for (const [indonesian, english, content] of screens) {
    await test.step(english.source, async () => {
      await page.getByRole('link', { name: indonesian }).click()
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
      await expect(page.getByText(content).first()).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'English' }).click()
      await expect(page.getByRole('heading', { level: 1, name: english })).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Indonesia' }).click()
      await page.getByRole('link', { name: 'Beranda' }).click()
    })
  }
  expect(complaints).toEqual([])
})

test('a QR is made without internet inside its grant, and the verifier sees that', async ({ stage }) => {
  // The timers of the screen that opens now can be moved.
  await page.clock.install()
  await page.getByRole('link', { name: /^KTP Digital/ }).click()
  const fresh = await readQr(page)
  await page.context().setOffline(true)
  await page.clock.fastForward(80_000)
  await expect(page.getByText('Dibuat tanpa internet')).toBeVisible({ timeout: 15_000 })
  const offline = await readQr(page)
  expect(offline).not.toBe(fresh)
  await page.context().setOffline(false)
  stage.advance(80_000)
  const verifier = stage.demo.population.staff.find(({ role }) => role === 'verifier')?.username ?? ''
  const scan = await (await makeInstitution(stage.url, verifier, stage.password)).scan(offline)
  expect(scan.freshness).toBe('offline')
  await expect(page.getByText('Sudah dipindai oleh')).toBeVisible({ timeout: 40_000 })
})

test('out of sight for more than a minute, the PIN is asked again', async () => {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.clock.fastForward(61_000)
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(page.getByRole('heading', { name: 'Masukkan PIN' })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await expect(page.getByRole('heading', { name: 'KTP Digital' })).toBeVisible()
})

test('the phone keeps a key and nothing of the person', async ({ stage }) => {
  const kept = await page.evaluate(async () => {
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    const addresses: string[] = []
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) addresses.push(new URL(request.url).pathname)
    }
    const databases = await indexedDB.databases()
    return { texts, addresses, databases: databases.map(({ name }) => name) }
  })
  const { nik } = stage.demo.cast.find(({ part }) => part === 'genuine-pair') ?? { nik: 'unknown' }
  for (const secret of [nik, pin, 'ratna@contoh.id', 'RATNA']) expect(kept.texts.join()).not.toContain(secret)
  expect(kept.addresses.length).toBeGreaterThan(10)
  expect(kept.addresses.filter((path) => path.startsWith('/v1'))).toEqual([])
  expect(kept.databases).toEqual(['ikd'])
})

test('the app opens without internet and says what to do', async () => {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
  await page.context().setOffline(true)
  await page.goto(page.url())
  await expect(page.getByRole('heading', { name: 'IKD belum dapat dibuka' })).toBeVisible({ timeout: 40_000 })
  await expectAccessible(page)
  // It comes back by itself with the network.
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { name: 'Masukkan PIN' })).toBeVisible({ timeout: 20_000 })
})

test('a cancelled visit says why and leads to a new registration with a new key', async ({ stage, browser }) => {
  const visitor = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
  visitor.setDefaultTimeout(20_000)
  const nik = stage.demo.cast.find(({ part }) => part === 'uncertain-pair')?.nik ?? ''
  await register(visitor, stage, { nik, email: 'endang@contoh.id' })
  const desk = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode('madiun'), username: 'petugas.madiun', password: stage.password })
  const opened = await desk.open(await readQr(visitor))
  await desk.client.call(routes.cases.cancel, { token: desk.token, params: { caseId: opened.id }, body: { reason: 'technical' } })
  await expect(visitor.getByText('Kunjungan diakhiri di loket tanpa keputusan.')).toBeVisible()
  await expectAccessible(visitor)
  await visitor.getByRole('button', { name: 'Daftar lagi' }).click()
  await register(visitor, stage, { nik, email: 'endang@contoh.id' })
  await expect(visitor.getByRole('heading', { name: 'Terdaftar' })).toBeVisible()
  await visitor.context().close()
})
