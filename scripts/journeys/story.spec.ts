import { generateSigningKey, webCryptoSigningKey } from '@ikd/client'
import { encodePresentation } from '@ikd/contract'
import { expect, type Page } from '@playwright/test'
import { nextCode } from './stage/authenticator.ts'
import { expectAccessible } from './stage/browsers.ts'
import { expectFace } from './stage/face.ts'
import { type Film, filmQr, filmText, photographQr, readQr, shoot } from './stage/film.ts'
import { awaitLetter, readActivation } from './stage/letter.ts'
import { picture } from './stage/picture.ts'
import { enrolOverTheWire } from './stage/enrol.ts'
import { test, type World } from './stage/test.ts'

test.describe.configure({ mode: 'serial' })

const pin = '472915'
const email = 'ratna@contoh.id'

let phone: Page
let desk: Page
let teller: Page
let held: Film

/** Something else is held before the teller’s camera, and the next scan begun. */
async function present(world: World, film: Film): Promise<void> {
  await shoot(world.scanner.cameraFile, film)
  await teller.getByRole('button', { name: 'Pindai berikutnya' }).click()
}

test('register: consent, NIK checked as typed, captcha, a key of the phone’s own', async ({ world }) => {
  phone = await world.openPhone()
  await phone.goto(world.stage.url)
  await expect(phone.getByRole('heading', { name: 'KTP Anda di ponsel Anda' })).toBeVisible()
  await expectAccessible(phone)
  await picture(phone, 'phone-1-welcome')
  await phone.getByRole('button', { name: 'Saya setuju, daftar' }).click()

  await phone.getByLabel('NIK').fill('3577016304980001')
  await phone.getByLabel('NIK').fill(world.nikOf('genuine-pair'))
  await phone.getByLabel('E-mail').fill(email)
  await phone.getByLabel('Nomor ponsel').fill('0812 3456 7890')
  await phone.getByRole('button', { name: 'Saya bukan robot' }).click()
  await expectAccessible(phone)
  await picture(phone, 'phone-2-register')
  await phone.getByRole('button', { name: 'Kirim pendaftaran' }).click()
  await expect(phone.getByRole('img', { name: 'QR pendaftaran untuk petugas' })).toBeVisible({ timeout: 20_000 })
  await expectAccessible(phone)
  await picture(phone, 'phone-3-registration-qr')
})

test('counter: the desk’s camera reads the phone’s screen, the phone shows who opened it and confirms with the desk’s code', async ({ world }) => {
  desk = await world.openDesk()
  await desk.getByRole('button', { name: 'Daftarkan' }).click()
  await desk.getByRole('textbox', { name: 'Nama pengguna' }).fill('petugas.madiun')
  await desk.getByRole('textbox', { name: 'Kata sandi' }).fill(world.stage.password)
  await desk.keyboard.press('Enter')
  await desk.getByLabel('Kode 6 angka').fill(await nextCode(world.stage.url, 'petugas.madiun'))
  await expect(desk.getByRole('heading', { name: 'Sedang berjalan' })).toBeVisible()

  world.desk.show(await photographQr(phone, 'QR pendaftaran untuk petugas'))
  await desk.keyboard.press('F2')
  await expect(desk.getByRole('heading', { name: 'RATNA AYU KUSUMO' })).toBeVisible({ timeout: 30_000 })
  await picture(desk, 'desk-1-case')
  await world.desk.seat(await world.stage.head('sample3-895'), 0)

  await expect(phone.getByText('Disdukcapil Kota Madiun').first()).toBeVisible()
  await expect(phone.getByText('Hesti Wulansari')).toBeVisible()
  await expectAccessible(phone)
  await picture(phone, 'phone-4-at-desk')
  const code = await desk.getByLabel('Kode kasus').innerText()
  await phone.getByLabel('Kode dari layar loket').fill(code)
  await expect(phone.getByText('Menunggu keputusan petugas')).toBeVisible()
})

test('face: guided capture, the server’s own answer, the KTP-el photograph only then', async () => {
  await expectFace(desk, 'Cocok')
  await expect(desk.getByRole('img', { name: 'Foto KTP-el' })).toBeVisible()
  await expectAccessible(desk)
  await picture(desk, 'desk-2-match')
})

test('decide and mail: approval sends code and link; the desk sees it arrive', async ({ world }) => {
  await desk.getByRole('button', { name: /Setujui/ }).click()
  await expect(desk.getByText('E-mail sudah diterima kotak surat')).toBeVisible({ timeout: 20_000 })
  await picture(desk, 'desk-3-mail')
  const letter = await awaitLetter(world.stage.mailbox, email)
  expect(letter.text).toContain('Petugas')
  expect(letter.html).toContain('lang="id"')
})

test('activate: the link in any browser, then the code again in the app, then the resident’s own PIN', async ({ world }) => {
  const { code, link } = readActivation(await awaitLetter(world.stage.mailbox, email))
  const browser = await world.openPhone()
  await browser.goto(link)
  await expect(browser.getByRole('heading', { name: 'Aktivasi IKD' })).toBeVisible()
  expect(browser.url()).not.toContain('#')
  await browser.getByLabel('Kode aktivasi dari e-mail').fill(code)
  await browser.getByRole('button', { name: 'Saya bukan robot' }).click()
  await expectAccessible(browser)
  await picture(browser, 'phone-5-link')
  await browser.getByRole('button', { name: 'Konfirmasi' }).click()
  await expect(browser.getByText('Kode benar')).toBeVisible({ timeout: 20_000 })
  await browser.context().close()

  await phone.getByLabel('Kode aktivasi dari e-mail').fill(code)
  await expect(phone.getByLabel('PIN baru')).toBeVisible()
  await phone.getByLabel('PIN baru').fill('123456')
  await expect(phone.getByText('Jangan angka berurutan. Pilih PIN lain.').first()).toBeVisible()
  await phone.getByLabel('PIN baru').fill(pin)
  await picture(phone, 'phone-6-pin')
  await phone.getByLabel('Ketik PIN sekali lagi').fill(pin)
  await expect(phone.getByRole('navigation', { name: 'Menu utama' })).toBeVisible({ timeout: 20_000 })
  await expect(desk.getByText('Ponsel warga sudah aktif.')).toBeVisible()
  await picture(desk, 'desk-4-active')
})

test('home, identity, family and documents, behind the PIN at every open', async () => {
  await phone.reload()
  await expect(phone.getByRole('heading', { name: 'Masukkan PIN' })).toBeVisible()
  await expectAccessible(phone)
  await phone.getByLabel('PIN', { exact: true }).fill(pin)
  await expect(phone.getByRole('navigation', { name: 'Menu utama' })).toBeVisible()
  await expectAccessible(phone)
  await picture(phone, 'phone-7-home')
  await phone.getByRole('link', { name: /Biodata/ }).click()
  await expect(phone.getByText('RATNA AYU KUSUMO').first()).toBeVisible()
  await expectAccessible(phone)
  await picture(phone, 'phone-8-identity')
  await phone.goBack()
  await phone.getByRole('link', { name: /Dokumen/ }).click()
  for (const name of [/Kartu Keluarga/, /NPWP/, /[Vv]aksin/, /[Kk]endaraan/]) await expect(phone.getByText(name).first()).toBeVisible()
  await expect(phone.getByText(/Bertanya kepada/)).toHaveCount(0)
  await expectAccessible(phone)
  await picture(phone, 'phone-9-documents')
})

test('the rotating QR is scanned once by an institution, which sees photo, name and what it registered', async ({ world }) => {
  await phone.goBack()
  await phone.getByRole('link', { name: /KTP Digital/ }).click()
  await picture(phone, 'phone-10-ktp')
  await phone.getByRole('tab', { name: 'QR' }).click()
  await expect(phone.getByRole('img', { name: 'QR KTP Digital' })).toBeVisible()
  await expectAccessible(phone)
  await picture(phone, 'phone-11-qr')

  held = await filmQr(phone, 'QR KTP Digital')
  await shoot(world.scanner.cameraFile, held)
  teller = await world.openScanner()
  await teller.goto(`${world.stage.url}/lembaga`)
  await teller.getByLabel('Nama pengguna').fill('teller.bank')
  await teller.getByLabel('Kata sandi').fill(world.stage.password)
  await teller.keyboard.press('Enter')
  await expect(teller.getByRole('heading', { name: 'Bank Contoh Nusantara' })).toBeVisible()
  await teller.getByLabel('Keperluan').selectOption('Pembukaan rekening')
  await picture(teller, 'teller-1-scan')
  await expect(teller.getByText('RATNA AYU KUSUMO')).toBeVisible({ timeout: 30_000 })
  await expectAccessible(teller)
  await picture(teller, 'teller-2-result')
  await expect(phone.getByText(/Bank Contoh Nusantara/).first()).toBeVisible()
  await picture(phone, 'phone-12-scanned')
})

test('a second scan is told that the QR was scanned before', async ({ world }) => {
  await present(world, held)
  await expect(teller.getByText('QR ini sudah dipindai')).toBeVisible({ timeout: 30_000 })
  await expectAccessible(teller)
  await picture(teller, 'teller-3-already-used')
})

test('a QR of ninety seconds ago is told to have expired, by the server’s clock', async ({ world }) => {
  const late = await filmQr(phone, 'QR KTP Digital')
  world.stage.advance(91_000)
  await present(world, late)
  await expect(teller.getByText('QR sudah lewat waktu')).toBeVisible({ timeout: 30_000 })
})

test('a forged QR is told not to be ours', async ({ world }) => {
  const forger = await webCryptoSigningKey(await generateSigningKey())
  const forged = await encodePresentation(
    {
      handle: crypto.getRandomValues(new Uint8Array(16)),
      id: crypto.getRandomValues(new Uint8Array(8)),
      issuedAt: Math.floor(world.stage.now() / 1000),
      audience: { to: 'any-institution' },
      fields: ['photo', 'name'],
    },
    (bytes) => forger.sign(bytes),
  )
  await present(world, await filmText(forged))
  await expect(teller.getByText('Ini bukan QR IKD yang asli')).toBeVisible({ timeout: 30_000 })
})

test('a QR made out to a resident is not for an institution; a resident sees photo and name only', async ({ world }) => {
  // The phone learns of the server's moved clock as it would of its own being wrong: at its next unlock.
  await phone.reload()
  await phone.getByLabel('PIN', { exact: true }).fill(pin)
  await expect(phone.getByRole('img', { name: 'QR KTP Digital' }).or(phone.getByRole('link', { name: /KTP Digital/ })).first()).toBeVisible()
  if (await phone.getByRole('link', { name: /KTP Digital/ }).isVisible()) await phone.getByRole('link', { name: /KTP Digital/ }).click()
  await phone.getByRole('button', { name: 'Ubah penerima dan data' }).click()
  await phone.getByLabel(/Penduduk lain/).check()
  await expectAccessible(phone)
  await picture(phone, 'phone-13-audience')
  await phone.getByRole('button', { name: 'Tampilkan QR' }).click()
  const forResident = await filmQr(phone, 'QR KTP Digital')
  await present(world, forResident)
  await expect(teller.getByText('QR ini bukan untuk Anda')).toBeVisible({ timeout: 30_000 })

  const neighbour = await enrolOverTheWire(world.stage, world.nikOf('newcomer'))
  const seen = await neighbour.scan(await readQr(phone, 'QR KTP Digital'))
  expect(seen.fields.toSorted()).toEqual(['name', 'photo'])
})

test('history tells the resident who looked, when, why and at which fields', async () => {
  await phone.getByRole('link', { name: 'Beranda' }).click()
  await phone.getByRole('link', { name: /Histori/ }).click()
  await expect(phone.getByText('Bank Contoh Nusantara').first()).toBeVisible()
  await expect(phone.getByText('Pembukaan rekening').first()).toBeVisible()
  await expectAccessible(phone)
  await picture(phone, 'phone-14-history')
})

test('three wrong PINs pause for five minutes, and the right one opens after them', async ({ world }) => {
  await phone.reload()
  for (let i = 0; i < 3; i++) {
    await expect(phone.getByLabel('PIN', { exact: true })).toBeEnabled()
    await phone.getByLabel('PIN', { exact: true }).fill('305817')
    await expect(phone.getByText(i < 2 ? /PIN salah/ : 'PIN salah tiga kali').first()).toBeVisible()
  }
  await expectAccessible(phone)
  await picture(phone, 'phone-15-paused')
  world.stage.advance(5 * 60_000)
  await phone.reload()
  await expect(phone.getByLabel('PIN', { exact: true })).toBeVisible()
  await phone.getByLabel('PIN', { exact: true }).fill(pin)
  // Back where the resident was.
  await expect(phone.getByRole('heading', { name: 'Histori' })).toBeVisible()
})
