import { mkdir } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/** Faces become grey, each in its own place: they come from sample pictures whose people nobody has asked. */
const withoutFaces = 'video, ikd-photo, img[alt*="foto" i], img[alt*="wajah" i], [role="img"][aria-label*="foto" i], [role="img"][aria-label*="wajah" i] { filter: contrast(0) brightness(1.3) }'

/** A picture of a screen for people, when `IKD_PICTURES` names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['IKD_PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, style: withoutFaces })
}
