import { expect, type Page } from '@playwright/test'
import { becomeResident, endang, register } from './support/resident.ts'
import { expectAccessible, test } from './support/stage.ts'

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
