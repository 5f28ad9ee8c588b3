import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { encode } from 'uqr'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

/**
 * What a desk camera sees, as Chromium's fake camera plays it: JPEGs one after the other, thirty a second, from the start
 * whenever the camera is opened, over and over.
 */
export type Film = readonly Uint8Array[]

const perSecond = 30

export async function shoot(file: string, ...scenes: readonly Film[]): Promise<void> {
  await writeFile(file, Buffer.concat(scenes.flat()))
}

/** The QR on a phone's screen, held before a camera: a photograph of the real screen, not of its text. */
export async function photographQr(page: Page, label: string | RegExp): Promise<Buffer> {
  const screen = await page.getByRole('img', { name: label }).screenshot()
  const held = await sharp(screen).resize(400, 400, { fit: 'contain', background: '#fff' }).rotate(3, { background: '#8a8f94' }).toBuffer()
  return sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8f94' } })
    .composite([{ input: held, gravity: 'centre' }])
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** The same for some seconds. */
export async function filmQr(page: Page, label: string | RegExp, seconds = 3): Promise<Film> {
  const frame = await photographQr(page, label)
  return Array.from({ length: seconds * perSecond }, () => frame)
}

/** A QR that no phone of ours shows. */
export async function filmText(text: string, seconds = 3): Promise<Film> {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const pixels = Buffer.from(Array.from({ length: size * size }, (_, i) => (data[Math.floor(i / size)]?.[i % size] ? 0 : 255)))
  const picture = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } }).resize(440, 440, { kernel: 'nearest' }).png().toBuffer()
  const frame = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8f94' } })
    .composite([{ input: picture, gravity: 'centre' }])
    .jpeg({ quality: 85 })
    .toBuffer()
  return Array.from({ length: seconds * perSecond }, () => frame)
}

/** Reads the QR off a phone's screen, from its pixels. */
export async function readQr(page: Page, label: string | RegExp): Promise<string> {
  return decodeQr(await page.getByRole('img', { name: label }).screenshot())
}

/** The text of the QR in a picture. */
export async function decodeQr(picture: Buffer): Promise<string> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } })
  const [found] = await readBarcodes(picture, { formats: ['QRCode'] })
  if (!found) throw new Error('there is no QR on the screen')
  return found.text
}
