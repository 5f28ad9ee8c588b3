import { crop, mirrored, type Box, type Pixels, type Point } from './pixels.ts'
import { templateLength, templateModel, type Template } from './template.ts'
import type { FoundFace } from './measure.ts'

/** What is used of a TensorFlow.js tensor. */
export type Tensor = { dispose(): void }

type Detection = { box: Box; score: number }
type Net = { loadFromUri(uri: string): Promise<void>; loadFromDisk(folder: string): Promise<void> }

/**
 * The part of `@vladmandic/face-api` that the engine uses. The package has one build for Node and one for browsers, alike in
 * this much; whoever starts the runtime hands the right one in, so that nothing else needs to know where it runs.
 */
export type FaceApi = {
  tf: {
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
    tensor3d(data: Uint8Array, shape: [number, number, number], dtype: 'int32'): Tensor
    memory(): { numTensors: number }
  }
  nets: {
    ssdMobilenetv1: Net & { locateFaces(input: Tensor, options: { minConfidence: number }): Promise<Detection[]> }
    tinyFaceDetector: Net & {
      locateFaces(input: Tensor, options: { inputSize: number; scoreThreshold: number }): Promise<Detection[]>
    }
    faceLandmark68Net: Net & {
      detectLandmarks(input: Tensor): Promise<{ positions: { x: number; y: number }[] }>
    }
    faceRecognitionNet: Net & { computeFaceDescriptor(input: Tensor[]): Promise<Float32Array[]> }
  }
}

/** SSD MobileNet v1, the server's detector: 0.35 s a frame on one core, finds more. Below `minConfidence` it sees faces in walls. */
export async function detectFaces(api: FaceApi, pixels: Pixels): Promise<FoundFace[]> {
  return withTensor(api, pixels, async (tensor) =>
    (await api.nets.ssdMobilenetv1.locateFaces(tensor, { minConfidence: 0.5 })).map(found),
  )
}

/** The tiny detector at 224 pixels, for live guidance: 30 ms a frame in a browser, misses small and turned faces. */
export async function detectFacesLive(api: FaceApi, pixels: Pixels): Promise<FoundFace[]> {
  return withTensor(api, pixels, async (tensor) =>
    (await api.nets.tinyFaceDetector.locateFaces(tensor, { inputSize: 224, scoreThreshold: 0.5 })).map(found),
  )
}

/** The 68 points of the face in a box, in pixels of the whole picture. */
export async function locateLandmarks(api: FaceApi, pixels: Pixels, box: Box): Promise<Point[]> {
  const part = crop(pixels, box)
  return withTensor(api, part.pixels, async (tensor) => {
    const { positions } = await api.nets.faceLandmark68Net.detectLandmarks(tensor)
    return positions.map(({ x, y }) => [x + part.x, y + part.y] as const)
  })
}

/** The template of an aligned 150×150 chip: the mean of what the network says of it and of its mirror image. */
export async function describeChip(api: FaceApi, chip: Pixels): Promise<Template> {
  const [seen, reversed] = await withTensor(api, chip, (tensor) =>
    withTensor(api, mirrored(chip), (mirror) => api.nets.faceRecognitionNet.computeFaceDescriptor([tensor, mirror])),
  )
  const values = new Float32Array(templateLength)
  for (let i = 0; i < templateLength; i++) values[i] = (seen![i]! + reversed![i]!) / 2
  return { values, model: templateModel }
}

function found({ box, score }: Detection): FoundFace {
  return { box: { x: box.x, y: box.y, width: box.width, height: box.height }, score }
}

async function withTensor<T>(api: FaceApi, pixels: Pixels, use: (tensor: Tensor) => Promise<T>): Promise<T> {
  const tensor = api.tf.tensor3d(rgb(pixels), [pixels.height, pixels.width, 3], 'int32')
  try {
    return await use(tensor)
  } finally {
    tensor.dispose()
  }
}

function rgb(pixels: Pixels): Uint8Array {
  if (pixels.channels === 3 && pixels.data instanceof Uint8Array) return pixels.data
  return crop(pixels, { x: 0, y: 0, width: pixels.width, height: pixels.height }).pixels.data as Uint8Array
}
