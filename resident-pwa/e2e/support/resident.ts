import { routes } from '@ikd/contract'
import type { Page } from '@playwright/test'
import { glimpse, type Sitter } from '../../../scripts/demo/turning-head/sitter.ts'
import { captureToTheEnd } from '../../../scripts/journeys/stage/capture.ts'
import { makeDesk } from '../../../scripts/journeys/stage/desk.ts'
import { approveCase } from '../../../scripts/journeys/stage/sign-in.ts'
import { awaitLetter, readActivation } from '../../../scripts/journeys/stage/letter.ts'
import type { Stage } from '../../../scripts/journeys/stage/stage.ts'
import { readQr } from './stage.ts'

export const pin = '481920'

/** Somebody of the demo, and the office they go to. */
export interface Person {
  readonly nik: string
  readonly email: string
  readonly office: string
  /** Before the desk's camera. */
  readonly sitter: Sitter
}

/** The person whose other picture the demo knows. */
export function ratna(stage: Stage): Person {
  return { nik: nikOf(stage, 'genuine-pair'), email: 'ratna@contoh.id', office: 'madiun', sitter: otherPictureOfHer(stage) }
}

/** Somebody who lives in another office's area. */
export function widya(stage: Stage): Person {
  const nik = nikOf(stage, 'newcomer')
  const portrait = stage.demo.portraits.find((given) => given.nik === nik)?.portrait
  if (!portrait) throw new Error('the newcomer has no portrait')
  // There is no other picture of her, and the one on record is no face before the camera: a supervisor helps.
  return { nik, email: 'widya@contoh.id', office: 'banguntapan', sitter: glimpse(portrait.jpeg) }
}

/** Somebody whose face cannot be told, so that a supervisor helps. */
export function endang(stage: Stage): Person {
  const uncertain = stage.demo.portraits.find(({ part }) => part === 'uncertain-pair')?.portrait.uncertainWith
  if (!uncertain) throw new Error('the sample pictures hold no uncertain pair')
  return { nik: nikOf(stage, 'uncertain-pair'), email: 'endang@contoh.id', office: 'madiun', sitter: stage.sitter(uncertain, 0) }
}

function nikOf(stage: Stage, part: string): string {
  const member = stage.demo.cast.find((candidate) => candidate.part === part)
  if (!member) throw new Error(`nobody in the demo is ${part}`)
  return member.nik
}

/** What a test looks at on each screen on the way. */
export type Look = (screen: string, page: Page) => Promise<void>

/** From the first screen to Beranda; the desk is played over the wire. */
export async function becomeResident(page: Page, stage: Stage, person: Person, look: Look = async () => {}): Promise<void> {
  const { email, office, sitter } = person
  await register(page, stage, person, look)
  const qr = await readQr(page)
  await look('registered', page)

  const desk = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode(office), username: `petugas.${office}`, password: stage.password })
  const opened = await desk.open(qr)
  await page.getByRole('heading', { name: 'Pastikan petugasnya benar' }).waitFor()
  await look('at the desk', page)
  await page.getByLabel('Kode dari layar loket').fill(opened.confirmation?.code ?? '')
  await page.getByRole('heading', { name: 'Petugas sedang memeriksa' }).waitFor()
  await look('in review', page)
  const compared = await captureToTheEnd(desk, opened.id, sitter)
  if (compared.captures.at(-1)?.outcome !== 'match') {
    await desk.client.call(routes.cases.askSupervisor, { token: desk.token, params: { caseId: opened.id }, body: { outcome: 'approve', reason: 'Foto lama' } })
    await approveCase(desk, opened.id, { username: `supervisor.${office}` })
  }
  await desk.decide(opened.id, 'approve')
  await page.getByRole('heading', { name: 'Disetujui' }).waitFor()
  await look('approved', page)

  const { link, code } = readActivation(await awaitLetter(stage.mailbox, email))
  await confirmInAnotherBrowser(page, link, code, look)
  await page.getByRole('heading', { name: 'Isi kode aktivasi' }).waitFor()
  await look('code', page)
  await page.getByLabel('Kode aktivasi dari e-mail').fill(code)
  await page.getByRole('heading', { name: 'Buat PIN' }).waitFor()
  await look('PIN', page)
  await page.getByLabel('PIN baru').fill(pin)
  await page.getByLabel('Ketik PIN sekali lagi').fill(pin)
  await page.getByRole('heading', { name: 'Beranda' }).waitFor()
}

/** From the consent to *Periksa status*. */
export async function register(page: Page, stage: Stage, who: { nik: string; email: string }, look: Look = async () => {}): Promise<void> {
  if (!page.url().startsWith(stage.url)) await page.goto(stage.url)
  await page.getByRole('button', { name: 'Saya setuju, daftar' }).waitFor()
  await look('welcome', page)
  await page.getByRole('button', { name: 'Saya setuju, daftar' }).click()
  await page.getByLabel('NIK').fill('1234567890123456')
  await page.getByRole('button', { name: 'Kirim pendaftaran' }).click()
  await look('register with mistakes', page)
  await page.getByLabel('NIK').fill(who.nik)
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('Nomor ponsel').fill('0812 3456 7890')
  await page.getByRole('button', { name: 'Saya bukan robot' }).click()
  await page.getByText('Bukan robot: sudah diperiksa').waitFor()
  await page.getByRole('button', { name: 'Kirim pendaftaran' }).click()
  await page.getByRole('heading', { name: 'Terdaftar' }).waitFor()
}

function otherPictureOfHer(stage: Stage): Sitter {
  const reference = stage.demo.portraits.find(({ part }) => part === 'genuine-pair')?.portrait
  const other = stage.faces.find((face) => face.person !== undefined && face.person === reference?.person && face.id !== reference.id)
  if (!other) throw new Error('the sample pictures hold no second picture of this person')
  return stage.sitter(other.id, 0)
}

async function confirmInAnotherBrowser(page: Page, link: string, code: string, look: Look): Promise<void> {
  // A browser with a profile of its own has one context only: there the mail is read on the phone itself.
  const browser = page.context().browser()
  const context = await browser?.newContext({ viewport: page.viewportSize() })
  const reader = await (context ?? page.context()).newPage()
  await reader.goto(link)
  await reader.getByLabel('Kode aktivasi dari e-mail').fill(code)
  await look('link page', reader)
  await reader.getByRole('button', { name: 'Saya bukan robot' }).click()
  await reader.getByText('Bukan robot: sudah diperiksa').waitFor()
  await reader.getByRole('button', { name: 'Konfirmasi' }).click()
  await reader.getByText('Kode benar').waitFor()
  await look('link page, confirmed', reader)
  await (context ?? reader).close()
}
