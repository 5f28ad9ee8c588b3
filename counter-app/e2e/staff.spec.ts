import { expect, type Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { nextCode } from '../../scripts/journeys/stage/authenticator.ts'
import { enrol, enrolmentCodes, enter, enterCode, enterPassword, expectAccessible, openPage, signIn, test, type World } from './support/desk.ts'
import { registerPhone } from './support/phone.ts'
import { admin, newcomer, officer, people, supervisor } from './support/population.ts'
import { picture } from '../../scripts/journeys/stage/picture.ts'
import { openByPaste } from './support/visit.ts'

test.describe.configure({ mode: 'serial' })

let adminDesk: Page
let desk: Page
let setupCode = ''
let newPassword = ''
/** Of the authenticator app the newcomer sets up. */
let secret = ''

test.beforeAll(async ({ world }) => {
  adminDesk = await openPage(world)
  desk = await openPage(world)
  await enrol(adminDesk, world.service, enrolmentCodes.admin)
  await enrol(desk, world.service, enrolmentCodes.colleague)
})
test.afterAll(async () => {
  await adminDesk.context().close()
  await desk.context().close()
})

test('an admin sees the office’s staff, sessions and workstations, and resets a colleague’s second step', async ({ world }) => {
  await signIn(adminDesk, world.service, admin)
  await adminDesk.getByRole('link', { name: 'Admin' }).click()
  await expect(adminDesk.getByText(newcomer.name)).toBeVisible()
  await expect(adminDesk.getByText('Sesi Anda ini')).toBeVisible()
  await expect(adminDesk.getByText('loket ini', { exact: false }).first()).toBeVisible()
  await expectAccessible(adminDesk)
  await picture(adminDesk, 'admin')
  await adminDesk.getByRole('listitem').filter({ hasText: newcomer.name }).getByRole('button', { name: 'Atur ulang langkah kedua' }).click()
  await adminDesk.getByRole('button', { name: 'Atur ulang', exact: true }).click()
  const code = adminDesk.getByLabel('Kode sekali pakai')
  await expect(code).toHaveText(/\S{8,}/)
  setupCode = await code.innerText()
  await expectAccessible(adminDesk)
  await picture(adminDesk, 'admin-setup-code')
  await adminDesk.getByRole('button', { name: 'Sudah dicatat' }).click()
  await expect(adminDesk.getByText(setupCode)).toHaveCount(0)
})

test('the colleague comes in by the setup code, and nothing is open before the authenticator app is set up', async () => {
  await enterPassword(desk, newcomer)
  await desk.getByLabel('Kode penyiapan').fill('BUKAN-KODENYA')
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('alert')).toBeVisible()
  await expectAccessible(desk)
  await desk.getByLabel('Kode penyiapan').fill(setupCode)
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('heading', { name: 'Pasang langkah kedua' })).toBeVisible()
  await expect(desk.getByRole('navigation')).toHaveCount(0)
  await expectAccessible(desk)
  await desk.getByRole('button', { name: 'Aplikasi autentikator' }).click()
  await expect(desk.getByRole('img', { name: 'QR untuk aplikasi autentikator' })).toBeVisible()
  secret = (await desk.locator('totp-setup code').innerText()).replaceAll(' ', '')
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  await expectAccessible(desk)
  await picture(desk, 'setup-totp')
  await desk.getByLabel('Kode 6 angka').fill('000000')
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('alert').filter({ hasText: 'Kode tidak cocok' })).toBeVisible()
  await desk.getByLabel('Kode 6 angka').fill(new TOTP({ secret }).generate())
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('heading', { name: 'Sedang berjalan' })).toBeVisible()
})

/** The second step that is asked before the own account is changed. */
async function proveMyself(world: World, confirm: string): Promise<void> {
  await desk.getByLabel('Kode 6 angka').fill(await nextCode(world.service.serverUrl, newcomer.username, secret))
  await desk.getByRole('button', { name: confirm, exact: true }).click()
}

test('a passkey is added under the account, for a code of the old authenticator app, and signs in', async ({ world }) => {
  const wire = await desk.context().newCDPSession(desk)
  await wire.send('WebAuthn.enable')
  await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await desk.getByRole('link', { name: 'Akun' }).click()
  await expect(desk.getByRole('heading', { name: 'Akun saya' })).toBeVisible()
  await desk.getByRole('button', { name: /^Kunci sandi/ }).click()
  await expect(desk.getByText('Buktikan dulu bahwa ini Anda', { exact: false })).toBeVisible()
  await expect(desk.getByLabel('Kode 6 angka')).toBeFocused()
  await expectAccessible(desk)
  await picture(desk, 'account-proof')
  await desk.getByLabel('Kode 6 angka').fill('000000')
  await desk.getByRole('button', { name: 'Lanjut', exact: true }).click()
  await expect(desk.getByRole('alert').filter({ hasText: 'Kode tidak cocok' })).toBeVisible()
  await expect(desk.getByRole('button', { name: 'Hapus' })).toHaveCount(0)
  await proveMyself(world, 'Lanjut')
  await expect(desk.getByRole('button', { name: 'Hapus' })).toHaveCount(2)
  await expectAccessible(desk)
  await picture(desk, 'account')
  // The same authenticator a second time: told so, in words of what to do.
  await desk.getByRole('button', { name: /^Kunci sandi/ }).click()
  await proveMyself(world, 'Lanjut')
  await expect(desk.getByRole('alert').filter({ hasText: 'Kunci ini sudah terdaftar' })).toBeVisible()
  await desk.getByRole('button', { name: 'Keluar', exact: true }).click()
  await enterPassword(desk, newcomer)
  await desk.getByRole('button', { name: 'Pakai kunci sandi' }).click()
  await expect(desk.getByRole('heading', { name: 'Sedang berjalan' })).toBeVisible()
  // Told at every later sign-in; what was added does not say so itself that it is the owner's.
  await expect(desk.getByText('Langkah kedua baru di akun Anda', { exact: false })).toBeVisible()
  await desk.getByRole('button', { name: 'Ya, ini saya' }).click()
  await expect(desk.getByRole('alert').filter({ hasText: 'masih baru' })).toBeVisible()
})

test('a new password: the old one and a code are asked, simple ones are refused with advice', async ({ world }) => {
  await desk.getByRole('link', { name: 'Akun' }).click()
  const change = async (next: string, again = next) => {
    await desk.getByRole('textbox', { name: 'Kata sandi sekarang' }).fill(newcomer.password)
    await desk.getByRole('textbox', { name: 'Kata sandi baru', exact: true }).fill(next)
    await desk.getByRole('textbox', { name: 'Ulangi kata sandi baru' }).fill(again)
    await desk.keyboard.press('Enter')
  }
  await change('petugas2-dukcapil')
  await proveMyself(world, 'Ganti kata sandi')
  await expect(desk.getByRole('alert').filter({ hasText: 'mudah ditebak' })).toBeVisible()
  await change('gunung-biru-pagi', 'gunung-biru-sore')
  await expect(desk.getByText('Tidak sama dengan kata sandi baru')).toBeVisible()
  newPassword = 'gunung-biru-pagi'
  await change(newPassword)
  await proveMyself(world, 'Ganti kata sandi')
  await expect(desk.getByText('Kata sandi diganti.', { exact: false })).toBeVisible()
})

test('F3 covers the desk, dialogs and all: nothing of a resident is left to read, here or on the customer display, and what was typed comes back', async ({ world }) => {
  const phone = await registerPhone(world.service.serverUrl, { nik: people.gilang.nik, email: 'gilang@example.id' })
  const [display] = await Promise.all([desk.context().waitForEvent('page'), desk.getByRole('button', { name: 'Layar warga' }).click()])
  await openByPaste(desk, phone)
  await expect(desk.getByRole('heading', { name: people.gilang.name })).toBeVisible()
  await expect(display.getByText('gi•', { exact: false }).first()).toBeVisible()
  await desk.getByRole('button', { name: 'Tolak…' }).click()
  await desk.getByLabel('Alasan').fill('Belum perekaman')
  await desk.keyboard.press('F3')
  await expect(desk.getByRole('heading', { name: 'Loket terkunci' })).toBeVisible()
  await expect(desk.getByText(people.gilang.name)).toBeHidden()
  await expect(desk.getByLabel('Alasan')).toBeHidden()
  await expect(desk.getByRole('navigation')).toHaveCount(0)
  expect(await desk.evaluate(() => document.body.innerText)).not.toContain('GILANG')
  await expect(display.getByRole('heading', { name: 'Selamat datang' })).toBeVisible()
  await expectAccessible(desk)
  await picture(desk, 'locked')
  // Neither Esc nor the keys of the screens behind lift the cover.
  for (const key of ['Escape', 'Escape', 'F6', 'F8']) await desk.keyboard.press(key)
  await expect(desk.getByText(people.gilang.name)).toBeHidden()
  await enterPassword(desk, { username: newcomer.username, password: newPassword })
  await desk.getByRole('button', { name: 'Pakai kunci sandi' }).click()
  await expect(desk.getByRole('heading', { name: 'Loket terkunci' })).toHaveCount(0)
  await expect(desk.getByLabel('Alasan')).toHaveValue('Belum perekaman')
  await expect(display.getByText('gi•', { exact: false }).first()).toBeVisible()
  await display.close()
  await desk.getByRole('button', { name: 'Kembali' }).click()
})

test('somebody else at a covered desk begins at home, with nothing of the one before', async ({ world }) => {
  await desk.keyboard.press('F4')
  await desk.getByLabel('Tidak punya ponsel').check()
  await desk.getByRole('textbox', { name: 'NIK' }).fill(people.bayu.nik)
  await desk.keyboard.press('F3')
  await enter(desk, world.service, officer)
  await expect(desk.getByRole('heading', { name: 'Sedang berjalan' })).toBeVisible()
  await desk.keyboard.press('F4')
  await desk.getByLabel('Tidak punya ponsel').check()
  await expect(desk.getByRole('textbox', { name: 'NIK' })).toHaveValue('')
})

test('a second step that was added elsewhere is told at the next sign-in, and one who does not know it removes it', async ({ world }) => {
  await desk.getByRole('button', { name: 'Keluar', exact: true }).click()
  await enterPassword(desk, { username: newcomer.username, password: newPassword })
  await desk.getByLabel('Kode 6 angka').fill(await nextCode(world.service.serverUrl, newcomer.username, secret))
  await expect(desk.getByText(/Kunci sandi.* ditambahkan pada .* di Loket 3/)).toBeVisible()
  await expectAccessible(desk)
  await picture(desk, 'new-factor-notice')
  await desk.getByRole('button', { name: 'Bukan saya: hapus…' }).click()
  await expect(desk.getByLabel('Kode 6 angka')).toBeFocused()
  await expectAccessible(desk)
  await picture(desk, 'new-factor-removal')
  await proveMyself(world, 'Hapus')
  await expect(desk.getByRole('heading', { name: 'Akun saya' })).toBeVisible()
  await expect(desk.getByText('Ganti kata sandi Anda sekarang', { exact: false })).toBeVisible()
  await expect(desk.getByText('Langkah kedua baru di akun Anda', { exact: false })).toHaveCount(0)
  await picture(desk, 'new-factor-removed')
})

test('supervisors hear of what happened to their office’s accounts, live, and say that they have seen it', async ({ world }) => {
  await desk.getByRole('button', { name: 'Keluar', exact: true }).click()
  await signIn(desk, world.service, supervisor)
  await expect(desk.getByRole('link', { name: /Peringatan.*belum dilihat/ })).toBeVisible()
  await desk.getByRole('link', { name: /Peringatan/ }).click()
  const alert = desk.getByRole('listitem').filter({ hasText: `Langkah kedua diatur ulang: ${newcomer.name}` })
  await expect(alert).toBeVisible()
  await expect(desk.getByRole('listitem').filter({ hasText: `Langkah kedua baru dipasang: ${newcomer.name} · Loket 3` }).first()).toBeVisible()
  await expectAccessible(desk)
  await picture(desk, 'alerts')
  await alert.getByRole('button', { name: 'Sudah saya lihat' }).click()
  await expect(alert.getByText(`dilihat ${supervisor.name}`, { exact: false })).toBeVisible()
})

test('a desk nobody touches for ten minutes covers itself', async ({ world }) => {
  const idle = await desk.context().newPage()
  await idle.clock.install()
  await idle.goto(world.service.counterUrl)
  await signIn(idle, world.service)
  await idle.keyboard.press('F4')
  await expect(idle.getByRole('heading', { name: 'Cari penduduk' })).toBeVisible()
  await idle.clock.fastForward('09:00')
  await idle.mouse.move(20, 20)
  await idle.clock.fastForward('09:00')
  await expect(idle.getByRole('heading', { name: 'Cari penduduk' })).toBeVisible()
  await idle.clock.fastForward('01:30')
  await expect(idle.getByRole('heading', { name: 'Loket terkunci' })).toBeVisible()
  await expect(idle.getByRole('heading', { name: 'Cari penduduk' })).toBeHidden()
  await idle.close()
})

test('an ended session is covered at its next request; a revoked workstation must be enrolled anew', async ({ world }) => {
  await adminDesk.keyboard.press('F6')
  await adminDesk.getByRole('link', { name: 'Admin' }).click()
  // At this desk: tests that share the server may have left the supervisor signed in at another.
  const session = adminDesk.getByRole('listitem').filter({ hasText: supervisor.name }).filter({ hasText: 'Loket 3' }).getByRole('button', { name: 'Akhiri' })
  await session.click()
  await adminDesk.getByRole('button', { name: 'Akhiri sesi' }).click()
  await expect(session).toHaveCount(0)
  await desk.keyboard.press('F7')
  await expect(desk.getByRole('heading', { name: 'Masuk lagi' })).toBeVisible()
  await enterPassword(desk, supervisor)
  await enterCode(desk, world.service, supervisor)
  await expect(desk.getByRole('heading', { name: 'Masuk lagi' })).toHaveCount(0)

  // Seven codes are promised, used or not.
  await expect(adminDesk.getByLabel('Nama loket baru')).toHaveValue('Loket 8')
  await adminDesk.getByLabel(/Ganti ponsel/).check()
  await adminDesk.keyboard.press('Tab')
  await adminDesk.getByRole('button', { name: 'Buat kode pendaftaran' }).click()
  const code = await adminDesk.getByLabel('Kode sekali pakai').innerText()
  await picture(adminDesk, 'admin-enrolment-code')
  await adminDesk.getByRole('button', { name: 'Sudah dicatat' }).click()

  await expect(adminDesk.getByLabel('Nama loket baru')).toHaveValue('Loket 9')

  const rows = adminDesk.locator('admin-workstations').getByRole('listitem')
  await rows.filter({ hasText: 'Loket 3' }).getByRole('button', { name: 'Cabut' }).click()
  await adminDesk.getByRole('button', { name: 'Cabut loket' }).click()
  await expect(rows.filter({ hasText: 'Dicabut' })).toHaveCount(1)
  await desk.keyboard.press('F2')
  await desk.keyboard.press('F7')
  await expect(desk.getByRole('heading', { name: 'Masuk lagi' })).toBeVisible()
  await enterPassword(desk, supervisor)
  await expect(desk.getByRole('heading', { name: 'Daftarkan komputer ini sebagai loket' })).toBeVisible()
  await desk.getByLabel('Kode pendaftaran loket').fill(code)
  await desk.getByRole('button', { name: 'Daftarkan' }).click()
  await expect(desk.getByRole('heading', { name: 'Masuk loket' })).toBeVisible()
})

test('text twice as large: nothing is cut off or needs scrolling sideways', async ({ world }) => {
  // 200 % on a 1366-pixel screen leaves 683 CSS pixels (WCAG 1.4.4).
  await adminDesk.setViewportSize({ width: 683, height: 384 })
  for (const path of ['#/admin', '#/akun', '#/pemberitahuan', '#/cari', '#/']) {
    await adminDesk.goto(`${world.service.counterUrl}${path}`)
    await expect(adminDesk.getByRole('banner')).toBeVisible()
    expect(await adminDesk.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0)
  }
  await adminDesk.goto(`${world.service.counterUrl}#/admin`)
  await picture(adminDesk, 'admin-large')
})
