import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect } from '@playwright/test'
import { nextCode } from '../../scripts/journeys/stage/authenticator.ts'
import { type Canary, findCanaries, searchFolder } from '../../scripts/journeys/stage/canary.ts'
import { awaitLetter, readActivation } from '../../scripts/journeys/stage/letter.ts'
import { becomeResident, endang, pin } from './support/resident.ts'
import { test } from './support/stage.ts'

// Promise 18 on the machines people use: what a browser leaves on the disk after a visit. Each has a profile of its own,
// looked through once the browser is gone.

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikd-profile-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

/** Everything the page itself could have kept, as text: a profile's files may hold it packed. */
async function dumpStorage(context: BrowserContext): Promise<string> {
  return context.pages()[0]?.evaluate(async () => {
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) if (!/\.(js|css|woff2|svg|png|wasm)(\?|$)/.test(request.url)) kept.push(request.url, await (await cache.match(request))?.text())
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const open = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }))
      const database = await open(indexedDB.open(name))
      for (const store of database.objectStoreNames) kept.push(await open(database.transaction(store).objectStore(store).getAll()))
      database.close()
    }
    return JSON.stringify(kept)
  }) as Promise<string>
}

test('a phone keeps its key, and of a whole life with IKD nothing else', async ({ stage, playwright, launchOptions }) => {
  test.slow()
  const context = await playwright.chromium.launchPersistentContext(folder, { ...launchOptions, viewport: { width: 360, height: 740 }, locale: 'id-ID' })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(30_000)
  const person = endang(stage)
  await becomeResident(page, stage, person)
  for (const screen of [/^KTP Digital/, /^Biodata/, /^Dokumen/, /^Histori/, /^Pengaturan/]) {
    await page.getByRole('link', { name: screen }).click()
    await page.getByRole('heading', { level: 1, name: screen }).waitFor()
    await expect(page.locator('ikd-progress')).toHaveCount(0)
    await page.getByRole('link', { name: 'Beranda' }).click()
  }
  const { code, token } = readActivation(await awaitLetter(stage.mailbox, person.email))
  const portrait = stage.demo.portraits.find(({ nik }) => nik === person.nik)?.portrait.jpeg
  if (!portrait) throw new Error('she has no portrait')
  const canaries: Canary[] = [
    { name: 'NIK', value: person.nik },
    { name: 'PIN', value: pin },
    { name: 'activation code', value: code },
    { name: 'link token', value: token },
    { name: 'name', value: 'ENDANG PUSPITASARI' },
    { name: 'e-mail', value: person.email },
    { name: 'photograph', value: portrait.subarray(3_000, 3_064) },
  ]
  expect(findCanaries(Buffer.from(await dumpStorage(context)), canaries)).toEqual([])
  await context.close()
  expect(await searchFolder(folder, canaries)).toEqual([])
  // The search reads what a browser writes: where the app is from stands in several files.
  expect(await searchFolder(folder, [{ name: 'origin', value: stage.url }])).not.toEqual([])
})

test('a desk keeps its key, and nothing of whom it served or who sat at it', async ({ stage, playwright, launchOptions }) => {
  test.slow()
  const { nik } = endang(stage)
  const enrolmentCode = stage.enrolmentCode('madiun')
  const context = await playwright.chromium.launchPersistentContext(folder, { ...launchOptions, viewport: { width: 1366, height: 768 }, locale: 'id-ID' })
  const desk = context.pages()[0] ?? (await context.newPage())
  desk.setDefaultTimeout(30_000)
  await desk.goto(`${stage.counterUrl}/`)
  await desk.getByLabel(/Kode pendaftaran/).fill(enrolmentCode)
  await desk.getByRole('button', { name: 'Daftarkan' }).click()
  await desk.getByRole('textbox', { name: 'Nama pengguna' }).fill('petugas2.madiun')
  await desk.getByRole('textbox', { name: 'Kata sandi' }).fill(stage.password)
  await desk.keyboard.press('Enter')
  const code = await nextCode(stage.url, 'petugas2.madiun')
  await desk.getByLabel('Kode 6 angka').fill(code)
  await desk.getByRole('heading', { name: 'Sedang berjalan' }).waitFor()
  await desk.keyboard.press('F4')
  await desk.getByLabel('Tidak punya ponsel').check()
  await desk.getByRole('textbox', { name: 'NIK' }).fill(nik)
  await desk.keyboard.press('Enter')
  await desk.getByRole('heading', { name: 'ENDANG PUSPITASARI' }).waitFor()
  const canaries: Canary[] = [
    { name: 'NIK', value: nik },
    { name: 'name', value: 'ENDANG PUSPITASARI' },
    { name: 'password', value: stage.password },
    { name: 'second factor', value: code },
    { name: 'enrolment code', value: enrolmentCode },
  ]
  expect(findCanaries(Buffer.from(await dumpStorage(context)), canaries)).toEqual([])
  await context.close()
  expect(await searchFolder(folder, canaries)).toEqual([])
})
