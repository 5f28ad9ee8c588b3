import type { Candidate } from './guide-networks.ts'

/**
 * What this machine's graphics card offers, best first. WebGL and WebGPU drawn by the processor are left out: they take seconds to
 * compile and the second core to run, for nothing. Their code is loaded only where there is a card.
 */
export async function graphicsCards(): Promise<Candidate[]> {
  const found: Candidate[] = []
  const adapter = await findAdapter()
  if (adapter) found.push(onWebgpu(adapter))
  if (hasCardForWebgl()) found.push(onWebgl())
  return found
}

export function onWebgpu(adapter: GPUAdapter): Candidate {
  return { name: 'webgpu', open: async () => (await import('./webgpu-backend.ts')).openWebgpu(adapter) }
}

export function onWebgl(): Candidate {
  return { name: 'webgl', open: async () => (await import('./webgl-backend.ts')).openWebgl(new OffscreenCanvas(1, 1)) }
}

async function findAdapter(): Promise<GPUAdapter | undefined> {
  if (!('gpu' in navigator)) return undefined
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
  if (adapter === null || adapter.info.isFallbackAdapter) return undefined
  const { vendor, architecture, description } = adapter.info
  return isProcessor(`${vendor} ${architecture} ${description}`) ? undefined : adapter
}

function hasCardForWebgl(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')
  const names = gl?.getExtension('WEBGL_debug_renderer_info')
  if (!gl || !names) return false
  const renderer = String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return !isProcessor(renderer)
}

function isProcessor(name: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(name)
}
