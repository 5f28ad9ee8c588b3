// Whoever imports this type-checks it too, and needs the declaration of Vite's address.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./worker-url.d.ts" />
import type { FrameMeasure, FrameProblem } from '../measure.ts'
import type { Box, Size } from '../pixels.ts'
import type { Trial } from './choose-backend.ts'
// oxlint-disable-next-line import/default
import workerUrl from './guide-worker.ts?worker&url'

/** Live guidance for the desk's camera: advice only, the server measures everything again. */
export type Guide = {
  /**
   * Measures one camera picture, or the part of it that `view` names, against the guidance limits, 30 to 60 ms. The picture is
   * handed over and closed. Pictures are taken in turn: ask for the next when this one is answered. Rejects when the guide is
   * closed or its worker failed.
   */
  measure(picture: GuidePicture, view?: GuideView): Promise<GuideMeasure>
  /** On what the networks run here, and how the backends did that were tried for it. */
  backend: string
  trials: readonly Trial[]
  close(): void
}

export type GuidePicture = ImageBitmap | VideoFrame
/** The part of a picture that is looked at, in its pixels, and the size at which it is. */
export type GuideView = { cut: Box; size: Size }
/** What a frame is like, and what would make it better still without being in the way. */
export type GuideMeasure = FrameMeasure & { hints: FrameProblem[] }

export type GuideStart = { modelBaseUrl: string; wasmBaseUrl: string }
export type GuideRequest = { start: GuideStart } | { picture: GuidePicture; view?: GuideView | undefined }
export type GuideAnswer = { ready: { chosen: string; trials: readonly Trial[] } } | { measure: GuideMeasure } | { failed: string }

/**
 * Starts the guide's worker, loads its networks from the site, and lets it choose its backend by trying each.
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

  let ready: { chosen: string; trials: readonly Trial[] }
  try {
    const absolute = (url: string) => new URL(url.endsWith('/') ? url : `${url}/`, document.baseURI).href
    const answer = await ask({ start: { modelBaseUrl: absolute(modelBaseUrl), wasmBaseUrl: absolute(wasmBaseUrl) } }, [])
    if (!('ready' in answer)) throw new Error('the face guide answered something else')
    ready = answer.ready
  } catch (error) {
    end(new Error('the face guide could not start', { cause: error }))
    throw error
  }
  return {
    backend: ready.chosen,
    trials: ready.trials,
    async measure(picture, view) {
      const answer = await ask({ picture, view }, [picture])
      if (!('measure' in answer)) throw new Error('the face guide answered something else')
      return answer.measure
    },
    close: () => end(new Error('the face guide is closed')),
  }
}
