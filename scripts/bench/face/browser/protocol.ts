/** What a page of the bench and its two workers say to each other. */
export interface Start {
  readonly modelBaseUrl: string
  readonly wasmBaseUrl: string
}
/** JPEGs; `reference` is left out when the one of the decision before is meant. */
export interface Decide {
  readonly reference?: Blob
  readonly frames: readonly Blob[]
}
export type Order = { readonly start: Start } | { readonly decide: Decide }
/** The distance of the frames to the reference; how each side makes one of several is its own. */
export type Answer = { readonly ready: true } | { readonly distance: number } | { readonly failed: string }

interface WorkerScope {
  onmessage: ((event: MessageEvent<Order>) => void) | null
  postMessage(answer: Answer): void
}

/** Answers each order of the page in turn. */
export function serve(start: (addresses: Start) => Promise<void>, decide: (decision: Decide) => Promise<number>): void {
  const scope = globalThis as unknown as WorkerScope
  scope.onmessage = async ({ data }) => {
    try {
      if ('start' in data) {
        await start(data.start)
        scope.postMessage({ ready: true })
      } else scope.postMessage({ distance: await decide(data.decide) })
    } catch (error) {
      scope.postMessage({ failed: error instanceof Error ? error.message : String(error) })
    }
  }
}

/** The pixels of a JPEG, four channels. */
export async function decode(picture: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('there is no 2d canvas in this worker')
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
