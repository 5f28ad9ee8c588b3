import { expect, type Page } from '@playwright/test'
import { picture } from '../../../scripts/journeys/stage/picture.ts'
import { headOf } from '../../../scripts/demo/turning-head/head.ts'
import { enterCode, expectAccessible, face, type World } from './desk.ts'
import { knownApprovalPin } from '../../../scripts/demo/population/offices.ts'
import type { Phone } from './phone.ts'
import { supervisor } from './population.ts'

let visits = 1

/**
 * Somebody sits down before the desk's camera; every visit has other small movements, for the server knows the frames of the
 * last. Theirs is the face of everybody in these tests, so those approved before are forgotten, or each would be held as a
 * duplicate of the last.
 */
export async function before(world: World, faceId: string): Promise<void> {
  await world.service.forgetFaces()
  await beforeAgain(world, faceId)
}

/** The same, and nobody is forgotten. */
export async function beforeAgain(world: World, faceId: string): Promise<void> {
  await world.camera.seat(await headOf(world.engine, face(world, faceId)), visits++)
}

/** Buttons rest for a moment after what they do has changed; a key pressed earlier does nothing. */
export async function pressOnceReady(page: Page, key: 'F8' | 'F9', name: RegExp): Promise<void> {
  await expect(page.getByRole('button', { name })).toBeEnabled()
  await page.keyboard.press(key)
}

export async function openByPaste(page: Page, phone: Phone): Promise<void> {
  await page.keyboard.press('F2')
  await page.getByLabel('Atau tempel / pindai isi QR').fill(await phone.qr())
  await page.keyboard.press('Enter')
}

export async function confirmOnPhone(page: Page, phone: Phone): Promise<void> {
  const code = page.getByLabel('Kode kasus')
  await expect(code).toHaveText(/^\d{6}$/)
  await phone.confirm(await code.innerText())
}

/** Who approves at this desk, and their approval PIN. */
export async function typePin(page: Page, username: string = supervisor.username, pin: string = knownApprovalPin): Promise<void> {
  await page.getByLabel('Nama pengguna supervisor').fill(username)
  await page.getByLabel('PIN persetujuan dan kode').check()
  await page.getByRole('textbox', { name: 'PIN persetujuan' }).fill(pin)
  await page.keyboard.press('Enter')
}

/** Both pictures, and the supervisor's second step; nothing is sent before the button or Enter is pressed. */
export async function approveWithCode(page: Page, world: World, live = true): Promise<void> {
  await expect(page.locator('approval-step').getByRole('img', { name: 'Foto KTP-el' })).toBeVisible()
  await expect(page.locator('approval-step').getByRole('img', { name: 'Wajah di loket' })).toHaveCount(live ? 1 : 0)
  await expect(page.getByText(`${supervisor.name}, dengan langkah kedua`, { exact: false })).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'dialog-supervise-second-step')
  await enterCode(page, world.service, supervisor)
  await page.keyboard.press('Enter')
}

/** What the activation mail to this address holds. */
export function activationIn(world: World, email: string): { readonly code: string; readonly token: string } {
  const text = world.service.mailbox.letters(email)[0]?.text ?? ''
  return { code: /aktivasi: (\d{6})/.exec(text)?.[1] ?? '', token: linkIn(world, email) }
}

/** The secret of the link in the newest mail to this address. */
export function linkIn(world: World, email: string): string {
  return /#([A-Za-z0-9_-]{22})/.exec(world.service.mailbox.letters(email)[0]?.text ?? '')?.[1] ?? ''
}
