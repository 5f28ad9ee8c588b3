import { chipSize } from './alignment.ts'
import { luminance, type Box, type Gray, type Pixels } from './pixels.ts'

/** What is said of the aligned 150×150 chip alone. The names are those of `FaceMeasure`. */
export type ChipStatistics = {
  sharpness: number
  brightness: number
  contrast: number
  clippedDark: number
  clippedBright: number
  sideLight: number
  eyeLight: number
  lowerFaceColour: number
  lowerFaceLight: number
}

export function chipStatistics(chip: Pixels): ChipStatistics {
  const gray = luminance(chip)
  const { mean, deviation, dark, bright } = statisticsOf(gray, inner)
  const [left, right] = [half('left'), half('right')].map((box) => statisticsOf(gray, box).mean) as [number, number]
  const lightOf = (places: readonly Box[]) => Math.max(1, meanOf(places, (box) => statisticsOf(gray, box).mean))
  return {
    sharpness: sharpness(gray, deviation),
    brightness: mean,
    contrast: deviation,
    clippedDark: dark,
    clippedBright: bright,
    sideLight: Math.abs(left - right) / Math.max(1, left + right),
    eyeLight: lightOf(eyePlaces) / lightOf(lowCheeks),
    lowerFaceLight: lightOf([lowerFace]) / lightOf(highCheeks),
    lowerFaceColour: lowerFaceColour(chip),
  }
}

// The middle two thirds of the chip: face, little hair, no background.
const inner: Box = { x: Math.round(chipSize / 6), y: Math.round(chipSize / 6), width: Math.round((chipSize * 2) / 3), height: Math.round((chipSize * 2) / 3) }
const half = (side: 'left' | 'right'): Box => ({ ...inner, x: side === 'left' ? inner.x : chipSize / 2, width: chipSize / 2 - inner.x })

// Where alignment puts things in the chip: eyes at a height of 47, the base of the nose at 88, the mouth about 105.
const eyePlaces: readonly Box[] = [
  { x: 34, y: 38, width: 28, height: 18 },
  { x: 88, y: 38, width: 28, height: 18 },
]
// Below what glasses reach, and above what a mask reaches.
const lowCheeks: readonly Box[] = [
  { x: 38, y: 66, width: 18, height: 16 },
  { x: 94, y: 66, width: 18, height: 16 },
]
const highCheeks: readonly Box[] = [
  { x: 38, y: 60, width: 18, height: 11 },
  { x: 94, y: 60, width: 18, height: 11 },
]
const lowerFace: Box = { x: 52, y: 96, width: 46, height: 34 }

/** Luminance at or beyond which a camera tells nothing apart any more. */
const clipped = { dark: 8, bright: 247 } as const

function statisticsOf(gray: Gray, box: Box): { mean: number; deviation: number; dark: number; bright: number } {
  let [sum, squares, dark, bright] = [0, 0, 0, 0]
  const count = box.width * box.height
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const value = gray.data[y * gray.width + x]!
      sum += value
      squares += value * value
      if (value <= clipped.dark) dark++
      else if (value >= clipped.bright) bright++
    }
  }
  const mean = sum / count
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)), dark: dark / count, bright: bright / count }
}

/**
 * Energy of the Laplacian over the energy of the luminance: the share of fine detail, whatever the contrast. Taken on a
 * chip of fixed size, so that it also falls for a face with few pixels. Sensor noise raises it, which is why brightness
 * has a limit of its own.
 */
function sharpness({ width, data }: Gray, deviation: number): number {
  let energy = 0
  for (let y = inner.y; y < inner.y + inner.height; y++) {
    for (let x = inner.x; x < inner.x + inner.width; x++) {
      const i = y * width + x
      energy += (4 * data[i]! - data[i - 1]! - data[i + 1]! - data[i - width]! - data[i + width]!) ** 2
    }
  }
  return deviation < 1 ? 0 : (100 * Math.sqrt(energy / (inner.width * inner.height))) / deviation
}

/** Towards blue and away from red only: the other way lie lips and beards. */
function lowerFaceColour(chip: Pixels): number {
  const [cheekBlue, cheekRed] = [0, 1].map((k) => meanOf(highCheeks, (box) => chromaOf(chip, box)[k]!)) as [number, number]
  const [blue, red] = chromaOf(chip, lowerFace)
  return Math.hypot(Math.max(0, blue - cheekBlue), Math.max(0, cheekRed - red))
}

/** Mean of B−Y and R−Y over the mean of Y: colour whatever the light's strength. */
function chromaOf({ data, width, channels }: Pixels, box: Box): readonly [blue: number, red: number] {
  let [r, g, b] = [0, 0, 0]
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const p = (y * width + x) * channels
      r += data[p]!
      g += data[p + 1]!
      b += data[p + 2]!
    }
  }
  const light = 0.299 * r + 0.587 * g + 0.114 * b
  // Black has no colour.
  const floor = 10 * box.width * box.height
  return [(b - light) / Math.max(floor, light), (r - light) / Math.max(floor, light)]
}

function meanOf<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((sum, thing) => sum + of(thing), 0) / things.length
}
