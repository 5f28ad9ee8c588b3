import { mkdir } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/** A picture of a screen for people, when `IKD_PICTURES` names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['IKD_PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}
