import { bearingOf } from '@ikd/face'
import { trustedWorkerUrl } from '@ikd/ui'
import { frameSize, middleOf } from './frame-grabber.ts'
import type { FaceGuide } from './guide.ts'

/** The face engine's live guidance, in a worker of its own; its weights lie beside the page under `face/`. */
export async function openFaceGuide(): Promise<FaceGuide> {
  const { createGuide } = await import('@ikd/face/browser')
  const folder = (name: string) => new URL(`face/${name}/`, document.baseURI).href
  const guide = await createGuide({ modelBaseUrl: folder('model'), wasmBaseUrl: folder('wasm'), trustedWorkerUrl })
  return {
    async look(picture) {
      const [width, height] = picture instanceof ImageBitmap ? [picture.width, picture.height] : [picture.displayWidth, picture.displayHeight]
      // What is measured is exactly what would be sent.
      const { problems, hints, face } = await guide.measure(picture, { cut: middleOf(width, height), size: frameSize })
      return { problems, hints, ...(face ? { bearing: bearingOf(face) } : {}) }
    },
    close: () => guide.close(),
  }
}
