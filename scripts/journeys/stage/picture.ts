import { mkdir } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/**
 * A picture of a screen for people, when `IKD_PICTURES` names a folder for them. Faces are covered: they come from sample
 * pictures whose people nobody has asked.
 */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['IKD_PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  const mask = [page.locator('ikd-photo'), page.locator('video'), page.getByRole('img', { name: /foto|wajah/i })]
  await page.screenshot({ path: `${folder}/${name}.png`, mask, maskColor: '#9fb3b8' })
}
