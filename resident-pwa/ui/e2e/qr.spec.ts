import { chromium, type Page } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { presentationText } from './site/presentation-text.ts'

/** Reads the QR in a screenshot of the element as people's cameras do: from pixels. */
async function decodeShot(page: Page, png: Buffer): Promise<string | undefined> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d') as OffscreenCanvasRenderingContext2D
    context.drawImage(bitmap, 0, 0)
    return window.ui.decodeQr(context.getImageData(0, 0, bitmap.width, bitmap.height))
  }, png.toString('base64'))
}

const colours = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced-colours': { forcedColors: 'active', colorScheme: 'dark' },
} as const

for (const [name, media] of Object.entries(colours)) {
  test(`a presentation's QR on a narrow ${name} screen has four pixels a module and can be read`, async ({ page, site }) => {
    await page.emulateMedia(media)
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`${site.url}#qr`)
    const picture = page.getByRole('img', { name: 'QR KTP Digital' })
    const modules = Number((await picture.getAttribute('viewBox'))?.split(' ')[2])
    const box = await picture.boundingBox()
    // Version 11 is 61 modules, version 7 is 45; eight more for the quiet zone.
    expect(modules).toBeLessThanOrEqual(69)
    expect((box?.width ?? 0) / modules).toBeGreaterThanOrEqual(4)
    expect((box?.width ?? 0) % modules).toBe(0)
    expect(await decodeShot(page, await picture.screenshot())).toBe(presentationText)
  })
}

test('a picture without a QR gives nothing', async ({ page, site }) => {
  await page.goto(`${site.url}#button`)
  expect(await decodeShot(page, await page.screenshot())).toBeUndefined()
})

test.describe('where WebAssembly is forbidden', () => {
  test.use({ provoked: /WebAssembly/ })

  test('the library reads the code', async ({ page, siteWithoutWasm }) => {
    await page.goto(`${siteWithoutWasm.url}#qr`)
    const png = await page.getByRole('img', { name: 'QR KTP Digital' }).screenshot()
    expect(await decodeShot(page, png)).toBe(presentationText)
  })
})

test.describe('Trusted Types', () => {
  test.use({ provoked: /TrustedScriptURL/ })

  test('code of another origin is refused as a worker and as a service worker', async ({ page, site }) => {
    await page.goto(site.url)
    const outcome = await page.evaluate(() => {
      const attempt = (make: () => unknown) => {
        try {
          return String(make())
        } catch (error) {
          return (error as Error).name
        }
      }
      return [
        attempt(() => window.ui.trustedScriptUrl('/service-worker.js')),
        attempt(() => window.ui.trustedScriptUrl('https://elsewhere.example/x.js')),
        attempt(() => window.ui.trustedWorkerUrl(new URL('data:text/javascript,1'))),
        attempt(() => new Worker('/plain-string.js')),
      ]
    })
    expect(outcome).toEqual([`${site.url}service-worker.js`, 'TypeError', 'TypeError', 'TypeError'])
  })
})

test('the reader says what is wrong when the camera is refused, and offers another try', async ({ page, site }) => {
  await page.goto(`${site.url}#reader`)
  await expect(page.getByRole('alert')).toContainText(/Kamera (belum diizinkan|tidak ditemukan)/)
  await expect(page.getByRole('button', { name: 'Coba lagi' })).toBeVisible()
})

test('the reader finds the code in the camera’s picture, tells it once, and frees the camera when it goes', async ({ page, site, launchOptions }) => {
  await page.goto(`${site.url}#qr`)
  const jpeg = await page.getByRole('img', { name: 'QR KTP Digital' }).screenshot({ type: 'jpeg', quality: 90 })
  const directory = await mkdtemp(join(tmpdir(), 'ikd-camera-'))
  const video = join(directory, 'qr.mjpeg')
  await writeFile(video, Buffer.concat([jpeg, jpeg]))
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
  })
  try {
    const desk = await browser.newPage()
    await desk.goto(`${site.url}#reader`)
    await expect.poll(() => desk.evaluate(() => window.told.filter((each) => each.type === 'ikd-qr').map((each) => each.detail))).toEqual([
      { text: presentationText },
    ])
    await desk.waitForTimeout(600)
    expect(await desk.evaluate(() => window.told.filter((each) => each.type === 'ikd-qr').length)).toBe(1)
    const ended = await desk.evaluate(() => {
      const reader = document.querySelector('ikd-qr-reader') as HTMLElementTagNameMap['ikd-qr-reader']
      const stream = reader.shadowRoot?.querySelector('video')?.srcObject as MediaStream
      reader.remove()
      return stream.getTracks().map((track) => track.readyState)
    })
    expect(ended).toEqual(['ended'])
  } finally {
    await browser.close()
    await rm(directory, { recursive: true, force: true })
  }
})
