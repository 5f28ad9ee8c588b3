import { mkdir } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/** A picture of a screen for people, when `IKD_PICTURES` names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['IKD_PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await setFaces(page, 'contrast(0) brightness(1.3)')
  await page.screenshot({ path: `${folder}/${name}.png` })
  await setFaces(page, '')
}

/** Faces become grey, each in its own place: they come from sample pictures whose people nobody has asked. */
async function setFaces(page: Page, filter: string): Promise<void> {
  const faces = page.locator('ikd-photo, video').or(page.getByRole('img', { name: /foto|wajah/i }))
  await faces.evaluateAll((all, value) => {
    for (const each of all) if (each instanceof HTMLElement) each.style.filter = value
  }, filter)
}
