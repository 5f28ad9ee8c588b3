import { expect, it } from 'vitest'
import { middleOf, toBase64 } from './frame-grabber.ts'

it('cuts the largest 4:3 from the middle of any camera picture', () => {
  expect(middleOf(640, 480)).toEqual({ x: 0, y: 0, width: 640, height: 480 })
  expect(middleOf(1280, 720)).toEqual({ x: 160, y: 0, width: 960, height: 720 })
  expect(middleOf(480, 640)).toEqual({ x: 0, y: 140, width: 480, height: 360 })
})

it('writes base64 of pictures larger than one call takes', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251)
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
})
