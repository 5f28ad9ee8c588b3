import { expect, type Page } from '@playwright/test'
import { enrol, enrolmentCodes, expectAccessible, openPage, signIn, test } from './support/desk.ts'
import { type Phone, registerPhone } from './support/phone.ts'
import { people, supervisor } from './support/population.ts'
import { expectFace } from '../../scripts/journeys/stage/face.ts'
import { picture } from '../../scripts/journeys/stage/picture.ts'
import { activationIn, approveWithCode, before, beforeAgain, confirmOnPhone, linkIn, openByPaste, pressOnceReady, typePin } from './support/visit.ts'

test.describe.configure({ mode: 'serial' })

let page: Page
let phone: Phone
let display: Page
/** Whose face cannot be compared. */
let yuni: Phone

test.beforeAll(async ({ world }) => {
  page = await openPage(world)
  await enrol(page, world.service, enrolmentCodes.lifecycle)
  await signIn(page, world.service)
})
test.afterAll(() => page.context().close())

async function lookUp(purpose: string): Promise<void> {
  await page.keyboard.press('F4')
  await page.getByLabel(purpose).check()
  await page.getByRole('textbox', { name: 'NIK' }).fill(people.tari.nik)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: people.tari.name })).toBeVisible()
}

/** As on a cheap office PC, and with text twice as large, which leaves half the pixels (WCAG 1.4.4). */
async function pictures(of: Page, name: string): Promise<void> {
  await picture(of, name)
  await of.setViewportSize({ width: 683, height: 384 })
  expect(await of.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBeLessThanOrEqual(0)
  await picture(of, `${name}-large`)
  await of.setViewportSize({ width: 1366, height: 768 })
}

test('a resident with an active phone', async ({ world }) => {
  await before(world, 'sample3-895')
  phone = await registerPhone(world.service.serverUrl, { nik: people.tari.nik, email: 'tari@example.id' })
  await openByPaste(page, phone)
  await confirmOnPhone(page, phone)
  await expectFace(page, 'Cocok')
  await pressOnceReady(page, 'F8', /Setujui/)
  await expect(page.getByText('E-mail sudah diterima kotak surat')).toBeVisible({ timeout: 20_000 })
  const { code, token } = activationIn(world, 'tari@example.id')
  await phone.activate(token, code, '274951')
  await expect(page.getByText('Ponsel warga sudah aktif.')).toBeVisible()
})

test('a new e-mail: face, address, and it counts once it has answered; a wrong one is corrected first', async ({ world }) => {
  await before(world, 'sample3-895')
  await lookUp('Pembetulan data')
  await page.getByRole('button', { name: 'Ganti e-mail atau nomor' }).click()
  await expectFace(page, 'Cocok')
  await pressOnceReady(page, 'F8', /Isi kontak baru/)
  await expectAccessible(page)
  await page.getByLabel('Nomor ponsel', { exact: true }).check()
  await page.getByLabel('Nomor ponsel baru').fill('0812')
  await expect(page.getByRole('button', { name: 'Simpan' })).toBeDisabled()
  await page.getByLabel('E-mail', { exact: true }).check()
  await page.getByLabel('E-mail baru').fill('bounce+tari@example.id')
  await picture(page, 'dialog-contact')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'E-mail ditolak' })).toBeVisible({ timeout: 20_000 })
  await picture(page, 'contact-bounced')
  await pressOnceReady(page, 'F8', /Isi kontak baru/)
  await page.getByLabel('E-mail baru').fill('tari.baru@example.id')
  await page.keyboard.press('Enter')
  await expect(page.getByText('E-mail sudah diterima kotak surat', { exact: false })).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await picture(page, 'contact-waiting')
  await phone.confirmAddress(linkIn(world, 'tari.baru@example.id'))
  await expect(page.getByText('Kontak warga sudah diganti.')).toBeVisible()
  // Whoever had the old address hears of it.
  await expect.poll(() => world.service.mailbox.letters('tari@example.id').length, { timeout: 20_000 }).toBeGreaterThan(1)
})

test('in a visit without the phone the office’s spent captures open the supervisor’s way and no photograph, and the officer reads why', async ({ world }) => {
  // Of the visit before, which had no phone either.
  await world.service.spendComparisons(people.tari.nik)
  await lookUp('Pembetulan data')
  await page.getByRole('button', { name: 'Ganti e-mail atau nomor' }).click()
  await expect(page.getByText('Percobaan hari ini habis: sekarang giliran supervisor')).toBeVisible()
  await expect(page.getByText('Foto KTP-el belum dibuka')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Foto KTP-el' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Minta supervisor/ })).toBeEnabled()
  await expectAccessible(page)
  await pictures(page, 'reference-withheld')
  await page.getByRole('button', { name: /^Tutup kasus…/ }).click()
  await page.getByRole('button', { name: 'Tutup kasus', exact: true }).click()
  await expect(page.getByText('Dibatalkan').first()).toBeVisible()
})

test('a block asks for its reason, says what it does and how many are left, and the phone is dead', async () => {
  await lookUp('Dugaan penyalahgunaan')
  await picture(page, 'lookup-block')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Anda 10 lagi, kantor ini 30 lagi', { exact: false })).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'block')
  await pressOnceReady(page, 'F8', /Blokir ponsel ini/)
  await expect(page.getByRole('button', { name: 'Blokir sekarang' })).toBeDisabled()
  await page.getByLabel('Ponsel dicuri').check()
  await expectAccessible(page)
  await picture(page, 'dialog-block')
  expect((await phone.status()).state).toBe('active')
  await page.getByLabel('Ponsel dicuri').press('Enter')
  await expect(page.getByText('Ponsel warga diblokir.', { exact: false })).toBeVisible()
  expect((await phone.status()).state).toBe('blocked')
  await picture(page, 'block-done')
  // Whoever lost the phone has nothing to read it on but paper.
  await page.getByRole('link', { name: 'Cetak tanda terima' }).click()
  const paper = page.getByRole('article', { name: 'Tanda terima' })
  await expect(paper).toContainText('Ponsel dicuri')
  await expect(paper).toContainText(people.tari.name)
  await expect(paper).not.toContainText(people.tari.nik)
  await expectAccessible(page)
  await picture(page, 'receipt-block')
  await page.keyboard.press('F9')
  await expect(page.getByText('Ponsel warga diblokir.', { exact: false })).toBeVisible()
})

test('a blocked phone lives again only at the desk, by two people', async ({ world }) => {
  await lookUp('Dugaan penyalahgunaan')
  await expect(page.getByText('pindai QR dari ponsel itu sendiri', { exact: false })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Blokir ponsel' })).toHaveCount(0)
  await before(world, 'sample3-895')
  await openByPaste(page, phone)
  await confirmOnPhone(page, phone)
  await expectFace(page, 'Cocok')
  await expect(page.getByText('Membuka blokir selalu perlu persetujuan supervisor.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Setujui/ })).toHaveCount(0)
  await pressOnceReady(page, 'F8', /Minta supervisor/)
  await expect(page.getByLabel('Alasan')).toHaveValue('Ponsel sudah kembali ke pemiliknya')
  await page.getByRole('button', { name: 'Minta persetujuan' }).click()
  await pressOnceReady(page, 'F8', /Supervisor menyetujui di sini/)
  await typePin(page)
  await expect(page.locator('approval-step').getByText('ponsel ini langsung aktif lagi', { exact: false })).toBeVisible()
  await approveWithCode(page, world)
  await expect(page.getByText(`Disetujui supervisor: ${supervisor.name}`)).toBeVisible()
  expect((await phone.status()).state).toBe('in-review')
  await pressOnceReady(page, 'F8', /^Setujui/)
  await expect(page.getByText('Ponsel warga aktif lagi', { exact: false })).toBeVisible()
  expect((await phone.status()).state).toBe('active')
})

test('in bad light the resident hears what to do better, and after three captures nobody can use a supervisor comes', async ({ world }) => {
  ;[display] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('F6').then(() => page.getByRole('button', { name: 'Layar warga' }).click())])
  await display.setViewportSize({ width: 1366, height: 768 })
  yuni = await registerPhone(world.service.serverUrl, { nik: people.yuni.nik, email: 'yuni@example.id' })
  await before(world, 'sample3-895')
  world.camera.light(0.3)
  await openByPaste(page, yuni)
  await confirmOnPhone(page, yuni)
  const light = page.getByRole('list', { name: 'Mutu gambar' }).getByRole('listitem').filter({ hasText: 'Cahaya' })
  await expect(light).toContainText('belum baik', { timeout: 30_000 })
  await expectAccessible(page)
  await pictures(page, 'capture-marks')
  await pictures(display, 'customer-look')

  const capture = page.getByRole('button', { name: /^Ambil wajah\s*F8$/ })
  const comparing = page.getByText('Server sedang membandingkan wajah', { exact: true })
  for (const tries of [1, 2, 3]) {
    await pressOnceReady(page, 'F8', /^Ambil wajah\s*F8$/)
    if (tries === 1) {
      await Promise.all([expect(page.locator('face-capture .arrow')).toHaveText(/[←→]/, { timeout: 30_000 }), expect(display.locator('.arrow')).toHaveText(/[←→]/, { timeout: 30_000 })])
      await Promise.all([picture(page, 'capture-turn'), picture(display, 'customer-turn')])
    }
    await expect(comparing).toBeVisible({ timeout: 60_000 })
    await expect(comparing).toBeHidden({ timeout: 30_000 })
    await expect(page.getByText('Wajah belum tertangkap')).toBeVisible()
    if (tries === 3) break
    await expect(display.getByRole('heading', { name: 'Kita coba sekali lagi' })).toBeVisible()
    await expect(display.getByText('Kurang terang. Mohon menghadap ke cahaya.')).toBeVisible()
    if (tries === 1) {
      await expectAccessible(display)
      await pictures(display, 'customer-again')
      await pictures(page, 'capture-failed')
    }
    // The same person a moment later: the very same pictures would be refused as such.
    await beforeAgain(world, 'sample3-895')
    await pressOnceReady(page, 'F8', /Ambil wajah lagi/)
    await expect(capture).toBeVisible()
    // Nor does it begin by itself once it was tried in vain: every attempt counts.
    await expect(page.getByText('Pastikan wajah jelas, lalu tekan tombol', { exact: false })).toBeVisible()
  }
  world.camera.light(1)
  await expect(page.getByText('Sudah cukup dicoba: sekarang giliran supervisor')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Foto KTP-el' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Wajah di loket' })).toBeVisible()
  await expect(display.getByRole('heading', { name: /^Supervisor akan membantu Anda/ })).toBeVisible()
  await expectAccessible(page)
  await pictures(page, 'supervisor-due')
  await pictures(display, 'customer-supervisor')
  await page.getByRole('button', { name: /^Tutup kasus…/ }).click()
  await page.getByRole('button', { name: 'Tutup kasus', exact: true }).click()
  await expect(page.getByText('Dibatalkan').first()).toBeVisible()
})

test('with the day’s captures spent in an earlier visit, a new one goes to a supervisor at once, who compares by eye', async ({ world }) => {
  await world.service.spendComparisons(people.yuni.nik)

  await openByPaste(page, yuni)
  await confirmOnPhone(page, yuni)
  await expect(page.getByText('Percobaan hari ini habis: sekarang giliran supervisor')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Foto KTP-el' })).toBeVisible()
  await expect(page.getByText('Bandingkan dengan orang di depan Anda', { exact: false })).toBeVisible()
  await expect(page.getByRole('button', { name: /Ambil wajah/ })).toHaveCount(0)
  await expect(display.getByRole('heading', { name: /^Supervisor akan membantu Anda/ })).toBeVisible()
  await expectAccessible(page)
  await expectAccessible(display)
  await pictures(page, 'supervisor-due-day')
  await display.close()

  await pressOnceReady(page, 'F8', /Minta supervisor/)
  await page.getByLabel('Alasan').fill('Dokumen asli cocok')
  await page.keyboard.press('Enter')
  await pressOnceReady(page, 'F8', /Supervisor menyetujui di sini/)
  await typePin(page)
  await expect(page.locator('supervise-dialog').getByText('Wajah belum dibandingkan')).toBeVisible()
  await approveWithCode(page, world, false)
  await pressOnceReady(page, 'F8', /^Setujui/)
  await expect(page.getByText('E-mail sudah diterima kotak surat')).toBeVisible({ timeout: 20_000 })
})
