/** A named array of a weights file. */
export type Weight = { shape: number[]; values: Float32Array }
export type Weights = ReadonlyMap<string, Weight>

type Quantization = { dtype: 'uint8' | 'uint16'; scale: number; min: number }
type Layout = {
  weights: {
    name: string
    shape: number[]
    dtype: string
    quantization?: Quantization
  }[]
}[]

/**
 * Reads the weights of one model: TensorFlow.js's "weights manifest" (the layout) beside one binary of all arrays in turn, most
 * of them quantised to a byte: value = min + scale · byte.
 *
 * @throws RangeError when layout and binary do not fit each other
 */
export function readWeights(layout: Uint8Array, binary: Uint8Array): Weights {
  const groups = JSON.parse(new TextDecoder().decode(layout)) as Layout
  const read = new Map<string, Weight>()
  let at = 0
  for (const { name, shape, quantization } of groups.flatMap(({ weights }) => weights)) {
    const count = shape.reduce((product, side) => product * side, 1)
    const width = quantization === undefined ? 4 : quantization.dtype === 'uint8' ? 1 : 2
    if (at + count * width > binary.length) throw new RangeError(`the weights end before ${name}`)
    // A copy of its own (and not `slice`, which is a view when the bytes are a Buffer): an array may begin at any byte of the
    // file, a view of floats only at every fourth.
    const bytes = new Uint8Array(binary.subarray(at, at + count * width)).buffer
    read.set(name, { shape, values: quantization === undefined ? new Float32Array(bytes) : widened(bytes, quantization) })
    at += count * width
  }
  if (at !== binary.length) throw new RangeError(`${binary.length - at} bytes of the weights belong to nothing`)
  return read
}

/** A plain loop: there are twelve million of them, and `Float32Array.from` takes a second and a half. */
function widened(bytes: ArrayBuffer, { dtype, scale, min }: Quantization): Float32Array {
  const raw = dtype === 'uint8' ? new Uint8Array(bytes) : new Uint16Array(bytes)
  const values = new Float32Array(raw.length)
  for (let i = 0; i < raw.length; i++) values[i] = raw[i]! * scale + min
  return values
}

/** @throws RangeError when there is no such array */
export function getWeight(weights: Weights, name: string): Weight {
  const found = weights.get(name)
  if (found === undefined) throw new RangeError(`the weights lack ${name}`)
  return found
}
