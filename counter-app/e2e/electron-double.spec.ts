import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import { type LaunchedCounter, launchCounter } from './electron-double/launch.ts'
import { signIn } from './support/desk.ts'
import { population } from './support/population.ts'
import { findFreePort } from '../../scripts/journeys/stage/ports.ts'
import { type Service, startService } from './support/service.ts'

const enrolmentCode = 'LOKET-ELEKTRON-1'
const nobody = { ratna: new Uint8Array(), dewi: new Uint8Array(), bayu: new Uint8Array() }
type Bridge = Record<string, (request: unknown, ...more: unknown[]) => Promise<unknown>>
declare const ikdDesk: Bridge

const test = base.extend<{ app: LaunchedCounter }, { world: { service: Service; port: number; userData: string } }>({
  world: [
    async ({ browser: _browser }, use) => {
      const userData = mkdtempSync(join(tmpdir(), 'ikd-electron-'))
      const port = await findFreePort()
      const service = await startService(population(nobody, [enrolmentCode]), { counterOrigins: [`http://localhost:${port}`] })
      await use({ service, port, userData })
      await service.stop()
      rmSync(userData, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  app: async ({ world, browser }, use) => {
    const args = [`--server=${world.service.serverUrl}`, `--enrol=${enrolmentCode}`]
    const app = await launchCounter({ browser, port: world.port, userData: world.userData, args, hasSecondDisplay: true })
    await use(app)
    await app.close()
  },
})

test.describe.configure({ mode: 'serial' })

test('the window is sandboxed, isolated, protected, and its scheme a real origin', async ({ app }) => {
  const [desk] = app.record.windows
  expect(desk?.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, devTools: false })
  expect(desk?.contentProtection).toBe(true)
  expect(app.record.isSandboxed).toBe(true)
  expect(app.record.schemes).toMatchObject([{ scheme: 'ikd', privileges: { standard: true, secure: true } }])
})

test('the real renderer enrols and signs through the real preload and main; the private key never reaches the page', async ({ app, world }) => {
  await expect(app.page.getByLabel('Kode pendaftaran loket')).toHaveValue(enrolmentCode)
  await app.page.getByRole('button', { name: 'Daftarkan' }).click()
  await signIn(app.page, world.service)
  await expect(app.page.getByText('Tersambung')).toBeVisible()
  expect(await app.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).not.toContain('ikd-counter')
  expect(JSON.stringify(await app.page.evaluate(() => ikdDesk['workstationKey']?.({})))).not.toContain('"d"')
  expect(readFileSync(join(world.userData, 'workstation-key')).toString('latin1')).not.toContain('"kty"')
})

test('a restarted app is the same workstation', async ({ app }) => {
  await expect(app.page.getByRole('heading', { name: 'Masuk loket' })).toBeVisible()
})

test('the page can call the contract’s functions and name no channel', async ({ app }) => {
  expect(await app.page.evaluate(() => Object.keys(ikdDesk).sort())).toEqual(['health', 'openCustomerDisplay', 'printPage', 'signProof', 'startup', 'workstationKey'])
  expect(await app.page.evaluate(() => Object.isFrozen(ikdDesk))).toBe(true)
  expect(await app.page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined')
})

test('an unknown channel is refused', async ({ app }) => {
  const { contents } = app.record.windows[0]!
  await expect(app.record.invoke(contents, contents.mainFrame, 'ikd:readFile', { path: '/etc/passwd' })).rejects.toThrow('No handler registered')
})

test('a malformed payload is refused', async ({ app }) => {
  const refused = { ok: false, problem: 'request-malformed' }
  expect(await app.page.evaluate(() => ikdDesk['signProof']?.({ signingInput: 7 }))).toEqual(refused)
  expect(await app.page.evaluate(() => ikdDesk['startup']?.({ more: 1 }))).toEqual(refused)
  expect(await app.page.evaluate(() => ikdDesk['startup']?.(undefined))).toEqual(refused)
})

test('nothing but a proof for our server is signed', async ({ app }) => {
  const input = `${btoa('{"typ":"JWT","alg":"ES256"}').replaceAll('=', '')}.${btoa('{"sub":"admin"}').replaceAll('=', '')}`
  expect(await app.page.evaluate((signingInput) => ikdDesk['signProof']?.({ signingInput }), input)).toEqual({ ok: false, problem: 'proof-refused' })
})

test('a frame inside the page is refused', async ({ app }) => {
  const answer = await app.page.evaluate(async () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const inner = frame.contentWindow as unknown as { ikdDesk: Bridge }
    const answer = await inner.ikdDesk['startup']?.({})
    frame.remove()
    return answer
  })
  expect(answer).toEqual({ ok: false, problem: 'sender-refused' })
})

test('the page stays where it is and opens nothing', async ({ app }) => {
  const before = app.page.url()
  await app.page.evaluate(() => void (location.href = 'https://example.org/'))
  await app.page.evaluate(() => void window.open('https://example.org/'))
  await expect.poll(() => app.record.windows[0]?.contents.openedWindows).toEqual([expect.objectContaining({ action: 'deny' })])
  await expect.poll(() => app.page.context().pages().length).toBe(1)
  expect(app.page.url()).toBe(before)
})

test('only the camera is granted, and only to our own page', async ({ app }) => {
  const ask = (permission: string, requestingUrl: string, mediaTypes?: string[]) =>
    new Promise<boolean>((answer) => app.record.permissionRequest?.({}, permission, answer, { requestingUrl, isMainFrame: true, ...(mediaTypes ? { mediaTypes } : {}) }))
  expect(await ask('media', 'ikd://counter/', ['video'])).toBe(true)
  expect(await ask('media', 'ikd://counter/', ['video', 'audio'])).toBe(false)
  expect(await ask('media', 'https://example.org/', ['video'])).toBe(false)
  for (const permission of ['geolocation', 'notifications', 'clipboard-read', 'hid', 'serial', 'usb', 'openExternal']) expect(await ask(permission, 'ikd://counter/')).toBe(false)
  expect(app.record.permissionCheck?.({}, 'media', 'ikd://counter', { mediaType: 'video' })).toBe(true)
  expect(app.record.permissionCheck?.({}, 'media', 'https://example.org', { mediaType: 'video' })).toBe(false)
})

test('the customer display opens on the second screen and has no bridge', async ({ app }) => {
  await app.page.evaluate(() => ikdDesk['openCustomerDisplay']?.({}))
  const display = app.record.windows[1]
  await display?.loaded
  expect(display?.options).toMatchObject({ x: 1366, fullscreen: true })
  expect(display?.contents.page.url()).toContain('#/pelanggan')
  await expect(display!.contents.page.getByRole('heading', { name: 'Selamat datang' })).toBeVisible()
  expect(await display?.contents.page.evaluate(() => 'ikdDesk' in globalThis)).toBe(false)
})

test('the receipt goes to the system’s print dialog', async ({ app }) => {
  expect(await app.page.evaluate(() => ikdDesk['printPage']?.({}))).toEqual({ ok: true, value: { printed: true } })
  expect(app.record.windows[0]?.contents.printed).toEqual([{ silent: false, printBackground: false }])
})

test('a key store with a constant password counts as none, and the desk says so', async ({ world, browser }) => {
  const userData = mkdtempSync(join(tmpdir(), 'ikd-electron-'))
  const app = await launchCounter({ browser, port: world.port, userData, args: [`--server=${world.service.serverUrl}`], keyStore: 'basic_text' })
  await expect(app.page.getByText('Penyimpanan kunci komputer ini memakai kata sandi tetap', { exact: false })).toBeVisible()
  await app.close()
  rmSync(userData, { recursive: true, force: true })
})

test('a server address in the open is refused in a sentence', async ({ world, browser }) => {
  await expect(launchCounter({ browser, port: world.port, userData: world.userData, args: ['--server=http://ikd.example.go.id'] })).rejects.toThrow('must begin with https://')
})
