import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'
import type { Page } from '@playwright/test'

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // The stage shows pieces, not a page.
    .disableRules(['page-has-heading-one', 'heading-order'])
    .analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

for (const language of ['id', 'en'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`every element satisfies WCAG 2.2 AA in ${language}, ${scheme}`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme: scheme })
      await page.addInitScript((chosen) => localStorage.setItem('ikd.language', chosen), language)
      await page.goto(site.url)
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: language === 'id' ? 'Hapus' : 'Delete', exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await violations(page)).toEqual([])
    })
  }
}

test('targets are at least 44 pixels, also at 200 % text', async ({ page, site }) => {
  for (const size of ['100%', '200%']) {
    await page.setViewportSize({ width: 360, height: 800 })
    await page.goto(site.url)
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), size)
    const small = await page.evaluate(() => {
      const inside = (root: Document | ShadowRoot): Element[] =>
        [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? inside(element.shadowRoot) : [])])
      return inside(document)
        .filter((element) => element.matches('button, input, textarea, select'))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
        .map(({ element, box }) => `${element.outerHTML} ${box.width}×${box.height}`)
    })
    expect(small).toEqual([])
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(sideways, `no sideways scrolling at ${size}`).toBeLessThanOrEqual(0)
  }
})
