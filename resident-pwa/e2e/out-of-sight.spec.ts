import { expect, type Page } from '@playwright/test'
import { makeInstitution } from '../../scripts/journeys/stage/desk.ts'
import { becomeResident, endang, pin, ratna, widya } from './support/resident.ts'
import { enlargeText, readQr, test } from './support/stage.ts'

// A service worker fetches the whole app for each browser: together they would be more requests than one network has in a minute.
test.use({ stageOf: 'out of sight', serviceWorkers: 'block' })

// What a person does not see: what stands outside a small screen, and what happened behind another app.

/** Where the person has scrolled to before the next step comes by itself. */
async function scrollToTheEnd(page: Page): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
}

/** The page tells of itself what it would behind another app. */
async function become(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => visibility === 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

const fields: Readonly<Record<string, string>> = { code: 'Kode aktivasi dari e-mail', PIN: 'PIN baru' }

for (const [percent, person] of [
  [100, ratna],
  [200, endang],
] as const) {
  test(`each step begins in sight at 360×640 and ${percent} % text, wherever one had scrolled to`, async ({ page, stage }) => {
    test.slow()
    page.setDefaultTimeout(20_000)
    await page.setViewportSize({ width: 360, height: 640 })
    const seen: string[] = []
    await becomeResident(page, stage, person(stage), async (step, at) => {
      if (at !== page) return
      if (step === 'welcome') await enlargeText(page, percent)
      if (step === 'welcome' || step === 'register with mistakes') return
      seen.push(step)
      await expect(page.getByRole('heading', { level: 1 }), step).toBeInViewport({ ratio: 1 })
      if (percent === 100 && fields[step]) await expect(page.getByText(fields[step], { exact: true }), step).toBeInViewport({ ratio: 1 })
      if (step === 'PIN') {
        await page.getByLabel('PIN baru').fill(pin)
        await expect(page.getByText('Ketik PIN sekali lagi', { exact: true })).toBeInViewport({ ratio: 1 })
        // Anew, for the story goes on from the first PIN.
        await page.getByRole('button', { name: 'Pilih PIN lain' }).click()
        await expect(page.getByText('PIN baru', { exact: true })).toBeInViewport({ ratio: 1 })
      }
      await scrollToTheEnd(page)
    })
    expect(seen).toEqual(['registered', 'at the desk', 'in review', 'approved', 'code', 'PIN'])
  })
}

test('a scan that comes while the app is out of sight is told on return, and its QR is gone', async ({ browser, stage }) => {
  test.slow()
  const page = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage()
  page.setDefaultTimeout(20_000)
  const bank = await makeInstitution(stage.url, 'teller.bank', stage.password)
  await test.step('back within a minute, the QR in hand', async () => {
    await becomeResident(page, stage, widya(stage))
    await page.getByRole('link', { name: /^KTP Digital/ }).click()
    const spent = await readQr(page)
    await become(page, 'hidden')
    await bank.scan(spent)
    await become(page, 'visible')
    await expect(page.getByText(/^Sudah dipindai oleh/)).toBeVisible()
    expect(await readQr(page)).not.toBe(spent)
  })

  await test.step('back without a network: the QR that may be spent is gone all the same', async () => {
    const shown = await readQr(page)
    await become(page, 'hidden')
    await page.context().setOffline(true)
    await become(page, 'visible')
    await expect.poll(() => readQr(page), { timeout: 20_000 }).not.toBe(shown)
    await page.context().setOffline(false)
  })

  await test.step('the network was gone while somebody scanned', async () => {
    const shown = await readQr(page)
    await page.context().setOffline(true)
    await expect(page.getByText('Tidak ada sambungan ke layanan')).toBeVisible({ timeout: 20_000 })
    await bank.scan(shown)
    await page.context().setOffline(false)
    await expect.poll(() => readQr(page), { timeout: 20_000 }).not.toBe(shown)
  })

  await test.step('locked meanwhile, the PIN again', async () => {
    const shown = await readQr(page)
    await page.getByRole('button', { name: 'Kunci' }).click()
    await expect(page.getByRole('heading', { name: 'Masukkan PIN' })).toBeVisible()
    await become(page, 'hidden')
    await bank.scan(shown)
    await become(page, 'visible')
    await page.getByLabel('PIN', { exact: true }).fill(pin)
    await expect(page.getByText(/^Sudah dipindai oleh/)).toBeVisible()
  })
  await page.context().close()
})
