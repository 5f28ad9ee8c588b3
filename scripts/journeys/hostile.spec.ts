import { DomainError, routes } from '@ikd/contract'
import { expect, type Page } from '@playwright/test'
import { nextCode } from './stage/authenticator.ts'
import { newDeskContext, newPhoneContext } from './stage/browsers.ts'
import { makeDesk } from './stage/desk.ts'
import { enrolOverTheWire } from './stage/enrol.ts'
import { test } from './stage/staged-test.ts'

// Promise 15: names never execute. They are put into the database behind the server's back, worse than anything it would
// take, and then read on desk, phone, paper and in the mail. Tests follow each other.
test.describe.configure({ mode: 'serial' })

/** Runs if anything of it does; the word in it is what a page must show. The last character turns round all that follows, unless it is kept apart. */
const hostile = (word: string) =>
  `<img src=x onerror="globalThis.hit='${word}'"><script>globalThis.hit='${word}'</script>"'>${word} {{7*7}} \${7*7} =cmd|' /C calc'!A0 \r\nBcc: korban@example.com \u202e\u05d0`

const wide = `LEBAR${'W'.repeat(195)}`
const complaints: string[] = []

/** A page that is listened to: nothing may open, fail or be refused by its policies. */
function listen(page: Page): Page {
  page.setDefaultTimeout(30_000)
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (/content security policy|trusted ?type/i.test(message.text())) complaints.push(message.text())
  })
  return page
}

/** Shows the word as text; ran nothing; nobody scrolls sideways; and what a name turns round is the name alone. */
async function expectHarmless(page: Page, ...words: string[]): Promise<void> {
  for (const word of words) await expect(page.getByText(word).first()).toBeAttached()
  const found = await page.evaluate(() => {
    const said: string[] = []
    if ('hit' in globalThis) said.push(`ran: ${String(Reflect.get(globalThis, 'hit'))}`)
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth + 1) said.push(`${scrollWidth - clientWidth} pixels too wide`)
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot)
        if (element.matches('img[src="x"], script:not([src])')) said.push(`element: ${element.outerHTML.slice(0, 60)}`)
        for (const node of element.childNodes) {
          if (node.nodeType !== Node.TEXT_NODE || !node.nodeValue?.includes('\u202e')) continue
          // Alone in its block, or in an inline element that isolates it (CSS Writing Modes 4 §2.4.5; blocks always do, from each other).
          const { display, unicodeBidi } = getComputedStyle(element)
          const isolated = display.startsWith('inline') && /isolate|plaintext/.test(unicodeBidi)
          const alone = !display.startsWith('inline') && element.textContent?.trim() === node.nodeValue.trim()
          if (!isolated && !alone) said.push(`not isolated: ${element.localName}.${element.className} in ${(element.getRootNode() as ShadowRoot).host?.localName}`)
        }
      }
    }
    look(document)
    return said
  })
  expect.soft(found).toEqual([])
}

test('put into every name the server keeps', async ({ stage }) => {
  const { store } = stage
  const nik = stage.demo.cast.find(({ part }) => part === 'newcomer')?.nik as string
  const texts = (...columns: string[]) => Object.fromEntries(columns.map((column) => [column, hostile(column.replace('_', ''))]))
  await store.updateTable('resident').set({ ...texts('birth_place', 'occupation', 'religion', 'nationality', 'blood_type'), name: hostile('namanya') }).where('nik', '=', nik).execute()
  await store.updateTable('family').set({ ...texts('address', 'neighbourhood', 'district', 'regency', 'province'), village: wide }).execute()
  await store.updateTable('office').set({ name: hostile('kantornya'), address: hostile('alamatnya'), hours: wide }).execute()
  await store.updateTable('institution').set({ name: hostile('lembaganya') }).execute()
  await store.updateTable('staff').set({ name: hostile('petugasnya') }).execute()
})

test('a resident’s mail is one mail to one address, and shows its names as text', async ({ stage, browser }) => {
  test.slow()
  const nik = stage.demo.cast.find(({ part }) => part === 'newcomer')?.nik as string
  await enrolOverTheWire(stage, nik)
  const letters = stage.mailbox.letters()
  expect(letters.length).toBeGreaterThan(0)
  for (const { to } of letters) expect(to).toEqual([`${nik}@contoh.id`])
  const page = listen(await browser.newPage())
  const at = `http://localhost:${stage.mailbox.webPort}`
  await page.goto(at)
  await expectHarmless(page)
  for (const { id, subject } of letters) {
    // Who reads that a photograph was looked at may be somebody else than the resident: that mail names the office alone.
    const shown = subject.startsWith('Foto KTP-el') ? 'kantornya' : 'namanya'
    await page.goto(`${at}/letters/${id}`)
    await expectHarmless(page, shown)
    await page.goto(`${at}/letters/${id}/html`)
    await expectHarmless(page, shown)
  }
  expect(letters.length).toBeGreaterThan(1)
  await page.close()
  expect(complaints).toEqual([])
})

test('the desk shows them, and so does the receipt on paper', async ({ stage, browser }) => {
  test.slow()
  const nik = stage.demo.cast.find(({ part }) => part === 'newcomer')?.nik as string
  const wire = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode('madiun'), username: 'petugas.madiun', password: stage.password })
  const { client, token } = wire
  const { residents } = await client.call(routes.residents.search, { token, body: { purpose: 'no-phone', by: { nik } } })
  const opened = await client.call(routes.cases.open, { token, body: { from: 'lookup', kind: 'service', residentId: residents[0]?.id as string, purpose: 'no-phone' } })
  const note = hostile('catatannya')
  const refused = client.call(routes.cases.recordService, { token, params: { caseId: opened.id }, body: { kind: 'moving', note } })
  await expect(refused).rejects.toThrow(new DomainError('request-invalid').message)
  const { serviceRequests } = await client.call(routes.cases.recordService, { token, params: { caseId: opened.id }, body: { kind: 'moving', note: 'biasa' } })
  await stage.store.updateTable('service_request').set({ note }).where('id', '=', serviceRequests[0]?.id as string).execute()
  await stage.store.updateTable('workstation').set({ label: hostile('loketnya') }).execute()

  const desk = listen(await (await newDeskContext(browser)).newPage())
  await desk.goto(`${stage.counterUrl}/#enrol=${stage.enrolmentCode('madiun')}`)
  await desk.getByRole('button', { name: 'Daftarkan' }).click()
  await expectHarmless(desk, 'kantornya')
  await desk.getByRole('textbox', { name: 'Nama pengguna' }).fill('petugas.madiun')
  await desk.getByRole('textbox', { name: 'Kata sandi' }).fill(stage.password)
  await desk.keyboard.press('Enter')
  await desk.getByLabel('Kode 6 angka').fill(await nextCode(stage.url, 'petugas.madiun'))
  await desk.getByRole('heading', { name: 'Sedang berjalan' }).waitFor()
  await expectHarmless(desk, 'petugasnya', 'namanya')
  await stage.store.updateTable('workstation').set({ label: hostile('loketnya') }).execute()
  await desk.goto(`${stage.counterUrl}/#/kasus/${opened.id}`)
  // It was opened at another desk: this one, called the same, only looks until it takes the case over.
  await desk.getByRole('button', { name: /Ambil alih kasus/ }).click()
  const question = desk.locator('confirm-dialog').getByRole('button', { name: 'Ambil alih', exact: true })
  await question.waitFor()
  await expectHarmless(desk, 'petugasnya', 'loketnya')
  await question.click()
  await desk.getByRole('link', { name: 'Cetak tanda terima' }).waitFor()
  await expectHarmless(desk, 'namanya', 'loketnya')
  await desk.getByRole('link', { name: 'Cetak tanda terima' }).click()
  await desk.getByRole('article', { name: 'Tanda terima' }).waitFor()
  await expectHarmless(desk, 'namanya', 'catatannya', 'kantornya', 'loketnya')
  await desk.emulateMedia({ media: 'print' })
  await expectHarmless(desk, 'namanya')
  // Paper holds what the screen held: no script, no link, nothing that opens by itself (ISO 32000-2 §12.6).
  const pdf = (await desk.pdf()).toString('latin1')
  expect(pdf.startsWith('%PDF-')).toBe(true)
  expect(pdf).not.toMatch(/\/(JavaScript|JS|Launch|OpenAction|EmbeddedFile|SubmitForm|URI)\b/)
  await desk.context().close()
  expect(complaints).toEqual([])
})

test('the phone of a resident with such a name shows it on every screen, 320 pixels wide', async ({ stage, browser }) => {
  test.slow()
  const nik = stage.demo.cast.find(({ part }) => part === 'newcomer')?.nik as string
  const context = await newPhoneContext(browser)
  const page = listen(await context.newPage())
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Saya setuju, daftar' }).waitFor()
  await expectHarmless(page)
  // Becomes the key of a binding there is, as no phone could: the screens are what is looked at here.
  await page.getByRole('button', { name: 'Saya setuju, daftar' }).click()
  await page.getByLabel('NIK').fill(nik)
  await page.getByLabel('E-mail').fill('widya@contoh.id')
  await page.getByLabel('Nomor ponsel').fill('0812 3456 7890')
  await page.getByRole('button', { name: 'Saya bukan robot' }).click()
  await page.getByText('Bukan robot: sudah diperiksa').waitFor()
  await page.getByRole('button', { name: 'Kirim pendaftaran' }).click()
  await page.getByRole('heading', { name: 'Terdaftar' }).waitFor()
  await expectHarmless(page, 'kantornya')
  // The registration of a bound phone no longer holds the NIK: this one is the new phone's.
  const made = await stage.store.selectFrom('registration').selectAll().where('nik', '=', nik).executeTakeFirstOrThrow()
  const { id: residentId } = await stage.store.selectFrom('resident').select('id').where('nik', '=', nik).executeTakeFirstOrThrow()
  await stage.store.updateTable('binding').set({ registration_id: made.id, jkt: made.jkt }).where('resident_id', '=', residentId).execute()
  await page.reload()
  await page.getByLabel('PIN', { exact: true }).fill('918273')
  await page.getByRole('heading', { name: 'Beranda' }).waitFor()
  await expectHarmless(page, 'namanya')
  for (const [screen, word] of [[/^KTP Digital/, 'namanya'], [/^Biodata/, 'birthplace'], [/^Data Keluarga/, 'namanya'], [/^Histori/, 'kantornya'], [/^Pengaturan/, 'kantornya']] as const) {
    await page.getByRole('link', { name: screen }).click()
    await page.getByRole('heading', { level: 1, name: screen }).waitFor()
    if (screen.source.includes('KTP')) await page.getByRole('tab', { name: 'Gambar KTP' }).click()
    await expectHarmless(page, word)
    await page.getByRole('link', { name: 'Beranda' }).click()
  }
  await page.getByRole('link', { name: /^Dokumen/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Dokumen' }).waitFor()
  await page.getByText('Kartu Keluarga').first().waitFor()
  await expectHarmless(page)
  await context.close()
  expect(complaints).toEqual([])
})
