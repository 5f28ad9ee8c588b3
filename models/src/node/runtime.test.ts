import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { memory } from '@tensorflow/tfjs-core'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { alignmentTransform, chipSize } from '../alignment.ts'
import { locateLandmarks } from '../locate.ts'
import { alignFace } from '../measure-face.ts'
import { landmarkInput } from '../networks/landmarks.ts'
import { mirrored, warp, type Pixels } from '../pixels.ts'
import { deskFrame, samplePicture } from '../testing/sample-faces.ts'
import { decodePicture } from './decode.ts'
import { describeProbe, describeReference, findFaces } from '../describe.ts'
import { loadFaceRuntime } from './runtime.ts'

let runtime: Awaited<ReturnType<typeof loadFaceRuntime>>
beforeAll(async () => {
  runtime = await loadFaceRuntime()
}, 60_000)

test('no tensor stays behind, whatever was shown', async () => {
  const face = await deskFrame(6, { left: 820, top: 140, width: 480 })
  const empty = await deskFrame(5, { left: 0, top: 0, width: 120 })
  const work = async () => {
    for (const picture of [face, empty]) {
      await describeProbe(runtime, (await decodePicture(picture))!)
      await describeReference(runtime, (await decodePicture(picture))!)
    }
  }
  await work()
  const { numTensors } = memory()
  await work()
  expect(memory().numTensors).toBe(numTensors)
}, 60_000)

test('the 22 faces of the sample pictures are found', async () => {
  let faces = 0
  for (const sample of [1, 2, 3, 4, 5, 6]) {
    faces += (await findFaces(runtime, (await decodePicture(await samplePicture(sample)))!)).faces.length
  }
  expect(faces).toBe(22)
}, 60_000)

/** What is used here of the package the weights come from: its own networks, layer by layer as they were written. */
type StockFaceApi = {
  tf: { setBackend(name: string): Promise<boolean>; tensor3d(data: Uint8Array, shape: number[], dtype: 'int32'): object }
  nets: Record<'ssdMobilenetv1' | 'tinyFaceDetector' | 'faceLandmark68Net' | 'faceRecognitionNet', { loadFromDisk(folder: string): Promise<void> }> & {
    ssdMobilenetv1: { locateFaces(input: object): Promise<Found[]> }
    tinyFaceDetector: { locateFaces(input: object, options: { inputSize: number }): Promise<Found[]> }
    faceLandmark68Net: { detectLandmarks(input: object): Promise<{ positions: { x: number; y: number }[] }> }
    faceRecognitionNet: { computeFaceDescriptor(input: object): Promise<Float32Array> }
  }
}
type Found = { box: { x: number; y: number; width: number; height: number } }

describe('the networks, with their layers folded, answer what face-api answers', () => {
  let stock: StockFaceApi
  let picture: Pixels
  const tensor = ({ data, width, height }: Pixels) => stock.tf.tensor3d(data as Uint8Array, [height, width, 3], 'int32')
  const square = async (side: number) => {
    const cut = await sharp(await deskFrame(6, { left: 820, top: 140, width: 480 })).extract({ left: 170, top: 160, width: 300, height: 300 }).resize(side, side).png().toBuffer()
    return (await decodePicture(cut))!
  }

  beforeAll(async () => {
    const require = createRequire(import.meta.url)
    stock = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as StockFaceApi
    await stock.tf.setBackend('wasm')
    const weights = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model')
    for (const name of ['ssdMobilenetv1', 'tinyFaceDetector', 'faceLandmark68Net', 'faceRecognitionNet'] as const) await stock.nets[name].loadFromDisk(weights)
    picture = (await decodePicture(await deskFrame(6, { left: 820, top: 140, width: 480 })))!
  }, 60_000)

  test('the thorough detector: the same boxes to half a pixel', async () => {
    const [theirs, ours] = [await stock.nets.ssdMobilenetv1.locateFaces(tensor(picture)), await runtime.findThoroughly(picture)]
    expect(ours).toHaveLength(theirs.length)
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(Math.abs(ours[0]!.box[side] - theirs[0]!.box[side])).toBeLessThan(0.5)
  })

  test('the quick detector: the same boxes to half a pixel', async () => {
    const [theirs, ours] = [await stock.nets.tinyFaceDetector.locateFaces(tensor(picture), { inputSize: 224 }), await runtime.findQuickly(picture)]
    expect(ours).toHaveLength(theirs.length)
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(Math.abs(ours[0]!.box[side] - theirs[0]!.box[side])).toBeLessThan(0.5)
  })

  test('the points: the same to a hundredth of a pixel', async () => {
    const face = await square(landmarkInput)
    const { positions } = await stock.nets.faceLandmark68Net.detectLandmarks(tensor(face))
    const [points] = await runtime.landmarks([face, mirrored(face)])
    points!.forEach(([x, y], i) => expect(Math.hypot(x - positions[i]!.x, y - positions[i]!.y)).toBeLessThan(0.01))
  })

  test('the matcher: the same 128 numbers, mean of the face and of its mirror image cut closer', async () => {
    const [face] = await runtime.findQuickly(picture)
    const aligned = (await alignFace(picture, [face!], (seen, box) => locateLandmarks(runtime.landmarks, seen, box)))!
    const closer = warp(picture, alignmentTransform(aligned.landmarks, chipSize, 0.2), chipSize)
    const [seen, reversed] = [
      await stock.nets.faceRecognitionNet.computeFaceDescriptor(tensor(aligned.chip)),
      await stock.nets.faceRecognitionNet.computeFaceDescriptor(tensor(mirrored(closer))),
    ]
    const values = await runtime.matcher.describe({ ...aligned, picture })
    values.forEach((value, i) => expect(value).toBeCloseTo((seen[i]! + reversed[i]!) / 2, 5))
  })
})
