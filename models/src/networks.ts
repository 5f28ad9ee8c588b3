import type { FoundFace } from './measure.ts'
import { createLandmarks, type Landmarks } from './networks/landmarks.ts'
import type { Operations } from './networks/operations.ts'
import { createSsdDetector, ssdInput } from './networks/ssd-detector.ts'
import { suppressOverlaps } from './networks/suppression.ts'
import { createTinyDetector, type Detector } from './networks/tiny-detector.ts'
import { readWeights, type Weights } from './networks/weights.ts'
import type { Box, Pixels, Size } from './pixels.ts'
import { intoSquare } from './resize.ts'

/** The bytes of a file of the manifest (`package/path`), after its SHA-256 was checked; rejects when it is another file. */
export type ReadModelFile = (file: string) => Promise<Uint8Array>

/** Every face it sees in a picture, the surest first, in pixels of the picture. */
export type FindFaces = (pixels: Pixels) => Promise<FoundFace[]>

/** What live guidance needs, and the first half of what the server does. */
export type QuickNetworks = { findQuickly: FindFaces; landmarks: Landmarks }
export type FaceNetworks = QuickNetworks & { findThoroughly: FindFaces }

const folder = '@vladmandic/face-api/model'

/**
 * Sides of the squares the quick detector looks at, in pixels. It loses faces that fill much of the square, so that the small
 * one finds what a desk and an identity photograph show; when no face there holds the middle of the picture, where an operator
 * aims, the larger one is asked as well.
 */
const [smallInput, largeInput] = [224, 320]
const sameFace = 0.4
/** Below it the quick detector sees faces in walls. */
const quickScore = 0.5
const thoroughScore = 0.5

export async function loadQuickNetworks(tf: Operations, read: ReadModelFile): Promise<QuickNetworks> {
  const detector = createTinyDetector(tf, await readNetwork(read, 'tiny_face_detector_model'), { minScore: quickScore })
  const landmarks = createLandmarks(tf, await readNetwork(read, 'face_landmark_68_model'))
  const findQuickly: FindFaces = async (pixels) => {
    const found = await lookAt(detector, pixels, smallInput)
    if (found.some(({ box }) => holdsMiddle(box, pixels))) return found
    return suppressOverlaps([...found, ...(await lookAt(detector, pixels, largeInput))], sameFace)
  }
  return { findQuickly, landmarks }
}

export async function loadFaceNetworks(tf: Operations, read: ReadModelFile): Promise<FaceNetworks> {
  const detector = createSsdDetector(tf, await readNetwork(read, 'ssd_mobilenetv1_model'), { minScore: thoroughScore })
  return { ...(await loadQuickNetworks(tf, read)), findThoroughly: (pixels) => lookAt(detector, pixels, ssdInput) }
}

function holdsMiddle({ x, y, width, height }: Box, frame: Size): boolean {
  return Math.abs(x + width / 2 - frame.width / 2) <= width / 2 && Math.abs(y + height / 2 - frame.height / 2) <= height / 2
}

async function readNetwork(read: ReadModelFile, name: string): Promise<Weights> {
  return readWeights(await read(`${folder}/${name}-weights_manifest.json`), await read(`${folder}/${name}.bin`))
}

async function lookAt(detector: Detector, pixels: Pixels, side: number): Promise<FoundFace[]> {
  const { square, scale } = intoSquare(pixels, side)
  return (await detector(square)).map(({ box: { x, y, width, height }, score }) => ({
    box: { x: x / scale, y: y / scale, width: width / scale, height: height / scale },
    score,
  }))
}
