import { mkdir, writeFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { awaitMail, codeOf } from '../../../resident-pwa/e2e/support/mail.ts'
import { makeDesk } from '../stage/desk.ts'
import { awaitLetter, readActivation } from '../stage/letter.ts'
import { whyMissing } from './missing.ts'
import type { Page } from './page.ts'
import { test, type World } from './test.ts'

// The story once, in every engine: written against what a person does, not against a driver. Its parts follow each other.
test.describe.configure({ mode: 'serial' })

test.skip(({ engineName }) => whyMissing(engineName) !== undefined, 'the engine is not on this machine')

const pin = '472915'
const email = 'ratna@contoh.id'

/** For people to look at, when `IKD_PICTURES` names a folder for them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['IKD_PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/${test.info().project.name}-${name}.png`, await page.screenshot())
}

async function proveHuman(page: Page): Promise<void> {
  await page.press('button', 'Saya bukan robot')
  await page.reads('Bukan robot: sudah diperiksa')
}

function nikOf({ stage }: World, part: string): string {
  const member = stage.demo.cast.find((candidate) => candidate.part === part)
  if (!member) throw new Error(`nobody in the demo is ${part}`)
  return member.nik
}

test.afterEach(({ world }) => {
  expect([...world.phone.complaints(), ...world.other.complaints()]).toEqual([])
})

test('register: consent, captcha, a key of the phone’s own', async ({ world }) => {
  const { phone } = world
  await phone.open(world.stage.url)
  await phone.press('button', 'Saya setuju, daftar')
  await phone.fill('NIK', nikOf(world, 'genuine-pair'))
  await phone.fill('E-mail', email)
  await phone.fill('Nomor ponsel', '0812 3456 7890')
  await proveHuman(phone)
  await picture(phone, '1-register')
  await phone.press('button', 'Kirim pendaftaran')
  await phone.shows('heading', 'Terdaftar')
})

test('the desk: the QR is read off the screen, the phone confirms with the desk’s code, the face matches, mail is sent', async ({ world }) => {
  const { stage, phone } = world
  const desk = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode('madiun'), username: 'petugas.madiun', password: stage.password })
  const qr = await phone.readQr('QR pendaftaran untuk petugas')
  await picture(phone, '2-registered')
  const opened = await desk.open(qr)
  await phone.fill('Kode dari layar loket', opened.confirmation?.code ?? '')
  await phone.shows('heading', 'Petugas sedang memeriksa')
  await picture(phone, '3-in-review')
  const compared = await desk.capture(opened.id, stage.sitter('sample3-895', 0))
  expect(compared.captures.at(-1)).toMatchObject({ outcome: 'match' })
  await desk.decide(opened.id, 'approve')
})

test('activate: the mail’s link in another browser, the code again on the phone, then a PIN', async ({ world }) => {
  const { stage, phone, other } = world
  const { code, link } = readActivation(await awaitLetter(stage.mailbox, email))
  await other.open(link)
  await other.fill('Kode aktivasi dari e-mail', code)
  await proveHuman(other)
  await picture(other, '4-link')
  await other.press('button', 'Konfirmasi')
  await other.reads('Kode benar')
  await phone.fill('Kode aktivasi dari e-mail', code)
  await phone.fill('PIN baru', pin)
  await phone.fill('Ketik PIN sekali lagi', pin)
  await phone.shows('heading', 'Beranda')
  await picture(phone, '5-home')
})

test('the bank: signs in at /lembaga, its camera opens, the QR off the phone’s screen is scanned once', async ({ world }) => {
  const { stage, phone, other } = world
  await other.open(`${stage.url}/lembaga`)
  await other.fill('Nama pengguna', 'teller.bank')
  await other.fill('Kata sandi', stage.password)
  await other.press('button', 'Masuk')
  await other.shows('heading', 'Bank Contoh Nusantara')
  await other.choose('Keperluan', 'Pembukaan rekening')
  await other.reads('Arahkan kamera ke QR KTP Digital')
  await other.films()
  await picture(other, '6-scan')

  await phone.press('link', 'KTP Digital')
  await phone.press('tab', 'QR')
  const qr = await phone.readQr('QR KTP Digital')
  await picture(phone, '7-qr')
  // No engine but Chromium can be given a picture for its camera; whoever has none pastes the text.
  await other.press('button', 'Kamera tidak bisa? Tempel teks QR')
  await other.fill('Teks QR', qr)
  await other.press('button', 'Periksa')
  await other.reads('RATNA AYU KUSUMO')
  await picture(other, '8-scanned')
  await phone.reads('Bank Contoh Nusantara')

  await other.press('button', 'Pindai berikutnya')
  await other.press('button', 'Kamera tidak bisa? Tempel teks QR')
  await other.fill('Teks QR', qr)
  await other.press('button', 'Periksa')
  await other.reads('QR ini sudah dipindai')
})

test('suspended from another browser with the receipt code: the phone says so by itself', async ({ world }) => {
  const { stage, phone, other } = world
  await phone.press('link', 'Beranda')
  await phone.press('link', 'Pengaturan')
  const receipt = await phone.find(/\b([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\b/)
  await other.open(`${stage.url}/tangguhkan`)
  await other.fill('Kode resi', receipt)
  await proveHuman(other)
  await other.press('button', 'Tangguhkan ponsel itu')
  await other.reads('IKD di ponsel itu sudah ditangguhkan')
  await phone.shows('heading', 'IKD ditangguhkan')
  await picture(phone, '9-suspended')
})

test('resumed on the same phone with the PIN, and a code from the mail', async ({ world }) => {
  const { stage, phone } = world
  await phone.fill('PIN', pin)
  await phone.fill('Kode dari e-mail', codeOf(await awaitMail(stage, email, 'ditangguhkan, dan seseorang')))
  await phone.shows('heading', 'Masukkan PIN')
  await phone.fill('PIN', pin)
  await phone.shows('heading', 'Pengaturan')
})

test('without a network the app still opens, says what to do, and goes on by itself when the network is back', async ({ world }) => {
  const { cable, phone } = world
  expect(await phone.evaluate(async () => (await navigator.serviceWorker.ready).active !== null, undefined)).toBe(true)
  await cable.cut()
  await phone.reload()
  await phone.shows('heading', 'IKD belum dapat dibuka', 40_000)
  await picture(phone, '10-offline')
  await cable.mend()
  await phone.shows('heading', 'Masukkan PIN', 40_000)
  await phone.fill('PIN', pin)
  await phone.shows('heading', 'Pengaturan')
})
