import { expect, it } from 'vitest'
import { measureChromium } from './face/browser-side.ts'
import { measureNode } from './face/node-side.ts'
import { decisionPictures } from './face/pictures.ts'

it('decides in a browser as in Node, by the same steps', async () => {
  const pictures = await decisionPictures(undefined)
  const node = await measureNode(pictures, 1)
  const chromium = await measureChromium(pictures, 1)
  // Two decoders of JPEG differ by a shade or two, and so do the distances.
  expect(Math.abs(node.ours.distance - chromium!.ours.distance)).toBeLessThan(0.01)
  expect(node.ours.distance).toBeLessThan(0.5)
}, 300_000)
