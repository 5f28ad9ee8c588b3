import { expect, test } from './fixtures.ts'

// What other engines do, imitated in Chromium by putting their behaviour in the place of its own before the page loads.

test('as in Firefox: a question about the camera that nobody answers is told, and can be put again', async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.assign(window, { questions: 0 })
    MediaDevices.prototype.getUserMedia = () => {
      Object.assign(window, { questions: Number((window as unknown as { questions: number }).questions) + 1 })
      return new Promise(() => {})
    }
  })
  await page.goto(`${site.url}#reader`)
  await expect(page.getByText('Membuka kamera')).toBeVisible()
  await expect(page.getByText(/Kamera menunggu izin Anda/)).toBeVisible()
  await page.getByRole('button', { name: 'Coba lagi' }).click()
  await expect(page.getByText('Membuka kamera')).toBeVisible()
  await expect(page.getByText(/Kamera menunggu izin Anda/)).toBeVisible()
  expect(await page.evaluate(() => (window as unknown as { questions: number }).questions)).toBe(2)
})

test('as in WebKit: a device without cameras that says nothing suits is told as having none', async ({ page, site }) => {
  await page.addInitScript(() => {
    MediaDevices.prototype.getUserMedia = () => Promise.reject(new OverconstrainedError('facingMode'))
    MediaDevices.prototype.enumerateDevices = () => Promise.resolve([])
  })
  await page.goto(`${site.url}#reader`)
  await expect(page.getByRole('alert')).toContainText('Kamera tidak ditemukan')
  await expect(page.getByRole('button', { name: 'Coba lagi' })).toBeVisible()
})
