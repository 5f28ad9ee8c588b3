import { chromium, type LaunchOptions } from '@playwright/test'
import { complaining, findComplaint } from './complaints.ts'
import { type Engine, patienceMs, screenSize, type Tab } from './engine.ts'
import { within } from './within.ts'

/** Chromium as in all other journeys: by Playwright, which also ends it. */
export async function openChromium(options: LaunchOptions): Promise<Engine> {
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...camera], timeout: patienceMs })
  return {
    async openBrowser() {
      const context = await browser.newContext({ viewport: screenSize, deviceScaleFactor: 2, locale: 'id-ID', timezoneId: 'Asia/Jakarta' })
      await context.addInitScript(complaining)
      const page = await context.newPage()
      page.setDefaultTimeout(patienceMs)
      const complaints: string[] = []
      page.on('console', (message) => {
        const complaint = findComplaint(message.text())
        if (complaint !== undefined) complaints.push(complaint)
      })
      const tab: Tab = {
        open: async (url) => void (await page.goto(url)),
        reload: async () => void (await page.reload()),
        async evaluate<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>> {
          return (await within(patienceMs, 'a script in Chromium', page.evaluate(work as (argument: unknown) => unknown, argument))) as Awaited<Result>
        },
        press: (x, y) => within(patienceMs, 'a press in Chromium', page.mouse.click(x, y)),
        type: (text) => within(patienceMs, 'keys in Chromium', page.keyboard.type(text)),
        screenshot: () => page.screenshot(),
        complaints: () => complaints,
        close: () => within(patienceMs, 'a window of Chromium to close', context.close()),
      }
      return tab
    },
    close: () => within(patienceMs, 'Chromium to end', browser.close()),
  }
}
