import { expect, test } from '@playwright/test'
import { population } from './support/population.ts'
import { startService } from './support/service.ts'

// What other engines do, imitated in Chromium by putting their behaviour in the place of its own before the page loads.

const nobody = { ratna: new Uint8Array(), dewi: new Uint8Array(), bayu: new Uint8Array() }

test('as in WebKit after an update: a desk whose storage never answers says so instead of staying empty', async ({ page }) => {
  const service = await startService(population(nobody, []))
  try {
    await page.addInitScript(() => {
      const { open } = IDBFactory.prototype
      IDBFactory.prototype.open = function (this: IDBFactory, ...parts: Parameters<typeof open>) {
        return Object.assign(open.apply(this, parts), { addEventListener: () => {} })
      }
    })
    await page.goto(service.counterUrl)
    await expect(page.getByText('IKD Loket: sedang dibuka…')).toBeVisible()
    await expect(page.getByText('Browser ini tidak dapat menyimpan kunci loket.')).toBeVisible({ timeout: 12_000 })
    await expect(page.getByText('IKD Loket: sedang dibuka…')).toHaveCount(0)
  } finally {
    await service.stop()
  }
})

test('as in Chrome 109, the last on Windows 7: a desk below the floor is told what to do', async ({ page }) => {
  const service = await startService(population(nobody, []))
  try {
    await page.addInitScript(() => Reflect.deleteProperty(Array.prototype, 'toSorted'))
    await page.goto(service.counterUrl)
    await expect(page.getByRole('heading', { name: 'Peramban ini terlalu lama' })).toBeVisible()
    await expect(page.getByText('Atau pakai aplikasi loket IKD')).toBeVisible()
    await expect(page.locator('counter-app')).toHaveCount(0)
  } finally {
    await service.stop()
  }
})
