import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=2'] }),
})

test('the one that was chosen is opened again next time, and forgotten when it is gone', async ({ page, site }) => {
  await page.goto(`${site.url}#reader`)
  const choice = page.getByLabel('Kamera', { exact: true })
  const second = await choice.locator('option').nth(1).getAttribute('value')
  await choice.selectOption(second)
  await expect(choice).toHaveValue(second ?? '')
  await page.reload()
  await expect(choice).toHaveValue(second ?? '')
  await page.evaluate(() => localStorage.setItem('ikd.camera', 'taken-away'))
  await page.reload()
  await expect(choice).toBeVisible()
  expect(await page.evaluate(() => localStorage.getItem('ikd.camera'))).toBeNull()
})

test('the reader with its controls satisfies WCAG 2.2 AA', async ({ page, site }) => {
  await page.goto(`${site.url}#reader`)
  await expect(page.getByRole('combobox', { name: 'Kamera' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
})
