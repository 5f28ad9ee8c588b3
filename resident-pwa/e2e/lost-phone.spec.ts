import { routes } from '@ikd/contract'
import { expect, type Page } from '@playwright/test'
import { captureToTheEnd } from '../../scripts/journeys/stage/capture.ts'
import { makeDesk } from '../../scripts/journeys/stage/desk.ts'
import { approveCase } from '../../scripts/journeys/stage/sign-in.ts'
import { awaitMail, codeOf, linkOf } from './support/mail.ts'
import { becomeResident, pin, widya } from './support/resident.ts'
import { enlargeText, expectAccessible, readQr, test } from './support/stage.ts'

// A phone is lost, and everything its owner can do from somebody else's. Tests follow each other.
test.describe.configure({ mode: 'serial' })

const newEmail = 'widya.baru@contoh.id'
let phone: Page
/** Any browser, without a key. */
let elsewhere: Page
let receiptCode: string
const complaints: string[] = []

test.beforeAll(async ({ browser }) => {
  const open = async () => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedScript|TrustedHTML/.test(message.text())) complaints.push(message.text())
    })
    return page
  }
  ;[phone, elsewhere] = [await open(), await open()]
})
test.afterAll(async () => {
  await Promise.all([phone.context().close(), elsewhere.context().close()])
})

async function look(page: Page): Promise<void> {
  await expectAccessible(page)
  await enlargeText(page, 200)
  await expectAccessible(page)
  await enlargeText(page, 100)
  await page.getByRole('button', { name: 'English' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Indonesia' }).click()
}

async function proveHuman(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Saya bukan robot' }).click()
  await page.getByText('Bukan robot: sudah diperiksa').waitFor()
}

test('the receipt code can be noted while there is a phone: on the screen, copied, and alone on paper', async ({ stage }) => {
  test.slow()
  await becomeResident(phone, stage, widya(stage))
  await phone.getByRole('link', { name: /^Pengaturan/ }).click()
  receiptCode = await phone.locator('ikd-receipt-code .code').innerText()
  expect(receiptCode).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
  await phone.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await phone.getByRole('button', { name: 'Salin' }).click()
  await expect(phone.getByText('Kode sudah disalin.')).toBeVisible()
  expect(await phone.evaluate(() => navigator.clipboard.readText())).toBe(receiptCode)
  await phone.emulateMedia({ media: 'print' })
  await expect(phone.getByText(receiptCode)).toBeVisible()
  await expect(phone.getByRole('button', { name: 'Ganti e-mail' })).toBeHidden()
  await expect(phone.getByRole('button', { name: 'Cetak' })).toBeHidden()
  await phone.emulateMedia({ media: 'screen' })
})

test('a new e-mail counts once the PIN and both addresses have said so; until then it can be cancelled', async ({ stage }) => {
  test.slow()
  const { email } = widya(stage)
  const ask = async () => {
    await phone.getByRole('button', { name: 'Ganti e-mail' }).click()
    await phone.getByLabel('E-mail baru').fill('bukan alamat')
    await phone.getByRole('button', { name: 'Lanjut' }).click()
    await expect(phone.getByText('Alamat e-mail ini belum lengkap')).toBeVisible()
    await phone.getByLabel('E-mail baru').fill(newEmail)
    await phone.getByRole('button', { name: 'Lanjut' }).click()
    await phone.getByLabel('PIN', { exact: true }).fill(pin)
    await expect(phone.getByText('Penggantian sedang berjalan')).toBeVisible()
  }
  await ask()
  await look(phone)
  await phone.getByRole('button', { name: 'Batalkan penggantian' }).click()
  await expect(phone.getByText('Penggantian sedang berjalan')).toBeHidden()
  const known = stage.mailbox.letters(newEmail).length
  await ask()
  const [before, after] = [codeOf(await awaitMail(stage, email, /\b\d{3} ?\d{3}\b/, 2)), codeOf(await awaitMail(stage, newEmail, /\b\d{3} ?\d{3}\b/, known))]
  await phone.getByLabel(/^Kode di e-mail lama/).fill(before === '123123' ? '321321' : '123123')
  await expect(phone.getByText('Kode dari e-mail tidak cocok')).toBeVisible()
  await phone.getByLabel(/^Kode di e-mail lama/).fill(before)
  await expect(phone.getByText(/Kode di e-mail lama.*: benar/)).toBeVisible()
  await phone.getByLabel(/^Kode di e-mail baru/).fill(after)
  await expect(phone.getByText('Sudah diganti')).toBeVisible()
  // Who is no longer written to hears of it, and can stop it.
  expect(linkOf(await awaitMail(stage, email, 'telah diganti'))).toContain('/tangguhkan#')
  expect(complaints).toEqual([])
})

test('whoever asks for a link learns nothing about a NIK; opening the link changes nothing', async ({ stage }) => {
  test.slow()
  await elsewhere.goto(stage.url)
  await elsewhere.getByRole('link', { name: 'Tangguhkan IKD di ponsel itu' }).click()
  await expect(elsewhere.getByRole('heading', { name: 'Tangguhkan IKD' })).toBeFocused()
  await elsewhere.getByRole('button', { name: 'Tangguhkan ponsel itu' }).click()
  await expect(elsewhere.getByText('Kode resi terdiri atas 16 huruf dan angka')).toBeVisible()
  await look(elsewhere)
  const told: string[] = []
  for (const nik of ['3577016304980001', widya(stage).nik]) {
    await elsewhere.getByLabel('E-mail yang terdaftar, dan NIK saya').check()
    await elsewhere.getByLabel('NIK', { exact: true }).fill(nik)
    await proveHuman(elsewhere)
    await elsewhere.getByRole('button', { name: 'Kirim tautan ke e-mail saya' }).click()
    await elsewhere.getByText('Periksa e-mail Anda').waitFor()
    told.push(await elsewhere.locator('ikd-suspension-request').innerText())
    await elsewhere.getByRole('button', { name: 'Coba cara lain' }).click()
  }
  expect(told[0]).toBe(told[1])

  const link = linkOf(await awaitMail(stage, newEmail, '/tangguhkan#'))
  await elsewhere.goto(link)
  await expect(elsewhere.getByRole('button', { name: 'Tangguhkan ponsel ini' })).toBeVisible()
  expect(elsewhere.url()).toBe(`${stage.url}/tangguhkan`)
  expect(await elsewhere.evaluate(() => document.referrer + JSON.stringify(history.state) + JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(link.slice(-22))
  await look(elsewhere)
  await phone.getByRole('link', { name: 'Beranda' }).click()
  await phone.getByRole('link', { name: /^Biodata/ }).click()
  await expect(phone.getByText('WIDYA PARAMITA').first()).toBeVisible()
})

test('the button does: the phone shows nothing of its owner any more, and says how it comes back', async () => {
  test.slow()
  await proveHuman(elsewhere)
  await elsewhere.getByRole('button', { name: 'Tangguhkan ponsel ini' }).click()
  await expect(elsewhere.getByText('IKD di ponsel itu sudah ditangguhkan')).toBeVisible()
  await expect(elsewhere.getByText('Buka IKD di ponsel itu, lalu ketik PIN')).toBeVisible()
  await look(elsewhere)
  // By itself, for the phone hears of it.
  await expect(phone.getByRole('heading', { name: 'IKD ditangguhkan' })).toBeVisible()
  await expect(phone.getByText('WIDYA PARAMITA')).toHaveCount(0)
  await look(phone)
})

test('found again: the PIN, then a code from the e-mail, open the same phone', async ({ stage }) => {
  test.slow()
  await phone.getByLabel('PIN', { exact: true }).fill('305817')
  await expect(phone.getByText('PIN salah').first()).toBeVisible()
  await phone.getByLabel('PIN', { exact: true }).fill(pin)
  await phone.getByLabel('Kode dari e-mail').waitFor()
  await look(phone)
  const code = codeOf(await awaitMail(stage, newEmail, 'ditangguhkan, dan seseorang'))
  await phone.getByLabel('Kode dari e-mail').fill(code === '123123' ? '321321' : '123123')
  await expect(phone.getByText('Kode dari e-mail tidak cocok')).toBeVisible()
  await phone.getByLabel('Kode dari e-mail').fill(code)
  await phone.getByRole('heading', { name: 'Masukkan PIN' }).waitFor()
  await phone.getByLabel('PIN', { exact: true }).fill(pin)
  await phone.getByRole('heading', { name: 'Biodata' }).waitFor()
  await phone.getByRole('link', { name: 'Beranda' }).click()
  await phone.getByRole('link', { name: /^Histori/ }).click()
  for (const said of ['IKD di ponsel Anda dibuka kembali', 'IKD di ponsel Anda ditangguhkan', 'Tautan penangguhan dikirim ke e-mail Anda', 'E-mail atau nomor Anda diganti']) {
    await expect(phone.getByText(said).first()).toBeVisible()
  }
  await expect(phone.getByText(/^Keperluan: (resident|not-me|asked)/)).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('the receipt code suspends at once, as people copy it', async ({ stage }) => {
  test.slow()
  await elsewhere.goto(`${stage.url}/tangguhkan`)
  await elsewhere.getByLabel('Kode resi', { exact: true }).fill(receiptCode.replaceAll('-', ' ').toLowerCase())
  await proveHuman(elsewhere)
  await elsewhere.getByRole('button', { name: 'Tangguhkan ponsel itu' }).click()
  await expect(elsewhere.getByText('IKD di ponsel itu sudah ditangguhkan')).toBeVisible()
  await expect(phone.getByRole('heading', { name: 'IKD ditangguhkan' })).toBeVisible()
})

test('“not me”, from the address that was replaced: then PIN and e-mail open nothing, and both pages name the office', async ({ stage }) => {
  test.slow()
  await elsewhere.goto(linkOf(await awaitMail(stage, widya(stage).email, 'telah diganti')))
  await expect(elsewhere.getByText('hanya kantor Dukcapil yang dapat membukanya kembali')).toBeVisible()
  await look(elsewhere)
  await proveHuman(elsewhere)
  await elsewhere.getByRole('button', { name: 'Tangguhkan ponsel ini' }).click()
  await expect(elsewhere.getByText('PIN dan e-mail saja tidak cukup')).toBeVisible()
  await phone.reload()
  await expect(phone.getByText('PIN dan e-mail saja tidak cukup')).toBeVisible()
  await expect(phone.getByLabel('PIN', { exact: true })).toHaveCount(0)
  // What the office needs to open it again.
  await expect(phone.getByRole('img', { name: 'QR pendaftaran untuk petugas' })).toBeVisible()
  await look(phone)
  expect(complaints).toEqual([])
})

test('the office opens it again: the same phone at the desk, its owner’s face, two people', async ({ stage }) => {
  test.slow()
  const { office, sitter } = widya(stage)
  const desk = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode(office), username: `petugas.${office}`, password: stage.password })
  const opened = await desk.open(await readQr(phone))
  expect(opened.kind).toBe('unblock')
  await phone.getByLabel('Kode dari layar loket').fill(opened.confirmation?.code ?? '')
  await phone.getByRole('heading', { name: 'Petugas sedang memeriksa' }).waitFor()
  await captureToTheEnd(desk, opened.id, sitter)
  await desk.client.call(routes.cases.askSupervisor, { token: desk.token, params: { caseId: opened.id }, body: { outcome: 'approve', reason: 'Datang sendiri dengan KTP-el' } })
  await approveCase(desk, opened.id, { username: `supervisor.${office}` })
  await desk.decide(opened.id, 'approve')
  await phone.getByRole('heading', { name: 'Masukkan PIN' }).waitFor()
  expect(complaints).toEqual([])
})

test('a PIN forgotten, or locked after ten wrong ones, is no dead end: this phone registers again, also while it is suspended', async ({ stage }) => {
  test.slow()
  const again = { name: 'Daftarkan ponsel ini lagi' }
  await expect(phone.getByRole('link', again)).toBeVisible()
  await look(phone)
  const { id } = await stage.store.selectFrom('registration').select('id').where('email', '=', newEmail).executeTakeFirstOrThrow()
  // As if nine wrong ones had come before, with their pauses.
  await stage.store.updateTable('binding').set({ pin_row: 9 }).where('registration_id', '=', id).execute()
  await phone.getByLabel('PIN', { exact: true }).fill('305817')
  await expect(phone.getByText('PIN terkunci')).toBeVisible()
  await expect(phone.getByLabel('PIN', { exact: true })).toHaveCount(0)
  await look(phone)
  await phone.getByRole('button', again).click()
  await phone.getByRole('heading', { name: 'KTP Anda di ponsel Anda' }).waitFor()
  // Until it is registered anew, nothing has changed.
  await phone.goto(`${stage.url}/beranda`)
  await phone.getByRole('heading', { name: 'Masukkan PIN' }).waitFor()
  await elsewhere.goto(`${stage.url}/tangguhkan`)
  await elsewhere.getByLabel('Kode resi', { exact: true }).fill(receiptCode)
  await proveHuman(elsewhere)
  await elsewhere.getByRole('button', { name: 'Tangguhkan ponsel itu' }).click()
  await phone.getByRole('heading', { name: 'IKD ditangguhkan' }).waitFor()
  await expect(phone.getByText('PIN terkunci')).toBeVisible()
  await expect(phone.getByLabel('PIN', { exact: true })).toHaveCount(0)
  await look(phone)
  await phone.getByRole('button', again).click()
  await phone.getByRole('button', { name: 'Saya setuju, daftar' }).click()
  await phone.getByRole('heading', { name: 'Daftar', exact: true }).waitFor()
  expect(complaints).toEqual([])
})

test('a link that is no good says what to do instead', async ({ stage }) => {
  await elsewhere.goto(`${stage.url}/tangguhkan#${'A'.repeat(22)}`)
  await expect(elsewhere.getByText('Tautan ini tidak berlaku lagi')).toBeVisible()
  await elsewhere.getByRole('button', { name: 'Pakai kode resi atau NIK' }).click()
  await expect(elsewhere.getByLabel('Kode resi', { exact: true })).toBeVisible()
  await elsewhere.goto(`${stage.url}/kontak#${'A'.repeat(22)}`)
  await expect(elsewhere.getByText('Tautan ini sudah tidak berlaku')).toBeVisible()
  await look(elsewhere)
})

test('no page of the app can be framed, and every one of them has Trusted Types', async ({ stage }) => {
  for (const path of ['/', '/tangguhkan', '/kontak', '/aktivasi', '/lembaga', '/pengaturan', '/beranda']) {
    const { headers } = await fetch(stage.url + path, { headers: { accept: 'text/html' } })
    const policy = headers.get('content-security-policy') ?? ''
    for (const rule of ["frame-ancestors 'none'", "require-trusted-types-for 'script'", "script-src 'self' 'wasm-unsafe-eval'", "base-uri 'none'"]) {
      expect.soft(`${path}: ${policy}`).toContain(rule)
    }
    expect.soft(`${path}: ${headers.get('referrer-policy')}`).toBe(`${path}: no-referrer`)
  }
  // What the browser makes of it.
  const framed = await elsewhere.evaluate(async (address) => {
    const frame = document.createElement('iframe')
    frame.src = address
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    document.body.append(frame)
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 3_000))])
    return frame.contentDocument?.querySelector('ikd-app') !== null && frame.contentDocument !== null
  }, `${stage.url}/tangguhkan`)
  expect(framed).toBe(false)
  const injected = await elsewhere.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<b>x</b>'
      return 'taken'
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(injected).toBe('TypeError')
})
