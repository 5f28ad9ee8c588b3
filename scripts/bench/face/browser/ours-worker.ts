import { decideBurst, describeProbe, describeReference, type FaceRuntime, type Pixels, type Probe, type Reference } from '@ikd/face'
import { loadFaceRuntime } from '@ikd/face/browser-runtime'
import { decode, serve } from './protocol.ts'

// Our engine in a browser worker: the steps are the server's, only the decoding is the browser's.
let runtime: FaceRuntime
let known: Reference | undefined

serve(
  async (site) => {
    runtime = await loadFaceRuntime(site)
  },
  async ({ reference, frames }) => {
    if (reference !== undefined) {
      const described = await describeReference(runtime, await pixelsOf(reference))
      if ('problem' in described) throw new Error(`the reference: ${described.problem}`)
      known = described
    }
    if (known === undefined) throw new Error('no reference yet')
    const probes: Probe[] = []
    for (const frame of frames) probes.push(await describeProbe(runtime, await pixelsOf(frame)))
    return decideBurst({ frames: probes, reference: known }).distance ?? Number.NaN
  },
)

async function pixelsOf(picture: Blob): Promise<Pixels> {
  const { width, height, data } = await decode(picture)
  return { width, height, channels: 4, data }
}
