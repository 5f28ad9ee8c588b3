import { expect, test } from 'vitest'
import { deskFrame, samplePicture } from '../testing/sample-faces.ts'
import { describeProbe, describeReference, findFaces } from './describe.ts'
import { loadFaceApi } from './runtime.ts'

test('no tensor stays behind, whatever was shown', async () => {
  const api = await loadFaceApi()
  const face = await deskFrame(6, { left: 820, top: 140, width: 480 })
  const empty = await deskFrame(5, { left: 0, top: 0, width: 120 })
  const work = async () => {
    for (const picture of [face, empty, Buffer.from('nothing')]) {
      await describeProbe(api, picture)
      await describeReference(api, picture)
    }
  }
  await work()
  const { numTensors } = api.tf.memory()
  await work()
  expect(api.tf.memory().numTensors).toBe(numTensors)
}, 30_000)

test('the 22 faces of the sample pictures are found', async () => {
  const api = await loadFaceApi()
  let faces = 0
  for (const sample of [1, 2, 3, 4, 5, 6]) {
    const found = await findFaces(api, await samplePicture(sample))
    if ('faces' in found) faces += found.faces.length
  }
  expect(faces).toBe(22)
}, 30_000)
