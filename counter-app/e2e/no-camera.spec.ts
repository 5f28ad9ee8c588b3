import { expect, test } from '@playwright/test'
import { signIn } from './support/desk.ts'
import { registerPhone } from './support/phone.ts'
import { people, population } from './support/population.ts'
import { startService } from './support/service.ts'

const enrolmentCode = 'LOKET-TANPA-KAMERA'
const nobody = { ratna: new Uint8Array(), dewi: new Uint8Array(), bayu: new Uint8Array() }

test('a desk without a camera says so, and pasting still opens a case', async ({ page }) => {
  const service = await startService(population(nobody, [enrolmentCode]))
  try {
    await page.context().grantPermissions(['camera'], { origin: new URL(service.counterUrl).origin })
    await page.goto(`${service.counterUrl}#enrol=${enrolmentCode}`)
    await page.getByRole('button', { name: 'Daftarkan' }).click()
    await signIn(page, service)
    await page.keyboard.press('F2')
    await expect(page.getByRole('alert').filter({ hasText: 'Kamera tidak ditemukan' })).toBeVisible()
    const phone = await registerPhone(service.serverUrl, { nik: people.ratna.nik })
    await page.getByLabel('Atau tempel / pindai isi QR').fill(await phone.qr())
    await page.keyboard.press('Enter')
    await phone.confirm(await page.getByLabel('Kode kasus').innerText())
    await expect(page.getByRole('alert').filter({ hasText: 'Kamera tidak ditemukan' })).toBeVisible()
    await expect(page.getByRole('button', { name: /Ambil wajah/ })).toBeDisabled()
    await expect(page.getByRole('button', { name: 'Coba lagi' })).toBeVisible()
  } finally {
    await service.stop()
  }
})
