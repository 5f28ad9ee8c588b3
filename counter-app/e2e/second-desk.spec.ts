import { expect, type Page } from '@playwright/test'
import { expectFace } from '../../scripts/journeys/stage/face.ts'
import { knownApprovalPin } from '../../scripts/demo/population/offices.ts'
import { picture } from '../../scripts/journeys/stage/picture.ts'
import { enrol, enrolmentCodes, enterCode, expectAccessible, openPage, signIn, test } from './support/desk.ts'
import { type Phone, registerPhone } from './support/phone.ts'
import { admin, officer, people, supervisor } from './support/population.ts'
import { before, confirmOnPhone, openByPaste, pressOnceReady } from './support/visit.ts'

test.describe.configure({ mode: 'serial' })

/** Where the resident sits, and a desk of somebody else's. */
let first: Page
let second: Page
let phone: Phone

test.beforeAll(async ({ world }) => {
  first = await openPage(world)
  await enrol(first, world.service, enrolmentCodes.first)
  await signIn(first, world.service)
  second = await openPage(world)
  await enrol(second, world.service, enrolmentCodes.second)
  await signIn(second, world.service, admin)
})
test.afterAll(async () => {
  await first.context().close()
  await second.context().close()
})

const row = (page: Page) => page.getByRole('link', { name: new RegExp(people.wati.name) }).first()
const cameras = (page: Page) => page.locator('face-capture')

/** As on a cheap office PC, in the dark, and with text twice as large, which leaves half the pixels (WCAG 1.4.4). */
async function pictures(of: Page, name: string): Promise<void> {
  await picture(of, name)
  await of.emulateMedia({ colorScheme: 'dark' })
  await picture(of, `${name}-dark`)
  await of.emulateMedia({ colorScheme: 'light' })
  await of.setViewportSize({ width: 683, height: 384 })
  expect(await of.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBeLessThanOrEqual(0)
  await picture(of, `${name}-large`)
  await of.setViewportSize({ width: 1366, height: 768 })
}

test('a colleague who opens the row sees who has the case; no camera starts there and nothing is offered but taking it over', async ({ world }) => {
  // Too dark for a capture to begin by itself.
  world.camera.light(0.02)
  phone = await registerPhone(world.service.serverUrl, { nik: people.wati.nik, email: 'wati@example.id' })
  await openByPaste(first, phone)
  await first.getByLabel('Kode kasus').waitFor()
  await row(second).click()
  await expect(second.getByText(`Ditangani ${officer.name}, Loket 6`)).toBeVisible()
  await expectAccessible(second)
  // The phone confirms: at the desk that has the case the camera starts, at the other one it does not.
  await confirmOnPhone(first, phone)
  await expect(cameras(first)).toHaveCount(1)
  await expect(cameras(second)).toHaveCount(0)
  await expect(second.getByRole('button', { name: /Setujui|Tolak|Tutup kasus/ })).toHaveCount(0)
  await expect(second.getByRole('button', { name: /Ambil alih kasus/ })).toBeFocused()
  await pictures(second, 'case-elsewhere')
})

test('Ambil alih kasus? names what it does; the phone then shows the new desk, and the first one stops and is told', async () => {
  await pressOnceReady(second, 'F8', /Ambil alih kasus/)
  const question = second.locator('confirm-dialog')
  await expect(question.getByText(`${officer.name} di Loket 6 berhenti menangani kasus ini`, { exact: false })).toBeVisible()
  await expectAccessible(second)
  await pictures(second, 'dialog-take-over')
  expect((await phone.status()).desk).toMatchObject({ officer: officer.name, workstation: 'Loket 6' })
  await question.getByRole('button', { name: 'Ambil alih', exact: true }).click()
  await expect(cameras(second)).toHaveCount(1)
  await expect(first.getByText(`Kasus ini diambil alih: ${admin.name}, Loket 7`)).toBeVisible()
  await expect(cameras(first)).toHaveCount(0)
  expect((await phone.status()).desk).toMatchObject({ officer: admin.name, workstation: 'Loket 7' })
  await expectAccessible(first)
  await picture(first, 'case-taken-over')
})

test('the first desk takes it back, the face does not match, and a supervisor is asked', async ({ world }) => {
  world.camera.light(1)
  await before(world, 'sample3-895')
  await pressOnceReady(first, 'F8', /Ambil alih kasus/)
  await first.locator('confirm-dialog').getByRole('button', { name: 'Ambil alih', exact: true }).click()
  await expect(second.getByText(`Kasus ini diambil alih: ${officer.name}, Loket 6`)).toBeVisible()
  await expectFace(first, 'Tidak cocok')
  await first.getByRole('button', { name: /Minta supervisor/ }).click()
  await first.getByRole('button', { name: 'Penampilan berubah, dokumen asli cocok' }).click()
  await first.getByRole('button', { name: 'Minta persetujuan' }).click()
  await expect(first.getByRole('button', { name: /Supervisor menyetujui di sini/ })).toBeFocused()
  // Whoever had the case, if only for a minute, is no second person in it.
  await expect(second.getByText('Menunggu supervisor').first()).toBeVisible()
  await expect(second.getByRole('button', { name: /Bandingkan dan setujui/ })).toHaveCount(0)
})

test('a supervisor makes an approval PIN under the account, with a fresh code', async ({ world }) => {
  await second.getByRole('button', { name: 'Keluar' }).click()
  await signIn(second, world.service, supervisor)
  await openAccount(second)
  // The one that other tests of this server go on with.
  await second.getByLabel('PIN persetujuan baru').fill(knownApprovalPin)
  await second.getByLabel('Ulangi PIN persetujuan').fill(knownApprovalPin)
  await expectAccessible(second)
  await picture(second, 'account-approval-pin')
  await second.getByRole('button', { name: 'Lanjut ke langkah kedua' }).click()
  await enterCode(second, world.service, supervisor)
  await expectAccessible(second)
  await second.getByRole('button', { name: 'Simpan PIN persetujuan' }).click()
  await expect(second.getByText('PIN persetujuan disimpan.')).toBeVisible()
})

test('from their own desk they see both pictures, large, and approve with a fresh code; nothing is typed at the officer’s', async ({ world }) => {
  await second.keyboard.press('F7')
  await expect(second.getByRole('heading', { name: 'Menunggu supervisor' })).toBeVisible()
  await expect(row(second)).toContainText(`${officer.name} · Loket 6`)
  await expectAccessible(second)
  await pictures(second, 'supervisor-list')
  await row(second).click()
  await expect(second.getByText('di loket petugas tidak ada yang perlu Anda ketik', { exact: false })).toBeVisible()
  await pressOnceReady(second, 'F8', /Bandingkan dan setujui/)
  const approval = second.locator('own-approval-dialog')
  for (const name of ['Foto KTP-el', 'Wajah di loket']) {
    const shown = approval.getByRole('img', { name })
    await expect(shown).toBeVisible()
    expect((await shown.boundingBox())?.width, name).toBeGreaterThan(220)
  }
  await expect(approval.getByText('Tidak cocok', { exact: true })).toBeVisible()
  await expectAccessible(second)
  await pictures(second, 'dialog-own-approval')
  await enterCode(second, world.service, supervisor)
  await second.keyboard.press('Enter')
  await expect(first.getByText(`Disetujui supervisor: ${supervisor.name}`)).toBeVisible()
  await expect(approval.getByRole('img')).toHaveCount(0)
  await expect(second.getByRole('button', { name: /Ambil alih kasus/ })).toHaveCount(0)
  await pressOnceReady(first, 'F8', /^Setujui/)
  await expect(first.getByText('Disetujui, menunggu aktivasi di ponsel')).toBeVisible()
  expect((await phone.status()).state).toBe('approved')
})

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Akun' }).click()
  await expect(page.getByLabel('PIN persetujuan baru')).toBeVisible()
}

