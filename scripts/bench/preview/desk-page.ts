import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeSite } from '@ikd/face/testing/site'
import { framesPerStep } from '@ikd/server'
import { findDemoFaces, probeBurst } from '../../demo/faces.ts'

/** A site with the desk's camera and nothing else, and the file a fake camera plays. */
export interface DeskPage {
  readonly url: string
  readonly cameraFile: string
  close(): Promise<void>
}

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; media-src 'self' blob: mediastream:; font-src 'self'; " +
  "worker-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html ikd"
const renderer = fileURLToPath(new URL('../../../counter-app/src/renderer/', import.meta.url))

/** The component as it is, with its guide. A capture is asked for once, and its frames are written as they would be sent. */
const script = `
  import ${JSON.stringify(join(renderer, 'components/face-capture.ts'))}
  import { openFaceGuide } from ${JSON.stringify(join(renderer, 'capture/face-guide.ts'))}
  const capture = document.createElement('face-capture')
  const port = {
    start: async () => ({ captureId: 'bench', nonce: 'bench', challenge: ['look', 'turn-left', 'look-up'], framesPerStep: ${framesPerStep} }),
    submit: async (captureId, frames) => {
      if (JSON.parse(JSON.stringify(frames)).frames.length < 3) throw new Error('too few frames')
    },
  }
  Object.assign(capture, { port, openGuide: openFaceGuide, attemptsLeft: 5, automatic: false })
  document.body.append(capture)
`

export async function makeDeskPage(): Promise<DeskPage> {
  const site = await makeSite(script, policy)
  // A hand-held face that is good for capture, two seconds of it.
  const face = (await findDemoFaces()).find(({ id }) => id === 'sample3-895')
  if (!face) throw new Error('the installed sample pictures are others')
  const cameraFile = join(site.folder, 'camera.mjpeg')
  await writeFile(cameraFile, Buffer.concat(await probeBurst(face, 60, 0)))
  return { url: site.url, cameraFile, close: () => site.close() }
}
