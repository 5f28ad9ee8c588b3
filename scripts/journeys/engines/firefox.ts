import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, connect } from 'puppeteer-core'
import { complaining, findComplaint } from './complaints.ts'
import { type Engine, patienceMs, screenSize, type Tab } from './engine.ts'
import { keep } from './kept-program.ts'
import { makeHome } from './throwaway.ts'
import { within } from './within.ts'

/**
 * Not here on purpose: `dom.storageManager.prompt.testing`, which drivers like to set and which answers for the person whether the
 * site may keep its storage. People leave that question open for as long as they like, and the app must go on.
 */
const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'intl.accept_languages': 'id-ID, id, en',
  'browser.startup.page': 0,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'http://localhost:1',
} as const

/** Firefox over WebDriver BiDi, which it speaks itself. Started here and not by the driver, so that it ends with this process at the latest. */
export async function openFirefox(program: string): Promise<Engine> {
  const { folder, forget } = await makeHome('firefox')
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
  await writeFile(join(folder, 'user.js'), `${lines.join('\n')}\n`)
  const firefox = keep(program, ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0', 'about:blank'], {
    HOME: folder,
    TZ: 'Asia/Jakarta',
    MOZ_CRASHREPORTER_DISABLE: '1',
  })
  const close = async () => {
    await firefox.end()
    await forget()
  }
  try {
    const address = await firefox.says(/WebDriver BiDi listening on (ws:\S+)/)
    const browser = await within(patienceMs, 'Firefox to open', connect({ browserWSEndpoint: `${address}/session`, protocol: 'webDriverBiDi', protocolTimeout: patienceMs }))
    return { openBrowser: () => within(patienceMs, 'a window of Firefox', openTab(browser)), close }
  } catch (error) {
    await close()
    throw new Error(`Firefox did not open: ${firefox.output()}`, { cause: error })
  }
}

async function openTab(browser: Browser): Promise<Tab> {
  // A container, whose storage is its own.
  const context = await browser.createBrowserContext()
  // In a window of its own: behind another tab it would be out of sight, and the app acts on that.
  const page = await context.newPage({ type: 'window' })
  const complaints: string[] = []
  page.on('console', (message) => {
    const complaint = findComplaint(message.text())
    if (complaint !== undefined) complaints.push(complaint)
  })
  page.setDefaultTimeout(patienceMs)
  await page.setViewport({ ...screenSize, deviceScaleFactor: 2 })
  await page.evaluateOnNewDocument(complaining)
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    async evaluate<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>> {
      return (await within(patienceMs, 'a script in Firefox', page.evaluate(work as (argument: unknown) => unknown, argument))) as Awaited<Result>
    },
    press: (x, y) => within(patienceMs, 'a press in Firefox', page.mouse.click(x, y)),
    type: (text) => within(patienceMs, 'keys in Firefox', page.keyboard.type(text)),
    screenshot: async () => Buffer.from(await within(patienceMs, 'a picture of Firefox', page.screenshot())),
    complaints: () => complaints,
    close: () => within(patienceMs, 'a window of Firefox to close', context.close()),
  }
}
