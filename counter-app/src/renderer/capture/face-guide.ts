import { trustedWorkerUrl } from '@ikd/ui'
import type { FaceGuide } from './guide.ts'

/** The face engine's live guidance, in a worker of its own; its weights lie beside the page under `face/`. */
export async function openFaceGuide(): Promise<FaceGuide> {
  const { createGuide } = await import('@ikd/face/browser')
  const folder = (name: string) => new URL(`face/${name}/`, document.baseURI).href
  const guide = await createGuide({ modelBaseUrl: folder('model'), wasmBaseUrl: folder('wasm'), trustedWorkerUrl })
  return {
    look: async (picture) => ({ problems: (await guide.measure(picture)).problems }),
    close: () => guide.close(),
  }
}
