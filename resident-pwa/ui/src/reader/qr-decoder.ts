import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { trustedWorkerUrl } from '../security/trusted-urls.ts'
import type { DecodeAnswer, DecodeRequest } from './decode-messages.ts'
// oxlint-disable-next-line import/default -- Vite bundles the worker and makes its address the default export
import libraryWorkerUrl from './library-worker.ts?worker&url'
// oxlint-disable-next-line import/default -- as above
import wasmWorkerUrl from './wasm-worker.ts?worker&url'

export interface QrDecoder {
  /** The text of a QR code in the picture, undefined when there is none. Rejects when the worker itself cannot be loaded. */
  decode(image: ImageData): Promise<string | undefined>
  /** Ends the worker; what is still being decoded stays unanswered. */
  close(): void
}

interface Pending {
  readonly image: ImageData
  readonly resolve: (text: string | undefined) => void
  readonly reject: (error: Error) => void
}

/**
 * Decodes in a worker: zxing-cpp as WebAssembly, or @zxing/library (slower, reads fewer) where WebAssembly is missing, as in iOS
 * Lockdown Mode, or forbidden by the page's CSP.
 */
export function createQrDecoder(): QrDecoder {
  const pending = new Map<number, Pending>()
  let last = 0
  let worker = start(typeof WebAssembly === 'undefined' ? libraryWorkerUrl : wasmWorkerUrl)

  function start(url: string): Worker {
    const started = new Worker(trustedWorkerUrl(new URL(url, location.href)), { type: 'module', name: 'qr' })
    started.addEventListener('message', (event: MessageEvent<DecodeAnswer>) => settle(event.data))
    started.addEventListener('error', () => {
      for (const each of pending.values()) each.reject(new Error('the QR worker could not be loaded'))
      pending.clear()
    })
    return started
  }

  function send(id: number, image: ImageData): void {
    worker.postMessage({ id, image, wasmUrl: new URL(wasmUrl, location.href).href } satisfies DecodeRequest)
  }

  function settle(answer: DecodeAnswer): void {
    if ('unavailable' in answer) {
      worker.terminate()
      worker = start(libraryWorkerUrl)
      for (const [id, { image }] of pending) send(id, image)
      return
    }
    pending.get(answer.id)?.resolve(answer.text)
    pending.delete(answer.id)
  }

  return {
    decode: (image) =>
      new Promise((resolve, reject) => {
        const id = ++last
        pending.set(id, { image, resolve, reject })
        send(id, image)
      }),
    close: () => worker.terminate(),
  }
}

let shared: QrDecoder | undefined

/** Decodes a single picture, e.g. a file a person chose. */
export function decodeQr(image: ImageData): Promise<string | undefined> {
  shared ??= createQrDecoder()
  return shared.decode(image)
}
