import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const told = (page: Page, type: string) => page.evaluate((type) => window.told.filter((each) => each.type === type).map((each) => each.detail), type)

test('a busy or disabled button takes no press, and a submit button submits its form', async ({ page, site }) => {
  await page.goto(`${site.url}#button`)
  await page.getByRole('button', { name: 'Kirim' }).click({ force: true })
  await page.getByRole('button', { name: 'Setuju' }).click({ force: true })
  expect(await told(page, 'click')).toEqual([])
  await page.getByRole('button', { name: 'Lanjut' }).focus()
  await page.keyboard.press('Enter')
  expect(await told(page, 'click')).toHaveLength(1)
  await page.goto(`${site.url}?form#form`)
  await page.getByRole('button', { name: 'Simpan' }).click()
  expect(await told(page, 'submit')).toHaveLength(1)
})

test('a field tells what is typed, submits by Enter, and names its hint and error to screen readers', async ({ page, site }) => {
  await page.goto(`${site.url}#form`)
  const nik = page.getByLabel('NIK')
  await nik.fill('3577')
  await nik.press('Enter')
  await nik.blur()
  expect(await told(page, 'ikd-input')).toEqual([{ value: '3577' }])
  expect(await told(page, 'ikd-change')).toContainEqual({ value: '3577' })
  expect(await told(page, 'submit')).toHaveLength(1)
  await expect(nik).toHaveAccessibleDescription('16 angka di KTP')
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription('Periksa ejaannya')
  await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true')
})

test('a typed password can be looked at', async ({ page, site }) => {
  await page.goto(`${site.url}#form`)
  const field = page.getByLabel('Kata sandi', { exact: true })
  await field.fill('rahasia')
  await expect(field).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Lihat Kata sandi' }).click()
  await expect(field).toHaveAttribute('type', 'text')
  await expect(field).toHaveValue('rahasia')
})

test('six digits are one field that takes typing, pasting and correcting, and tells when it is full', async ({ page, site }) => {
  await page.goto(`${site.url}#code`)
  const field = page.getByLabel('Kode dari e-mail')
  await expect(field).toHaveAttribute('autocomplete', 'one-time-code')
  await field.focus()
  await page.keyboard.type('12a3')
  await expect(field).toHaveValue('123')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('9')
  await expect(field).toHaveValue('192')
  expect(await told(page, 'ikd-complete')).toEqual([])
  await page.keyboard.press('End')
  await page.keyboard.type('4567')
  expect(await told(page, 'ikd-complete')).toEqual([{ value: '192456' }])
  await page.locator('ikd-digits').evaluate((element: HTMLElementTagNameMap['ikd-digits']) => element.clear())
  await expect(field).toHaveValue('')
  await field.fill('98 76-54')
  expect(await told(page, 'ikd-complete')).toEqual([{ value: '192456' }, { value: '987654' }])
})

test('a PIN is typed on big keys, shown as dots and never spoken or offered for keeping', async ({ page, site }) => {
  await page.goto(`${site.url}#pin`)
  const field = page.getByLabel('PIN')
  await expect(field).toHaveAttribute('type', 'password')
  await expect(field).toHaveAttribute('autocomplete', 'off')
  await expect(field).toHaveAttribute('inputmode', 'none')
  await field.focus()
  for (const key of ['1', '2', '7']) await page.getByRole('button', { name: key, exact: true }).click()
  await expect(field).toBeFocused()
  await page.getByRole('button', { name: 'Hapus satu angka' }).click()
  await expect(page.getByText('2 dari 6 angka')).toBeAttached()
  await expect(page.locator('.dot')).toHaveCount(2)
  await expect(page.locator('.boxes')).toHaveText('')
  await page.keyboard.type('3456')
  expect(await told(page, 'ikd-complete')).toEqual([{ value: '123456' }])
})

test('a dialog keeps the focus, closes on Esc, tells so, and gives the focus back', async ({ page, site }) => {
  await page.goto(`${site.url}#dialog`)
  await page.getByRole('button', { name: 'Hapus', exact: true }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Hapus akun?' })
  await expect(dialog).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Hapus akun?' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect(await told(page, 'ikd-close')).toHaveLength(1)
  await expect(page.getByRole('button', { name: 'Hapus', exact: true })).toBeFocused()
})

test('the language changes everywhere at once and is remembered', async ({ page, site }) => {
  await page.goto(site.url)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByText('No photo on record')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()
})

test('a wait says after eight seconds that it takes longer', async ({ page, site }) => {
  await page.clock.install()
  await page.goto(`${site.url}#progress`)
  await expect(page.getByText('Mengambil dokumen')).toBeVisible()
  await page.clock.runFor(7_000)
  await expect(page.getByText('Ini lebih lama dari biasanya')).toBeHidden()
  await page.clock.runFor(1_500)
  await expect(page.getByText('Ini lebih lama dari biasanya')).toBeVisible()
})

test('the ring says in words what is left', async ({ page, site }) => {
  await page.goto(`${site.url}#ring`)
  await expect(page.getByRole('timer', { name: 'QR berlaku: sisa 45 detik' })).toBeVisible()
})

test('a missing photograph is said, and a broken one too', async ({ page, site }) => {
  await page.goto(`${site.url}#photo`)
  await expect(page.getByText('Tidak ada foto di data')).toBeVisible()
  await page.locator('ikd-photo').last().evaluate((element: HTMLElementTagNameMap['ikd-photo']) => {
    element.jpeg = 'AAAA'
  })
  await expect(page.getByText('Foto tidak dapat ditampilkan')).toBeVisible()
})

test('nothing moves for those who asked for stillness', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(site.url)
  await expect(page.getByText('Mengambil dokumen')).toBeVisible()
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
})
