import { expect, type Page } from '@playwright/test'
import { makeInstitution } from '../../scripts/journeys/stage/desk.ts'
import { picture } from '../../scripts/journeys/stage/picture.ts'
import { enlargeText, expectAccessible, test } from './support/stage.ts'

async function enter(page: Page, password: string): Promise<void> {
  await page.getByLabel('Nama pengguna').fill('teller.bank')
  await page.getByLabel('Kata sandi').fill(password)
  await page.keyboard.press('Enter')
}

test('while strangers guess at a teller’s name, the teller comes in by a robot check at a new browser, and without one at a known', async ({ stage, browser }) => {
  for (let i = 0; i < 5; i++) {
    await expect(makeInstitution(stage.url, 'teller.bank', `tebakan-${i}-salah`)).rejects.toMatchObject({ code: 'sign-in-wrong' })
  }
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } })
  const page = await context.newPage()
  await page.goto(`${stage.url}/lembaga`)
  await enter(page, stage.password)
  const check = page.getByRole('button', { name: 'Saya bukan robot' })
  await expect(check).toBeFocused()
  await expect(page.getByText('Kata sandi Anda belum diperiksa', { exact: false })).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'lembaga-robot-check')
  await enlargeText(page, 200)
  await expectAccessible(page)
  await picture(page, 'lembaga-robot-check-large')
  await enlargeText(page, 100)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
  await picture(page, 'lembaga-robot-check-dark')
  await page.emulateMedia({ colorScheme: 'light' })

  // Without it, one is led back to it; with it, what was typed is still there.
  await page.getByRole('button', { name: 'Masuk', exact: true }).click()
  await expect(page.getByText('Tekan tombol ini dulu')).toBeVisible()
  await expect(check).toBeFocused()
  await check.click()
  await expect(page.getByText('Bukan robot: sudah diperiksa')).toBeVisible()
  await picture(page, 'lembaga-robot-check-done')
  await page.getByRole('button', { name: 'Masuk', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Bank Contoh Nusantara' })).toBeVisible()

  await page.getByRole('button', { name: 'Keluar', exact: true }).click()
  await enter(page, stage.password)
  await expect(page.getByRole('heading', { name: 'Bank Contoh Nusantara' })).toBeVisible()
  await context.close()
})
