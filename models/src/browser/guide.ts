// Whoever imports this type-checks it too, and needs the declaration of Vite's address.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./worker-url.d.ts" />
import type { FrameMeasure } from '../measure.ts'
// oxlint-disable-next-line import/default
import workerUrl from './guide-worker.ts?worker&url'

/** Live guidance for the desk's camera: advice only, the server measures everything again. */
export type Guide = {
  /**
   * Measures one camera picture against the guidance limits, 30 to 60 ms. The bitmap is handed over and closed. Pictures
   * are taken in turn: ask for the next when this one is answered. Rejects when the guide is closed or its worker failed.
   */
  measure(picture: ImageBitmap): Promise<FrameMeasure>
  close(): void
}

export type GuideStart = { modelBaseUrl: string; wasmBaseUrl: string }
export type GuideRequest = { start: GuideStart } | { picture: ImageBitmap }
export type GuideAnswer = { ready: true } | { measure: FrameMeasure } | { failed: string }

/**
 * Starts the guide's worker and loads its networks from the site.
 *
 * Needs, of the site: the files of `@ikd/face/browser-files` under these two addresses; of its CSP: `worker-src 'self'`,
 * `script-src 'self' 'wasm-unsafe-eval'`, `connect-src 'self'`.
 *
 * @param options.modelBaseUrl folder with the weights, absolute or relative to the page
 * @param options.wasmBaseUrl folder with the wasm files, likewise
 * @param options.trustedWorkerUrl makes what `new Worker` takes on a page with Trusted Types; the page owns the policy
 * @throws Error when the worker or the networks cannot be loaded
 */
export async function createGuide(options: GuideStart & { trustedWorkerUrl?: (url: URL) => string }): Promise<Guide> {
  const { modelBaseUrl, wasmBaseUrl, trustedWorkerUrl = (url: URL) => url.href } = options
  const address = new URL(workerUrl, document.baseURI)
  const worker = new Worker(trustedWorkerUrl(address), { type: 'module', name: 'face-guide' })
  const waiting: { resolve: (answer: GuideAnswer) => void; reject: (error: Error) => void }[] = []
  let ended: Error | undefined

  const end = (error: Error) => {
    ended ??= error
    worker.terminate()
    for (const one of waiting.splice(0)) one.reject(ended)
  }
  worker.onmessage = ({ data }: MessageEvent<GuideAnswer>) => {
    const next = waiting.shift()
    if ('failed' in data) next?.reject(new Error(data.failed))
    else next?.resolve(data)
  }
  worker.onerror = (event) => end(new Error(`the face guide failed: ${event.message}`))

  function ask(request: GuideRequest, transfer: Transferable[]): Promise<GuideAnswer> {
    if (ended !== undefined) return Promise.reject(ended)
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      worker.postMessage(request, transfer)
    })
  }

  try {
    const absolute = (url: string) => new URL(url.endsWith('/') ? url : `${url}/`, document.baseURI).href
    await ask({ start: { modelBaseUrl: absolute(modelBaseUrl), wasmBaseUrl: absolute(wasmBaseUrl) } }, [])
  } catch (error) {
    end(new Error('the face guide could not start', { cause: error }))
    throw error
  }
  return {
    async measure(picture) {
      const answer = await ask({ picture }, [picture])
      if (!('measure' in answer)) throw new Error('the face guide answered something else')
      return answer.measure
    },
    close: () => end(new Error('the face guide is closed')),
  }
}
