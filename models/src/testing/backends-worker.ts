import type { Backend } from '../browser/backend.ts'
import { onWebgl, onWebgpu } from '../browser/graphics-cards.ts'
import { openNetworks, type GuideNetworks } from '../browser/guide-networks.ts'
import type { GuideMeasure, GuideStart } from '../browser/guide.ts'
import { lookAt } from '../browser/look.ts'
import { createSiteReader } from '../browser/model-files.ts'
import { readPixels } from '../browser/read-pixels.ts'
import { openWasm } from '../browser/wasm-backend.ts'
import { loadQuickNetworks, type QuickNetworks } from '../networks.ts'
import { operations } from '../networks/tensorflow.ts'

/** @property lose takes the backend away while it looks */
export type BackendsRequest = { start: GuideStart; backend: 'webgl' | 'webgpu' } | { picture: ImageBitmap; lose: boolean }
export type BackendsAnswer = { chosen: string } | { measure: GuideMeasure } | { failed: string }

// The guide's networks on a backend that is asked for by name, drawn by the processor or not, and taken away on request.
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<BackendsRequest>) => void
  postMessage(message: BackendsAnswer): void
}
let guide: GuideNetworks<QuickNetworks>
let opened: Backend | undefined
let clock = 0

scope.onmessage = async ({ data }) => {
  try {
    if ('start' in data) {
      guide = await open(data.start, data.backend)
      return scope.postMessage({ chosen: guide.chosen })
    }
    const pixels = readPixels(data.picture, undefined)
    const measure = guide.run((networks) => lookAt(networks, pixels))
    if (data.lose) opened?.stop()
    scope.postMessage({ measure: await measure })
  } catch (error) {
    scope.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  }
}

async function open({ modelBaseUrl, wasmBaseUrl }: GuideStart, name: 'webgl' | 'webgpu'): Promise<GuideNetworks<QuickNetworks>> {
  const read = createSiteReader(modelBaseUrl)
  const wasm = { name: 'wasm', open: () => openWasm(wasmBaseUrl) }
  const asked = name === 'webgl' ? onWebgl() : onWebgpu(await getAdapter())
  const kept = { name, open: async () => (opened = await asked.open()) }
  return openNetworks([wasm, kept], () => loadQuickNetworks(operations, read), {
    // The one that was asked for wins, without a look: drawn by the processor, each would take seconds.
    look: async () => [],
    now: () => (opened === undefined ? clock++ : clock),
    after: () => new Promise(() => {}),
  })
}

async function getAdapter(): Promise<GPUAdapter> {
  const adapter = await navigator.gpu?.requestAdapter()
  if (!adapter) throw new Error('there is no WebGPU adapter')
  return adapter
}
