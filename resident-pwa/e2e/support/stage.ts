import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export { test } from '../../../scripts/journeys/stage/staged-test.ts'

/** WCAG 2.2 A and AA, as far as a machine can tell; and nothing to scroll sideways for (1.4.10). */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
  expect.soft(await page.evaluate(findTooWide)).toEqual([])
}

/** Names what sticks out of the page at the right, through all shadow roots; nothing when nobody has to scroll sideways. */
function findTooWide(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  const found: string[] = []
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.getBoundingClientRect().right > clientWidth + 1) found.push(`${element.localName}.${element.className} ${element.textContent?.trim().slice(0, 40)}`)
      if (element.shadowRoot) look(element.shadowRoot)
    }
  }
  if (scrollWidth > clientWidth) look(document)
  return found
}

/** Text twice as large, as people set it in their browser. */
export async function enlargeText(page: Page, percent: number): Promise<void> {
  await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), `${percent}%`)
}

/** What is shown as a QR now. */
export async function readQr(page: Page): Promise<string> {
  const qr = page.locator('ikd-qr')
  await expect(qr.locator('svg')).toBeVisible()
  return qr.evaluate((element) => (element as HTMLElement & { text: string }).text)
}
