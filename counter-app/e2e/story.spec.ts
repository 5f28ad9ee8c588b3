import { expect, type Page } from '@playwright/test'
import { faceFrames, playInCamera, qrFrames } from './support/camera.ts'
import { enrolmentCode, enter, enterCode, expectAccessible, face, openPage, signIn, test, type World } from './support/desk.ts'
import { type Phone, registerPhone } from './support/phone.ts'
import { officer, people, supervisor } from './support/population.ts'

test.describe.configure({ mode: 'serial' })

let page: Page
let visits = 1
let firstPhone: Phone

test.beforeAll(async ({ world }) => {
  page = await openPage(world)
})
test.afterAll(() => page.context().close())

/** Screenshots for people, when a folder for them is named. */
async function picture(name: string): Promise<void> {
  const folder = process.env['IKD_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

/** Buttons rest for a moment after what they do has changed; a key pressed earlier does nothing. */
async function pressOnceReady(key: 'F8' | 'F9', name: RegExp): Promise<void> {
  await expect(page.getByRole('button', { name })).toBeEnabled()
  await page.keyboard.press(key)
}

/** Chromium refuses the same frames twice no less than our server does: every visit plays another moment. */
async function before(world: World, faceId: string): Promise<void> {
  playInCamera(world.cameraFile, await faceFrames(face(world, faceId), visits++ * 100))
}

async function openByPaste(phone: Phone): Promise<void> {
  await page.keyboard.press('F2')
  await page.getByLabel('Atau tempel / pindai isi QR').fill(await phone.qr())
  await page.keyboard.press('Enter')
}

/** The supervisor's second step; nothing is sent before the button or Enter is pressed. */
async function approveWithCode(world: World): Promise<void> {
  await expect(page.getByText(`${supervisor.name}, dengan langkah kedua`, { exact: false })).toBeVisible()
  await expectAccessible(page)
  await picture('dialog-supervise-second-step')
  await enterCode(page, world.service, supervisor)
  await page.keyboard.press('Enter')
}

async function confirmOnPhone(phone: Phone): Promise<void> {
  const code = page.getByLabel('Kode kasus')
  await expect(code).toHaveText(/^\d{6}$/)
  await phone.confirm(await code.innerText())
}

test('a computer becomes a desk with a one-time code, which leaves the address at once', async ({ world }) => {
  await page.goto(`${world.service.counterUrl}#enrol=${enrolmentCode}`)
  await expect(page.getByLabel('Kode pendaftaran loket')).toHaveValue(enrolmentCode)
  expect(page.url()).not.toContain('enrol')
  await expectAccessible(page)
  await picture('enrol')
  await page.getByRole('button', { name: 'Daftarkan' }).click()
  await expect(page.getByRole('heading', { name: 'Masuk loket' })).toBeVisible()
})

test('a wrong password is refused in words, and a right one is not enough without the second step', async ({ world }) => {
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Nama pengguna' }).fill('petugas')
  await page.getByRole('textbox', { name: 'Kata sandi' }).fill('salah')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await picture('sign-in')
  await page.getByRole('textbox', { name: 'Kata sandi' }).fill(officer.password)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Kode 6 angka')).toBeFocused()
  await expectAccessible(page)
  await picture('sign-in-second-step')
  await page.getByLabel('Kode 6 angka').fill('000000')
  await expect(page.getByRole('alert').filter({ hasText: 'Kode tidak cocok' })).toBeVisible()
  await expect(page.getByLabel('Kode 6 angka')).toHaveValue('')
  await enterCode(page, world.service)
  await expect(page.getByText('Tersambung')).toBeVisible()
  await expectAccessible(page)
  await picture('home-empty')
})

test('the desk camera reads the QR, the phone confirms, the face matches, the officer approves, the phone becomes active', async ({ world }) => {
  const phone = await registerPhone(world.service.serverUrl, { nik: people.ratna.nik, email: 'ratna@example.id' })
  firstPhone = phone
  playInCamera(world.cameraFile, await qrFrames(await phone.qr()))
  await page.keyboard.press('F2')
  await expect(page.getByRole('heading', { name: people.ratna.name })).toBeVisible({ timeout: 20_000 })
  await before(world, 'sample3-895')
  await expect(page.getByText('r•', { exact: false }).or(page.getByText('@example.id')).first()).toBeVisible()
  await expectAccessible(page)
  await picture('case-code')

  await confirmOnPhone(phone)
  await expect(page.getByRole('button', { name: /Ambil wajah/ })).toBeVisible()
  await picture('case-capture')
  // Guidance takes the burst by itself: nobody presses anything.
  await expect(page.getByText('Cocok', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('img', { name: 'Foto KTP-el' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Wajah di loket' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Setujui/ })).toBeFocused()
  await expectAccessible(page)
  await picture('case-match')

  await page.keyboard.press('F8')
  await expect(page.getByText('E-mail sudah diterima kotak surat')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await picture('case-mail')
  const letter = world.service.mailbox.letters('ratna@example.id')[0]
  const code = /aktivasi: (\d{6})/.exec(letter?.text ?? '')?.[1] ?? ''
  const token = /#([A-Za-z0-9_-]{22})/.exec(letter?.text ?? '')?.[1] ?? ''
  await phone.activate(token, code, '274951')
  await expect(page.getByText('Ponsel warga sudah aktif.')).toBeVisible()
  await picture('case-active')
})

test('somebody else’s face does not match; a supervisor’s own password approves exactly this case', async ({ world }) => {
  await before(world, 'sample3-895')
  const phone = await registerPhone(world.service.serverUrl, { nik: people.dewi.nik })
  await openByPaste(phone)
  await confirmOnPhone(phone)
  await expect(page.getByText('Tidak cocok', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: /Setujui/ })).toHaveCount(0)
  await picture('case-non-match')

  await page.getByRole('button', { name: /Minta supervisor/ }).click()
  await page.getByRole('button', { name: 'Penampilan berubah, dokumen asli cocok' }).click()
  await expectAccessible(page)
  await picture('dialog-ask')
  await page.getByRole('button', { name: 'Minta persetujuan' }).click()
  await expect(page.getByRole('button', { name: /Supervisor menyetujui di sini/ })).toBeFocused()

  await page.keyboard.press('F8')
  await page.getByLabel('Nama pengguna supervisor').fill(supervisor.username)
  await page.getByRole('textbox', { name: 'Kata sandi supervisor' }).fill('bukan itu')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'kata sandi salah' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Kata sandi supervisor' }).fill(supervisor.password)
  await picture('dialog-supervise')
  await page.keyboard.press('Enter')
  await approveWithCode(world)
  await expect(page.getByText(`Disetujui supervisor: ${supervisor.name}`)).toBeVisible()
  await expect(page.getByRole('button', { name: /Setujui/ })).toBeFocused()
  await page.keyboard.press('F8')
  await expect(page.getByText('Disetujui, menunggu aktivasi di ponsel')).toBeVisible()
})

test('a bounced e-mail is said at once and corrected before the resident leaves', async ({ world }) => {
  await before(world, 'sample3-895')
  const phone = await registerPhone(world.service.serverUrl, { nik: people.bayu.nik, email: 'bounce+bayu@example.id' })
  await openByPaste(phone)
  await confirmOnPhone(phone)
  await page.getByRole('button', { name: /Minta supervisor/ }).click({ timeout: 60_000 })
  await page.getByLabel('Alasan').fill('Orangnya dikenal')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Supervisor menyetujui di sini/ }).click()
  await page.getByLabel('Nama pengguna supervisor').fill(supervisor.username)
  await page.getByRole('textbox', { name: 'Kata sandi supervisor' }).fill(supervisor.password)
  await page.keyboard.press('Enter')
  await approveWithCode(world)
  await page.getByRole('button', { name: /Setujui/ }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'E-mail ditolak' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Kirim kode baru' })).toHaveCount(0)
  await picture('case-bounced')
  await pressOnceReady('F8', /Perbaiki e-mail/)
  await page.getByLabel('E-mail yang benar').fill('bayu@example.id')
  await page.keyboard.press('Enter')
  await expect(page.getByText('E-mail sudah diterima kotak surat')).toBeVisible({ timeout: 20_000 })
  expect(world.service.mailbox.letters('bayu@example.id')).toHaveLength(1)
})

test('a resident who is not eligible hears why', async ({ world }) => {
  const phone = await registerPhone(world.service.serverUrl, { nik: people.dimas.nik })
  await openByPaste(phone)
  await expect(page.getByText('Belum perekaman KTP-el', { exact: false })).toBeVisible()
  await expectAccessible(page)
  await picture('case-ineligible')
  await pressOnceReady('F9', /Tutup kasus/)
  await page.getByRole('button', { name: 'Tutup kasus', exact: true }).click()
  await expect(page.getByText('Dibatalkan').first()).toBeVisible()
  await pressOnceReady('F8', /Warga berikutnya/)
  await expect(page.getByRole('heading', { name: /Selesai hari ini/ })).toBeVisible()
  await expect(page.getByText(people.dimas.name)).toBeVisible()
  await picture('home')
})

test('a QR of another kind is told apart at the desk', async () => {
  await page.keyboard.press('F2')
  await page.getByLabel('Atau tempel / pindai isi QR').fill('https://example.id/')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Bukan QR pendaftaran')).toBeVisible()
  await expectAccessible(page)
  await picture('scan-foreign')
})

test('a resident without a phone gets a request and a printed receipt', async () => {
  await page.keyboard.press('F4')
  await page.getByLabel('Tidak punya ponsel').check()
  await page.getByRole('textbox', { name: 'NIK' }).fill('3577')
  await page.keyboard.press('Enter')
  await expect(page.getByText('NIK terdiri dari 16 angka.')).toBeVisible()
  await page.getByRole('textbox', { name: 'NIK' }).fill(people.bayu.nik)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: people.bayu.name })).toBeVisible()
  await expectAccessible(page)
  await picture('lookup')
  await page.keyboard.press('Enter')
  await page.getByLabel('Kartu Identitas Anak (KIA)').check()
  await page.getByLabel('Catatan (boleh kosong)').fill('Anak kedua')
  await expectAccessible(page)
  await picture('service')
  await page.getByRole('button', { name: 'Catat permohonan' }).click()
  await page.getByRole('link', { name: 'Cetak tanda terima' }).click()
  await expect(page.getByRole('article', { name: 'Tanda terima' })).toContainText('Anak kedua')
  await expectAccessible(page)
  await page.evaluate(() => Object.assign(window, { print: () => Object.assign(window, { printed: true }) }))
  await page.keyboard.press('F8')
  expect(await page.evaluate(() => 'printed' in window)).toBe(true)
  await picture('receipt')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation')).toBeHidden()
  await picture('receipt-print')
  await page.emulateMedia({ media: null })
  await page.keyboard.press('F9')
  await page.getByRole('button', { name: /^Selesai/ }).click()
  await expect(page.getByText('Selesai', { exact: true }).first()).toBeVisible()
})

test('a restarted app comes back to its case, and lists it among the open ones', async ({ world }) => {
  const phone = await registerPhone(world.service.serverUrl, { nik: people.dimas.nik })
  await openByPaste(phone)
  await expect(page.getByRole('heading', { name: people.dimas.name })).toBeVisible()
  await page.reload()
  await enter(page, world.service)
  await expect(page.getByRole('heading', { name: people.dimas.name })).toBeVisible()
  await page.keyboard.press('F6')
  await page.getByRole('link', { name: new RegExp(people.dimas.name) }).first().click()
  await expect(page.getByText('Belum perekaman KTP-el', { exact: false })).toBeVisible()
})

test('what was typed survives a dropped network and goes out once', async ({ world }) => {
  await page.keyboard.press('F4')
  await page.getByLabel('Tidak punya ponsel').check()
  await page.getByRole('textbox', { name: 'NIK' }).fill(people.dewi.nik)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Layanan tanpa ponsel' }).click()
  await page.getByLabel('Pindah domisili').check()
  await page.getByLabel('Catatan (boleh kosong)').fill('Pindah ke Bantul')
  // The answers are lost on their way back: the server has done it, the desk cannot know.
  const answersLost = world.service.network.loseAnswers(/^POST \/v1\/cases\/[^/]+\/service-requests /)
  await page.getByRole('button', { name: 'Catat permohonan' }).click()
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 })
  expect(answersLost()).toBeGreaterThan(0)
  await expect(page.getByLabel('Catatan (boleh kosong)')).toHaveValue('Pindah ke Bantul')
  await page.getByRole('button', { name: 'Catat permohonan' }).click()
  await expect(page.getByRole('link', { name: 'Cetak tanda terima' })).toHaveCount(1)
})

test('the customer display shows the code and masked contacts, and nothing else of the resident', async ({ world }) => {
  const phone = await registerPhone(world.service.serverUrl, { nik: people.dewi.nik, email: 'dewi@example.id' })
  await page.keyboard.press('F6')
  const [display] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Layar warga' }).click()])
  await expect(display.getByRole('heading', { name: 'Selamat datang' })).toBeVisible()
  await openByPaste(phone)
  const code = await page.getByLabel('Kode kasus').innerText()
  await expect(display.getByText(code)).toBeVisible()
  await expect(display.getByRole('main')).not.toContainText(people.dewi.name)
  await expect(display.getByRole('main')).not.toContainText('dewi@example.id')
  await expectAccessible(display)
  if (process.env['IKD_PICTURES']) await display.screenshot({ path: `${process.env['IKD_PICTURES']}/customer.png` })
  await display.close()
})

test('without guidance the button still captures, and a refusal carries its reason to the phone', async ({ world }) => {
  await before(world, 'sample3-895')
  await page.route('**/face/**', (route) => route.abort())
  const phone = await registerPhone(world.service.serverUrl, { nik: people.sari.nik })
  await openByPaste(phone)
  await confirmOnPhone(phone)
  await expect(page.getByText('Panduan otomatis tidak tersedia', { exact: false })).toBeVisible()
  await expectAccessible(page)
  await picture('case-capture-button')
  await pressOnceReady('F8', /Ambil wajah/)
  await expect(page.getByText('Cocok', { exact: true })).toBeVisible({ timeout: 30_000 })
  // The very key that took the face now approves it: pressed again at once, it does nothing.
  await page.keyboard.press('F8')
  await page.unrouteAll()
  await expect(page.getByRole('button', { name: /Setujui/ })).toBeFocused()
  await pressOnceReady('F9', /Tolak/)
  await page.getByRole('button', { name: 'Ponsel ini bukan milik orang yang datang' }).click()
  await page.getByRole('button', { name: 'Tolak', exact: true }).click()
  await expect(page.getByText('Ditolak').first()).toBeVisible()
  expect((await phone.status()).state).toBe('refused')
})

test('a lost phone: found with a purpose, a new phone, the face, a supervisor from their list, and the old phone is dead', async ({ world }) => {
  await before(world, 'sample3-895')
  await page.keyboard.press('F4')
  await page.getByLabel('Ponsel hilang atau ganti ponsel').check()
  await page.getByLabel('Nama dan tanggal lahir').check()
  await page.getByRole('textbox', { name: 'Nama' }).fill(people.ratna.name)
  await page.getByLabel('Tanggal lahir', { exact: true }).fill(people.ratna.birthDate)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Ponsel terpasang dan aktif.')).toBeVisible()
  await page.getByRole('button', { name: 'Pasang ulang ke ponsel baru' }).click()
  const phone = await registerPhone(world.service.serverUrl, { nik: people.ratna.nik, email: 'ratna.baru@example.id' })
  await page.getByLabel('Atau tempel / pindai isi QR').fill(await phone.qr())
  await page.keyboard.press('Enter')
  await confirmOnPhone(phone)
  await expect(page.getByText('Cocok', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: /^Setujui/ })).toHaveCount(0)
  await pressOnceReady('F8', /Minta supervisor/)
  await expect(page.getByText('Ganti ponsel selalu perlu persetujuan supervisor.')).toBeVisible()
  await expect(page.getByLabel('Alasan')).toHaveValue('Pasang ulang ke ponsel baru')
  await page.getByRole('button', { name: 'Minta persetujuan' }).click()
  await expect(page.getByText('Menunggu supervisor').first()).toBeVisible()

  await page.keyboard.press('F7')
  await expect(page.getByRole('heading', { name: 'Menunggu supervisor' })).toBeVisible()
  await expectAccessible(page)
  await picture('supervisor')
  await page.getByRole('link', { name: new RegExp(people.ratna.name) }).click()
  await page.getByRole('button', { name: /Supervisor menyetujui di sini/ }).click()
  // The screen was left and opened again: whoever decides still sees both faces, and what the server made of them.
  const approval = page.locator('supervise-dialog')
  await expect(approval.getByRole('img', { name: 'Foto KTP-el' })).toBeVisible()
  await expect(approval.getByRole('img', { name: 'Wajah di loket' })).toBeVisible()
  await expect(approval.getByText('Cocok', { exact: true })).toBeVisible()
  await expect(approval.getByText('Ponsel lama langsung diblokir', { exact: false })).toBeVisible()
  await expectAccessible(page)
  await picture('dialog-supervise-rebinding')
  await page.getByLabel('Nama pengguna supervisor').fill(officer.username)
  await page.getByRole('textbox', { name: 'Kata sandi supervisor' }).fill(officer.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Orang ini tidak dapat menyetujui' })).toBeVisible()
  await expect(approval.getByText('bukan supervisor kantor ini', { exact: false })).toBeVisible()
  await page.getByLabel('Nama pengguna supervisor').fill(supervisor.username)
  await page.getByRole('textbox', { name: 'Kata sandi supervisor' }).fill(supervisor.password)
  await page.keyboard.press('Enter')
  await approveWithCode(world)
  expect((await firstPhone.status()).state).toBe('active')
  await page.getByRole('button', { name: /^Setujui/ }).click()
  await expect(page.getByText('E-mail sudah diterima kotak surat')).toBeVisible({ timeout: 20_000 })
  expect((await firstPhone.status()).state).toBe('blocked')
})

test('an ended session asks for the password over the screen, and what was typed is still there', async ({ world }) => {
  await page.keyboard.press('F4')
  await page.getByLabel('Pembetulan data').check()
  await page.getByRole('textbox', { name: 'NIK' }).fill(people.bayu.nik)
  await world.service.endSessions()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Masuk lagi' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Kata sandi' }).fill(officer.password)
  await page.keyboard.press('Enter')
  await enterCode(page, world.service)
  await expect(page.getByRole('heading', { name: 'Masuk lagi' })).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'NIK' })).toHaveValue(people.bayu.nik)
  await page.getByRole('button', { name: 'Cari', exact: true }).click()
  await expect(page.getByRole('heading', { name: people.bayu.name })).toBeVisible()
})

test('signing out ends it, and the next officer begins at home', async ({ world }) => {
  await page.getByRole('button', { name: 'Keluar' }).click()
  await expect(page.getByRole('heading', { name: 'Masuk loket' })).toBeVisible()
  await signIn(page, world.service)
  expect(new URL(page.url()).hash).toBe('#/')
})
