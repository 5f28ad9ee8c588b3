import { Worker } from 'node:worker_threads'

interface Net {
  loadFromDisk(folder: string): Promise<void>
  loadFromUri(address: string): Promise<void>
}

/** What is used of `@vladmandic/face-api` as it comes, alike in its builds for Node and for browsers. */
export interface StockApi {
  readonly tf: {
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
    setWasmPaths(folder: string): void
    env(): { set(flag: string, value: boolean): void }
    tensor3d(data: Uint8Array, shape: [number, number, number], type: 'int32'): StockTensor
    browser: { fromPixels(picture: ImageData): StockTensor }
  }
  readonly env: { setEnv(environment: Record<string, unknown>): void }
  readonly nets: { readonly ssdMobilenetv1: Net; readonly faceLandmark68Net: Net; readonly faceRecognitionNet: Net }
  readonly SsdMobilenetv1Options: new () => object
  detectSingleFace(input: StockTensor, options: object): {
    withFaceLandmarks(): { withFaceDescriptor(): Promise<{ readonly descriptor: Float32Array } | undefined> }
  }
  euclideanDistance(a: Float32Array, b: Float32Array): number
}
interface StockTensor {
  dispose(): void
}

/** A decision's pictures, as JPEGs. */
export interface StockDecision {
  readonly reference: Uint8Array
  readonly frames: readonly Uint8Array[]
}

export type FromStock = { ready: true } | { distances: (number | undefined)[] }

/** face-api's own detector, landmarks and descriptor in one worker thread. */
export interface Stock {
  /** The distance of each frame to the reference; undefined where no face was found. */
  decide(decision: StockDecision): Promise<(number | undefined)[]>
  close(): Promise<void>
}

export async function startStock(): Promise<Stock> {
  const worker = new Worker(new URL('./stock-worker.ts', import.meta.url))
  const next = () =>
    new Promise<FromStock>((resolve, reject) => {
      worker.once('message', (message: FromStock) => {
        worker.off('error', reject)
        resolve(message)
      })
      worker.once('error', reject)
    })
  await next()
  return {
    async decide(decision) {
      const answered = next()
      worker.postMessage(decision)
      const answer = await answered
      if (!('distances' in answer)) throw new Error('the stock pipeline answered something else')
      return answer.distances
    },
    async close() {
      await worker.terminate()
    },
  }
}
