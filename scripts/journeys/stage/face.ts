import { expect, type Page } from '@playwright/test'

/** What the server makes of the face. On a busy machine a movement may be over between two frames: then it is asked for again. */
export async function expectFace(desk: Page, outcome: 'Cocok' | 'Tidak cocok'): Promise<void> {
  const found = desk.getByText(new RegExp(`^(${outcome}|Wajah belum tertangkap)$`))
  const comparing = desk.getByText('Server sedang membandingkan wajah', { exact: true })
  for (let tries = 1; tries < 3; tries++) {
    await expect(found).toBeVisible({ timeout: 75_000 })
    if ((await found.innerText()) === outcome) return
    await desk.getByRole('button', { name: /Ambil wajah lagi/ }).click()
    await desk.getByRole('button', { name: /^Ambil wajah\s*F8$/ }).click()
    // The last result stays in sight until there is another one.
    await expect(comparing).toBeVisible({ timeout: 60_000 })
    await expect(comparing).toBeHidden({ timeout: 60_000 })
  }
  await expect(desk.getByText(outcome, { exact: true })).toBeVisible({ timeout: 75_000 })
}
