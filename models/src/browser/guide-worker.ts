import { loadQuickNetworks, type QuickNetworks } from '../networks.ts'
import { operations } from '../networks/tensorflow.ts'
import { graphicsCards } from './graphics-cards.ts'
import { openNetworks, type GuideNetworks } from './guide-networks.ts'
import type { GuideAnswer, GuideRequest, GuideStart } from './guide.ts'
import { lookAt, trialLook } from './look.ts'
import { createSiteReader } from './model-files.ts'
import { readPixels } from './read-pixels.ts'
import { openWasm } from './wasm-backend.ts'

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<GuideRequest>) => void
  postMessage(message: GuideAnswer): void
}

let guide: GuideNetworks<QuickNetworks> | undefined

scope.onmessage = async ({ data }) => {
  try {
    if ('start' in data) {
      guide = await open(data.start)
      const { chosen, trials } = guide
      scope.postMessage({ ready: { chosen, trials } })
    } else {
      const pixels = readPixels(data.picture, data.view)
      if (guide === undefined) throw new Error('the guide has not started')
      scope.postMessage({ measure: await guide.run((networks) => lookAt(networks, pixels)) })
    }
  } catch (error) {
    scope.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  }
}

async function open({ modelBaseUrl, wasmBaseUrl }: GuideStart): Promise<GuideNetworks<QuickNetworks>> {
  const read = createSiteReader(modelBaseUrl)
  return openNetworks([{ name: 'wasm', open: () => openWasm(wasmBaseUrl) }, ...(await graphicsCards())], () => loadQuickNetworks(operations, read), {
    look: trialLook,
    now: () => performance.now(),
    after: (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error('took too long')), ms)),
  })
}
