/** What is used of a TensorFlow.js tensor. */
export type Tensor = { readonly shape: readonly number[]; data(): Promise<ArrayLike<number>>; dispose(): void }

type Strides = [number, number]
type Padding = 'same' | 'valid'
type Activation = 'linear' | 'relu' | 'relu6' | 'leakyrelu'
type Convolution = {
  x: Tensor
  filter: Tensor
  strides: Strides
  pad: Padding
  bias?: Tensor
  activation?: Activation
  leakyreluAlpha?: number
}

/**
 * The port to the runtime: the operations of TensorFlow.js 4 that the networks are made of, on whatever backend was chosen.
 * Whoever starts a runtime hands them in, so that a network does not know whether it runs in Node or in a browser. Bias and
 * activation go in with the convolution: the backend then writes each layer once instead of three or four times.
 */
export type Operations = {
  tensor(values: Float32Array, shape: number[]): Tensor
  tidy<T extends Tensor | Tensor[]>(make: () => T): T
  add(a: Tensor, b: Tensor): Tensor
  relu(x: Tensor): Tensor
  concat(parts: Tensor[], axis: number): Tensor
  pad(x: Tensor, paddings: [number, number][]): Tensor
  reshape(x: Tensor, shape: number[]): Tensor
  mean(x: Tensor, axes: number[]): Tensor
  matMul(a: Tensor, b: Tensor): Tensor
  maxPool(x: Tensor, size: number | Strides, strides: number | Strides, pad: Padding): Tensor
  avgPool(x: Tensor, size: number | Strides, strides: number | Strides, pad: Padding): Tensor
  fused: { conv2d(layer: Convolution): Tensor; depthwiseConv2d(layer: Convolution): Tensor }
}
